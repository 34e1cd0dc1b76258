extension StrategySolver {
    /// Everybody who has something of the order and is within the fences, best ranked first, and what they have.
    ///
    /// - Parameter room: what the orders before left of the locations' days.
    mutating func gatherCandidates(_ request: RoutingRequest, strategy: PreparedStrategy, stock: StockSnapshot, room: RoutingRoom) {
        candidatePlaces.removeAll(keepingCapacity: true)
        fixed.removeAll(keepingCapacity: true)
        fenced.removeAll(keepingCapacity: true)
        touched.removeAll(keepingCapacity: true)
        furtherDays.removeAll(keepingCapacity: true)
        if strategy.stockSharePercent != nil { countUnits(stock: stock) }
        let gate = Gate(request, facts: facts)
        for item in asked.indices where asked[item] > 0 {
            for index in itemRows[item] where stock.cells[index].available > 0 {
                let place = placeOfCell[index]
                guard place >= 0, stateOfPlace[Int(place)] == Self.unseen else { continue }
                let meters = facts.knownMeters(from: Int(place), to: gate.destination)
                let left = room.left[Int(place)]
                let window = strategy.looksAtDays ? room.window(from: Int(place), to: request.country, meters: meters) : nil
                let obstacle =
                    gate.obstacle(at: Int(place)) ?? strategy.standing[Int(place)]
                    // Each of the parcels that goods kept apart may need has to have its day.
                    ?? (room.hasRoom(Int(place), for: apartGroups) ? nil : .noRoom)
                    ?? moving(strategy, at: Int(place), meters: meters, left: left, window: window, promisedBy: gate.promisedBy)
                touched.append(place)
                if let obstacle {
                    stateOfPlace[Int(place)] = Self.outside
                    fenced.append(FencedLocation(location: facts.locations.all[Int(place)].key, obstacle: obstacle))
                    continue
                }
                stateOfPlace[Int(place)] = Self.inside
                candidatePlaces.append(place)
                let known = gate.destination == nil ? 0 : meters ?? UnitVector.farthest
                addFixed(of: Int(place), meters: known, left: left, days: window.map { max(0, $0.latest - gate.today) })
                if apartGroups > 1, left != nil, plan.daysIndex != nil {
                    furtherDays[place] = (1..<apartGroups).map { ahead in
                        room.window(from: Int(place), to: request.country, meters: meters, after: ahead)
                            .map { max(0, $0.latest - gate.today) } ?? Self.unknownDays
                    }
                }
            }
        }
        dropThoseWithoutDemanded(stock: stock)
        rankCandidates()
        gatherSupply(stock: stock)
        for place in touched { stateOfPlace[Int(place)] = Self.unseen }
        if fenced.count > 1 {
            fenced.sort { facts.locations.place(of: $0.location) ?? -1 < facts.locations.place(of: $1.location) ?? -1 }
        }
    }

    private static let outside: Int32 = -2
    private static let inside: Int32 = -3

    /// By place, units that a location has of what is asked for.
    private mutating func countUnits(stock: StockSnapshot) {
        unitsAt.removeAll(keepingCapacity: true)
        unitsAt.append(contentsOf: repeatElement(0, count: facts.places.count))
        for item in asked.indices where itemShares[item] == item {
            let wanted = sharesStock ? asked.indices.reduce(0) { itemShares[$1] == item ? $0 + asked[$1] : $0 } : asked[item]
            for index in itemRows[item] where placeOfCell[index] >= 0 {
                unitsAt[Int(placeOfCell[index])] += min(wanted, stock.cells[index].available)
            }
        }
    }

    /// The first fence that keeps a location out of this order.
    private func moving(
        _ strategy: PreparedStrategy,
        at place: Int,
        meters: Int64?,
        left: Int64?,
        window: DayWindow?,
        promisedBy: Int64?
    ) -> RoutingObstacle? {
        if let maximum = strategy.maximumMeters, meters.map({ $0 > maximum }) ?? true { return .distance }
        if let percent = strategy.stockSharePercent {
            let wanted = asked.reduce(0, +)
            if unitsAt[place] * 100 < wanted * percent { return .stockShare }
        }
        if strategy.needsCapacity, let left, left <= 0 { return .capacity }
        if strategy.needsOnTime, let promisedBy, window.map({ $0.latest > promisedBy }) ?? true { return .onTime }
        return nil
    }

    /// What a location adds to each criterion by shipping one parcel.
    private mutating func addFixed(of place: Int, meters: Int64, left: Int64?, days: Int64?) {
        let (location, facts) = (facts.locations.all[place], facts.places[place])
        for criterion in plan.criteria {
            let value: Int64 =
                switch criterion {
                case .parcels: 1
                case .cost: facts.parcelCost(meters: meters)
                case .distance: meters
                case .deliveryTime: days ?? Self.unknownDays
                case .locationPriority: location.priority
                case .supplierPriority: min(max(facts.supplierPriority, -Self.quantityBound), Self.quantityBound)
                case .supplierReliability:
                    (LocationFacts.fullReliability - min(max(0, facts.reliability), LocationFacts.fullReliability)) / 100
                case .capacityBalance: facts.load(left: left)
                case .stockBalance, .markdown: 0
                }
            fixed.append(value)
        }
    }

    /// Counts worse than any estimate.
    private static let unknownDays: Int64 = 10_000

    /// Takes out who could only ship lines that demand what the location has not.
    private mutating func dropThoseWithoutDemanded(stock: StockSnapshot) {
        guard !demands.isEmpty else { return }
        var useful = Set<Int32>()
        for item in asked.indices where asked[item] > 0 {
            for index in itemRows[item] where stock.cells[index].available > 0 {
                let place = placeOfCell[index]
                if place >= 0, meets(item, place: Int(place)) { useful.insert(place) }
            }
        }
        let width = plan.criteria.count
        for index in candidatePlaces.indices.reversed() where !useful.contains(candidatePlaces[index]) {
            fenced.append(FencedLocation(location: facts.locations.all[Int(candidatePlaces[index])].key, obstacle: .attribute))
            candidatePlaces.remove(at: index)
            fixed.removeSubrange(index * width..<(index + 1) * width)
        }
    }

    /// Whether a location has the attributes that an item's lines demand.
    private func meets(_ item: Int, place: Int) -> Bool {
        let demand = itemKeys[item].demand
        guard demand >= 0 else { return true }
        let attributes = facts.places[place].terms.attributes
        return demands[Int(demand)].allSatisfy { name, value in attributes[name].map { ExactID.same($0, value) } ?? false }
    }

    private mutating func rankCandidates() {
        let width = plan.criteria.count
        let order = candidatePlaces.indices.sorted { left, right in
            for index in 0..<plan.scoreCount {
                let scores = (plan.score(index) { fixed[left * width + $0] }, plan.score(index) { fixed[right * width + $0] })
                if scores.0 != scores.1 { return scores.0 < scores.1 }
            }
            return candidatePlaces[left] < candidatePlaces[right]
        }
        let (places, values) = (candidatePlaces, fixed)
        for (rank, index) in order.enumerated() {
            candidatePlaces[rank] = places[index]
            for criterion in 0..<width { fixed[rank * width + criterion] = values[index * width + criterion] }
        }
        for (rank, place) in candidatePlaces.enumerated() { stateOfPlace[Int(place)] = Int32(rank) }
    }

    private mutating func gatherSupply(stock: StockSnapshot) {
        let cells = candidateCount * itemCount
        available.removeAll(keepingCapacity: true)
        available.append(contentsOf: repeatElement(0, count: cells))
        supply.removeAll(keepingCapacity: true)
        supply.append(contentsOf: repeatElement(0, count: cells))
        for item in asked.indices where asked[item] > 0 {
            for index in itemRows[item] where placeOfCell[index] >= 0 {
                let place = Int(placeOfCell[index])
                guard stateOfPlace[place] >= 0 else { continue }
                let cell = Int(stateOfPlace[place]) * itemCount + item
                available[cell] = stock.cells[index].available
                if meets(item, place: place) { supply[cell] = min(stock.cells[index].available, asked[item]) }
            }
        }
        for pack in 0..<packCount where packIsWhole[pack] {
            let items = packStarts[pack]..<packStarts[pack + 1]
            for row in stride(from: 0, to: cells, by: itemCount)
            where !items.allSatisfy({ supply[row + packItems[$0]] >= asked[packItems[$0]] }) {
                for index in items { supply[row + packItems[index]] = 0 }
            }
        }
    }
}

/// What may keep a location out of an order under any strategy.
private struct Gate {
    let destination: UnitVector?
    let today: Int64
    let promisedBy: Int64?
    private let request: SourcingRequest
    private let asked: [Int64]?
    private let customer: String?
    private let facts: RoutingFacts

    init(_ request: RoutingRequest, facts: RoutingFacts) {
        destination = request.sourcing.destination.flatMap(UnitVector.init)
        today = request.day.dayNumber
        promisedBy = request.promisedBy?.dayNumber
        self.request = request.sourcing
        asked = request.onlyLocations
        customer = request.customer
        self.facts = facts
    }

    func obstacle(at place: Int) -> RoutingObstacle? {
        let key = facts.locations.all[place].key
        if let obstacle = request.obstacle(at: key) { return obstacle }
        if let asked, !asked.contains(key) { return .notAsked }
        return facts.hasCustomers && !facts.places[place].serves(customer) ? .customers : nil
    }
}

extension LocationFacts {
    /// Whether the location ships for a customer.
    func serves(_ customer: String?) -> Bool { terms.serves(customer) }

    /// Of a parcel that weighs nothing, in minor units.
    func parcelCost(meters: Int64) -> Int64 {
        let hundreds = (meters + 99_999) / 100_000
        let distance = StrategySolver.bounded(max(0, terms.costPer100Kilometers ?? 0), hundreds)
        return min(max(0, parcelCost), StrategySolver.productBound) + distance
    }

    /// Hundredths of a percentage point of its day's capacity that it has used with one more parcel; 0 without a limit.
    fileprivate func load(left: Int64?) -> Int64 {
        guard let left, let total = capacityTotal, total > 0 else { return 0 }
        let (used, overflow) = total.subtractingReportingOverflow(left)
        guard !overflow else { return Self.highestLoad }
        return min(Amount.scaled(min(max(0, used), StrategySolver.quantityBound) + 1, by: 10_000, over: total), Self.highestLoad)
    }

    /// A hundred times a day's capacity.
    private static let highestLoad: Int64 = 1_000_000
}
