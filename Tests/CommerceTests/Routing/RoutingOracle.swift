import Commerce

/// The best answer by definition: tries every set of locations, and hands out over it as the documentation of `Routing` says.
/// For orders whose lines have different SKUs.
struct RoutingOracle {
    let world: RoutingWorld
    let request: RoutingRequest
    let strategy: RoutingStrategy
    var stock: [[Int64]: Int64]

    struct Answer: Equatable {
        var locations: Set<Int64>
        var values: [Int64]
    }

    struct Pack {
        var lines: [Int]
        var isWhole: Bool
    }

    private let fixedCriteria: [RoutingCriterion]
    /// Lines that want something.
    private let lines: [Int]
    private(set) var packs: [Pack] = []
    private(set) var targets: [Int: Int64] = [:]
    private(set) var isComplete = true

    init(world: RoutingWorld, request: RoutingRequest, strategy: RoutingStrategy, criteria: [RoutingCriterion]) {
        self.world = world
        self.request = request
        self.strategy = strategy
        fixedCriteria = criteria
        stock = Dictionary(world.cells.map { ([$0.sku, $0.location], max(0, $0.available)) }, uniquingKeysWith: { $1 })
        lines = request.sourcing.lines.indices.filter { request.sourcing.lines[$0].quantity > 0 }
        for line in lines {
            let set = strategy.keepTogether.isEmpty ? nil : request.lines[line].attributes["set"]
            if let set, let known = packs.firstIndex(where: { $0.isWhole && request.lines[$0.lines[0]].attributes["set"] == set }) {
                packs[known].lines.append(line)
            } else {
                packs.append(Pack(lines: [line], isWhole: set != nil))
            }
        }
        let all = candidates
        for pack in packs {
            let isThere =
                pack.isWhole
                ? all.contains { location in pack.lines.allSatisfy { has($0, location) >= quantity($0) } }
                : pack.lines.allSatisfy { line in all.reduce(0) { $0 + has(line, $1) } >= quantity(line) }
            if !isThere { isComplete = false }
            for line in pack.lines {
                targets[line] =
                    isThere ? quantity(line) : pack.isWhole ? 0 : min(quantity(line), all.reduce(0) { $0 + has(line, $1) })
            }
        }
    }

    func quantity(_ line: Int) -> Int64 { request.sourcing.lines[line].quantity }

    /// What a location within the fences has for a line.
    func has(_ line: Int, _ location: Int64) -> Int64 {
        if strategy.fences.contains(.attribute("cold")), request.lines[line].attributes["cold"] == "yes",
            fact(location).terms.attributes["cold"] != "yes"
        {
            return 0
        }
        return stock[[request.sourcing.lines[line].sku, location], default: 0]
    }

    private func fact(_ location: Int64) -> LocationFacts { world.facts[Int(location)] }

    private func meters(_ location: Int64) -> Int64? {
        guard let destination = request.sourcing.destination else { return nil }
        return world.locations[Int(location)].coordinates?.meters(to: destination)
    }

    /// Until the last of so many parcels of a location arrives.
    private func days(_ location: Int64, parcels: Int = 1) -> Int64 {
        let fact = fact(location)
        let isFull = fact.capacityLeft.map { $0 < Int64(parcels) } ?? false
        let origin = DeliveryOrigin(country: fact.country, leadTimeHours: fact.leadTimeHours, terms: fact.terms)
        let first = world.calendar.firstDay(of: origin, at: world.now, offsetSeconds: fact.utcOffsetSeconds)
        let next = CivilDate(dayNumber: first.dayNumber + 1)
        let estimate = world.calendar.estimate(
            from: origin,
            to: request.country,
            meters: meters(location),
            at: world.now,
            offsetSeconds: fact.utcOffsetSeconds,
            notBefore: isFull ? max(next, fact.nextDayWithCapacity ?? next) : nil
        )
        return estimate.map { max(0, $0.latest.dayNumber - request.day.dayNumber) } ?? 10_000
    }

    var candidates: [Int64] {
        world.locations.map(\.key).filter { location in
            let fact = fact(location)
            guard !request.sourcing.excludedLocations.contains(location) else { return false }
            guard request.onlyLocations.map({ $0.contains(location) }) ?? true else { return false }
            guard fact.terms.customers.isEmpty || request.customer == "c-1" else { return false }
            return strategy.fences.allSatisfy { isWithin($0, location, fact) } && lines.contains { has($0, location) > 0 }
        }
    }

    private func isWithin(_ fence: RoutingFence, _ location: Int64, _ fact: LocationFacts) -> Bool {
        switch fence {
        case .kinds(let kinds): kinds.contains(fact.kind)
        case .suppliers(let suppliers): fact.supplier.map { suppliers.contains($0) } ?? false
        case .locations(let ids): ids.contains(world.locations[Int(location)].id)
        case .countries(let countries): countries.contains(fact.country)
        case .regions(let regions): fact.terms.region.map { regions.contains($0) } ?? false
        case .withinKilometers(let kilometers): meters(location).map { $0 <= kilometers * 1_000 } ?? false
        case .stockShare(let percent):
            lines.reduce(0) { $0 + min(quantity($1), stock[[request.sourcing.lines[$1].sku, location], default: 0]) } * 100
                >= lines.reduce(0) { $0 + quantity($1) } * percent
        case .capacityLeft: fact.capacityLeft.map { $0 > 0 } ?? true
        case .onTime: request.promisedBy.map { request.day.dayNumber + days(location) <= $0.dayNumber } ?? true
        case .freshFeed: fact.isFresh
        case .attribute: true
        }
    }

    // MARK: What an answer is worth

    func values(_ gifts: [Int64: [Int: Int64]]) -> [Int64] { fixedCriteria.map { value($0, gifts) } }

    private func parcels(_ gifts: [Int: Int64]) -> [[Int: Int64]] {
        guard !strategy.keepApart.isEmpty, !gifts.isEmpty else { return [gifts] }
        return Array(
            Dictionary(grouping: gifts, by: { request.lines[$0.key].attributes["hazard"] }).values.map {
                Dictionary(uniqueKeysWithValues: $0.map { ($0.key, $0.value) })
            }
        )
    }

    private func value(_ criterion: RoutingCriterion, _ gifts: [Int64: [Int: Int64]]) -> Int64 {
        func sum(_ of: (Int64, LocationFacts) -> Int64) -> Int64 { gifts.keys.reduce(0) { $0 + of($1, fact($1)) } }
        return switch criterion {
        case .parcels: gifts.values.reduce(0) { $0 + Int64(parcels($1).count) }
        case .cost: sum { location, fact in parcels(gifts[location, default: [:]]).reduce(0) { $0 + cost(of: $1, location, fact) } }
        case .distance: sum { location, _ in farOrNear(location) }
        case .deliveryTime: gifts.map { days($0, parcels: parcels($1).count) }.max() ?? 0
        case .locationPriority: sum { location, _ in world.locations[Int(location)].priority }
        case .supplierPriority: sum { $1.supplierPriority }
        case .supplierReliability: sum { (1_000_000 - $1.reliability) / 100 }
        case .capacityBalance: sum { _, fact in load(fact) }
        case .stockBalance:
            sum { location, _ in gifts[location, default: [:]].reduce(0) { $0 + $1.value * lack($1.key, location) } }
        case .markdown: sum { location, fact in fact.terms.markdown ? 0 : gifts[location, default: [:]].values.reduce(0, +) }
        }
    }

    private func farOrNear(_ location: Int64) -> Int64 { request.sourcing.destination == nil ? 0 : meters(location) ?? 20_015_114 }

    private func cost(of parcel: [Int: Int64], _ location: Int64, _ fact: LocationFacts) -> Int64 {
        let grams = parcel.reduce(0) { $0 + $1.value * request.lines[$1.key].unitGrams }
        return fact.parcelCost + (grams + 999) / 1_000 * (fact.terms.costPerKilogram ?? 0)
            + (farOrNear(location) + 99_999) / 100_000 * (fact.terms.costPer100Kilometers ?? 0)
    }

    private func load(_ fact: LocationFacts) -> Int64 {
        guard let left = fact.capacityLeft, let total = fact.capacityTotal else { return 0 }
        return Amount.scaled(max(0, total - max(0, left)) + 1, by: 10_000, over: total)
    }

    private func lack(_ line: Int, _ location: Int64) -> Int64 {
        let sku = request.sourcing.lines[line].sku
        let most = candidates.filter { canShip(line, $0) }.map { stock[[sku, $0], default: 0] }.max() ?? 0
        return most == 0 ? 100 : Amount.scaled(most - min(most, stock[[sku, location], default: 0]), by: 100, over: most)
    }

    /// Whether a location may ship some of a line: of one that ships together with others, only with all of them.
    private func canShip(_ line: Int, _ location: Int64) -> Bool {
        guard let pack = packs.first(where: { $0.lines.contains(line) }), pack.isWhole else { return has(line, location) > 0 }
        return pack.lines.allSatisfy { has($0, location) >= quantity($0) }
    }

    // MARK: Which is best

    /// What is compared of an answer.
    func scores(_ values: [Int64]) -> [Int64] {
        guard case .weighted(let weights) = strategy.objective else { return values }
        func value(_ criterion: RoutingCriterion) -> Int64 { fixedCriteria.firstIndex(of: criterion).map { values[$0] } ?? 0 }
        let sum = weights.reduce(Int64(0)) { sum, entry in
            let unit: Int64 =
                switch entry.criterion {
                case .distance: 1
                case .supplierReliability, .capacityBalance: 10
                default: 1_000
                }
            return sum + entry.weight * unit * value(entry.criterion)
        }
        return [sum, value(.parcels), value(.locationPriority), value(.distance)]
    }

    private func precedes(_ left: Answer, _ right: Answer) -> Bool {
        if scores(left.values) != scores(right.values) { return scores(left.values).lexicographicallyPrecedes(scores(right.values)) }
        func ids(_ answer: Answer) -> [String] { answer.locations.map { world.locations[Int($0)].id }.sorted() }
        return ids(left).lexicographicallyPrecedes(ids(right))
    }

    /// All answers within the split limits, best first.
    func answers() -> [Answer] {
        let all = candidates.sorted { precedes(alone($0), alone($1)) }
        var found: [Answer] = []
        for mask in 1..<(1 << all.count) {
            let set = all.indices.filter { mask >> $0 & 1 == 1 }.map { all[$0] }
            guard var gifts = handOut(set), gifts.count == set.count else { continue }
            if let minimum = strategy.split.furtherParcelWorth, set.count > 1 { lift(&gifts, set, minimum) }
            guard isAllowed(gifts) else { continue }
            found.append(Answer(locations: Set(set), values: values(gifts)))
        }
        return found.sorted(by: precedes)
    }

    /// What a location adds by shipping at all.
    private func alone(_ location: Int64) -> Answer { Answer(locations: [location], values: values([location: [:]])) }

    func isAllowed(_ gifts: [Int64: [Int: Int64]]) -> Bool {
        let split = strategy.split
        if let minimum = split.neverBelow, request.orderValue < minimum, gifts.count > 1 { return false }
        if let most = split.maximumParcels, Int64(gifts.values.reduce(0) { $0 + parcels($1).count }) > most { return false }
        if let minimum = split.furtherParcelWorth, gifts.count > 1 {
            return gifts.values.map(worth).sorted().dropLast().allSatisfy { $0 >= minimum }
        }
        return true
    }

    private func worth(_ gifts: [Int: Int64]) -> Int64 { gifts.reduce(0) { $0 + $1.value * request.lines[$1.key].unitValue } }

    // MARK: Who gives what

    /// `set` is ranked, the best first.
    private func handOut(_ set: [Int64]) -> [Int64: [Int: Int64]]? {
        var gifts: [Int64: [Int: Int64]] = [:]
        for pack in packs where pack.lines.contains(where: { targets[$0, default: 0] > 0 }) {
            let ranked = set.enumerated().sorted { left, right in
                let keys = (unitKeys(pack, left.element), unitKeys(pack, right.element))
                return keys.0 == keys.1 ? left.offset < right.offset : keys.0.lexicographicallyPrecedes(keys.1)
            }.map(\.element)
            let units = { (line: Int, location: Int64) in canShip(line, location) ? has(line, location) : 0 }
            if let whole = ranked.first(where: { location in pack.lines.allSatisfy { units($0, location) >= targets[$0, default: 0] } }) {
                for line in pack.lines { gifts[whole, default: [:]][line] = targets[line] }
                continue
            }
            guard !pack.isWhole, let line = pack.lines.first else { return nil }
            var (givers, sum): ([Int64], Int64) = ([], 0)
            let capped = { (location: Int64) in min(units(line, location), quantity(line)) }
            let byAmount = ranked.enumerated().sorted {
                (capped($1.element), $0.offset) < (capped($0.element), $1.offset)
            }
            for giver in byAmount.map(\.element) where sum < targets[line, default: 0] {
                givers.append(giver)
                sum += units(line, giver)
            }
            guard sum >= targets[line, default: 0] else { return nil }
            var open = targets[line, default: 0]
            for location in ranked where givers.contains(location) {
                let given = min(open, units(line, location))
                gifts[location, default: [:]][line] = given
                open -= given
            }
        }
        return gifts
    }

    /// What a pack's units would add to the objective if they came from a location, in thousandths.
    private func unitKeys(_ pack: Pack, _ location: Int64) -> [Int64] {
        func key(_ criterion: RoutingCriterion) -> Int64? {
            switch criterion {
            case .stockBalance: pack.lines.reduce(0) { $0 + targets[$1, default: 0] * lack($1, location) * 1_000 }
            case .markdown: fact(location).terms.markdown ? 0 : pack.lines.reduce(0) { $0 + targets[$1, default: 0] * 1_000 }
            case .cost:
                pack.lines.reduce(0) {
                    $0 + targets[$1, default: 0] * request.lines[$1].unitGrams * (fact(location).terms.costPerKilogram ?? 0)
                }
            default: nil
            }
        }
        guard case .weighted(let weights) = strategy.objective else { return fixedCriteria.compactMap(key) }
        return [weights.reduce(0) { $0 + $1.weight * 1_000 * (key($1.criterion) ?? 0) }]
    }

    private func lift(_ gifts: inout [Int64: [Int: Int64]], _ set: [Int64], _ minimum: Int64) {
        for poor in set {
            for pack in packs where worth(gifts[poor, default: [:]]) < minimum && targets[pack.lines[0], default: 0] > 0 {
                guard let giver = set.first(where: { gifts[$0]?[pack.lines[0]] == targets[pack.lines[0]] }), giver != poor else { continue }
                guard pack.lines.allSatisfy({ canShip($0, poor) && has($0, poor) >= targets[$0, default: 0] }) else { continue }
                let moved = pack.lines.reduce(0) { $0 + targets[$1, default: 0] * request.lines[$1].unitValue }
                guard worth(gifts[giver, default: [:]]) - moved >= minimum else { continue }
                for line in pack.lines {
                    gifts[giver]?[line] = nil
                    gifts[poor, default: [:]][line] = targets[line]
                }
            }
        }
    }

    /// The best values over all ways to give every pack whole to one location; `nil` where a pack has no such location.
    func bestOfAllAssignments() -> [Int64]? {
        var found: [[Int64: [Int: Int64]]] = [[:]]
        for pack in packs where pack.lines.contains(where: { targets[$0, default: 0] > 0 }) {
            let holders = candidates.filter { location in pack.lines.allSatisfy { has($0, location) >= targets[$0, default: 0] } }
            guard !holders.isEmpty else { return nil }
            found = found.flatMap { gifts in
                holders.map { holder in
                    var gifts = gifts
                    for line in pack.lines { gifts[holder, default: [:]][line] = targets[line] }
                    return gifts
                }
            }
        }
        return found.filter(isAllowed).map(values).min { scores($0).lexicographicallyPrecedes(scores($1)) }
    }
}
