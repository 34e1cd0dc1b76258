/// Decides one order after the other; keeps its working memory in between, so that an order costs few allocations.
///
/// "Place" is a location's place in `SourcingLocations.all`, "candidate" its place among those that have something for the order at
/// hand, best ranked first, "item" a distinct SKU of the order.
struct BasketSolver {
    let locations: SourcingLocations
    let nodeBudget: Int
    /// For each cell of the stock, the place of its location; −1 where that may not ship.
    let placeOfCell: [Int32]

    // The order at hand: its items.
    private var itemSKUs: [Int64] = []
    private var itemRows: [Range<Int>] = []
    private var itemOfLine: [Int] = []
    /// Units to be shipped of each item.
    var targets: [Int64] = []

    // Its candidates.
    var candidates: [Candidate] = []
    private var candidateOfPlace: [Int32]
    /// Places that have something of the order and may not ship it.
    private(set) var barred: Set<Int32> = []
    /// Candidate by candidate, what it has of each item, at most the target.
    var supply: [Int64] = []

    var search = CoverSearch()

    struct Candidate {
        var place: Int32
        var rank: Rank
    }

    init(locations: SourcingLocations, stock: StockSnapshot, nodeBudget: Int) {
        self.locations = locations
        self.nodeBudget = nodeBudget
        placeOfCell = stock.cells.map { locations.place(of: $0.location) ?? -1 }
        candidateOfPlace = [Int32](repeating: -1, count: locations.all.count)
    }

    var itemCount: Int { targets.count }

    mutating func decide(_ request: SourcingRequest, stock: inout StockSnapshot) -> SourcingDecision {
        gatherItems(request, stock: stock)
        gatherCandidates(request, stock: stock)
        let complete = capTargets(request.holders, stock: stock)
        let anything = targets.contains { $0 > 0 }
        defer { useKeeps(of: request.holders, stock: &stock, taken: anything && (complete || request.acceptPartial)) }
        guard anything, complete || request.acceptPartial else {
            let search = SourcingSearch(method: .none, candidates: candidates.count, nodes: 0)
            return SourcingDecision(order: request.order, parcels: [], waiting: request.lines.filter { $0.quantity > 0 }, search: search)
        }
        let (chosen, outcome) = chooseLocations()
        let amounts = allocate(over: chosen)
        take(amounts, from: chosen, stock: &stock)
        return decision(request, chosen: chosen, amounts: amounts, outcome: outcome)
    }

    // MARK: What is asked for, and who has it

    private mutating func gatherItems(_ request: SourcingRequest, stock: StockSnapshot) {
        itemSKUs.removeAll(keepingCapacity: true)
        itemRows.removeAll(keepingCapacity: true)
        itemOfLine.removeAll(keepingCapacity: true)
        targets.removeAll(keepingCapacity: true)
        var known: [Int64: Int] = [:]
        let isSmall = request.lines.count <= 16
        for line in request.lines {
            let found = isSmall ? itemSKUs.firstIndex(of: line.sku) : known[line.sku]
            let item = found ?? itemSKUs.count
            if found == nil {
                itemSKUs.append(line.sku)
                itemRows.append(stock.row(of: line.sku))
                targets.append(0)
                if !isSmall { known[line.sku] = item }
            }
            itemOfLine.append(item)
            targets[item] = min(Self.quantityBound, targets[item] + min(Self.quantityBound, max(0, line.quantity)))
        }
    }

    private mutating func gatherCandidates(_ request: SourcingRequest, stock: StockSnapshot) {
        candidates.removeAll(keepingCapacity: true)
        let excluded = excludedPlaces(request)
        if !barred.isEmpty { barred.removeAll(keepingCapacity: true) }
        let destination = request.destination.flatMap(UnitVector.init)
        for item in targets.indices where targets[item] > 0 {
            for index in itemRows[item] where stock.cells[index].available > 0 {
                let place = placeOfCell[index]
                guard place >= 0, candidateOfPlace[Int(place)] < 0 else { continue }
                if !excluded.isEmpty, excluded.contains(place) {
                    barred.insert(place)
                    continue
                }
                candidateOfPlace[Int(place)] = 0
                let meters = locations.meters(from: Int(place), to: destination)
                candidates.append(Candidate(place: place, rank: Rank(locations.all[Int(place)].priority, meters)))
            }
        }
        candidates.sort { $0.rank == $1.rank ? $0.place < $1.place : $0.rank < $1.rank }
        for index in candidates.indices { candidateOfPlace[Int(candidates[index].place)] = Int32(index) }
        supply.removeAll(keepingCapacity: true)
        supply.append(contentsOf: repeatElement(0, count: candidates.count * itemCount))
        for item in targets.indices where targets[item] > 0 {
            for index in itemRows[item] where placeOfCell[index] >= 0 {
                let candidate = Int(candidateOfPlace[Int(placeOfCell[index])])
                if candidate >= 0 { supply[candidate * itemCount + item] = min(stock.cells[index].available, targets[item]) }
            }
        }
        for candidate in candidates { candidateOfPlace[Int(candidate.place)] = -1 }
    }

    private func excludedPlaces(_ request: SourcingRequest) -> Set<Int32> {
        guard !(request.excludedLocations.isEmpty && request.closedLocations.isEmpty && request.fullLocations.isEmpty) else { return [] }
        return Set(
            (request.excludedLocations + request.closedLocations + request.fullLocations).compactMap { locations.place(of: $0) }
        )
    }

    /// Lowers the targets to what all candidates have together, without what is kept for others.
    /// - Returns: whether everything asked for is there.
    private mutating func capTargets(_ holders: [StockKeep.Holder], stock: StockSnapshot) -> Bool {
        var complete = true
        for item in targets.indices {
            let kept = stock.keeps.units(of: itemSKUs[item], exceptFor: holders)
            if kept > 0 {
                let allowed = max(0, free(item, stock: stock) - kept)
                if allowed < targets[item] {
                    complete = false
                    targets[item] = allowed
                }
            }
            var total: Int64 = 0
            var index = item
            while index < supply.count, total < targets[item] {
                total += supply[index]
                index += itemCount
            }
            if total < targets[item] {
                complete = false
                targets[item] = total
            }
        }
        return complete
    }

    /// Units of an item that are free at all locations that may ship, whoever may take them; at most 10^15.
    private func free(_ item: Int, stock: StockSnapshot) -> Int64 {
        itemRows[item].reduce(0) { sum, index in
            placeOfCell[index] < 0 ? sum : min(Self.freeBound, sum + min(stock.cells[index].available, Self.freeBound))
        }
    }

    private func useKeeps(of holders: [StockKeep.Holder], stock: inout StockSnapshot, taken: Bool) {
        guard !stock.keeps.isEmpty, !holders.isEmpty else { return }
        let units = taken ? itemSKUs.indices.map { (sku: itemSKUs[$0], units: targets[$0]) } : []
        stock.keeps.use(units, by: holders, skus: itemSKUs)
    }

    // MARK: The answer

    /// Candidates, best ranked first, and how they were found.
    private mutating func chooseLocations() -> ([Int], SourcingSearch) {
        if let single = candidates.indices.first(where: { covers(only: $0) }) {
            return ([single], SourcingSearch(method: .single, candidates: candidates.count, nodes: single + 1))
        }
        let budget = itemCount <= 20 ? nodeBudget : max(1, nodeBudget * 20 / itemCount)
        let result = search.run(candidates: candidates, supply: supply, targets: targets, budget: budget)
        let method: SourcingSearch.Method = result.isProven ? .exact : .budgetCut
        var chosen = result.chosen
        if !result.isProven { chosen = improved(chosen) }
        return (chosen, SourcingSearch(method: method, candidates: candidates.count, nodes: candidates.count + result.nodes))
    }

    /// The next best location that had everything of the order decided last, where one shipped it.
    func runnerUp(to decision: SourcingDecision) -> RoutingScore? {
        guard decision.search.method == .single, decision.waiting.isEmpty, decision.parcels.count == 1 else { return nil }
        // The first one that had everything was taken, and counted with those before it.
        guard let next = candidates.indices.dropFirst(decision.search.nodes).first(where: { covers(only: $0) }) else { return nil }
        let (place, rank) = (Int(candidates[next].place), candidates[next].rank)
        return RoutingScore(locations: [locations.all[place].key], values: [1, rank.priority, rank.meters])
    }

    private func covers(only candidate: Int) -> Bool {
        let row = candidate * itemCount
        for item in 0..<itemCount where supply[row + item] < targets[item] { return false }
        return true
    }

    private func take(_ amounts: [Int64], from chosen: [Int], stock: inout StockSnapshot) {
        for (position, candidate) in chosen.enumerated() {
            let place = candidates[candidate].place
            for item in 0..<itemCount {
                let amount = amounts[position * itemCount + item]
                guard amount > 0, let index = itemRows[item].first(where: { placeOfCell[$0] == place }) else { continue }
                stock.take(amount, at: index)
            }
        }
    }

    /// Hands the units of each SKU out to its lines, the first line first, the best ranked location first.
    private func decision(_ request: SourcingRequest, chosen: [Int], amounts: [Int64], outcome: SourcingSearch) -> SourcingDecision {
        var amounts = amounts
        var parcels = chosen.map { Parcel(location: locations.all[Int(candidates[$0].place)].key, lines: []) }
        var waiting: [SourcingNeed] = []
        for (index, line) in request.lines.enumerated() where line.quantity > 0 {
            var open = line.quantity
            for position in chosen.indices {
                let cell = position * itemCount + itemOfLine[index]
                let units = min(open, amounts[cell])
                guard units > 0 else { continue }
                amounts[cell] -= units
                open -= units
                parcels[position].lines.append(ParcelLine(line: line.line, sku: line.sku, quantity: units))
                if open == 0 { break }
            }
            if open > 0 { waiting.append(SourcingNeed(line: line.line, sku: line.sku, quantity: open)) }
        }
        return SourcingDecision(order: request.order, parcels: parcels, waiting: waiting, search: outcome)
    }

    /// Keeps sums of quantities far from overflow; the contract's largest order asks for 5 × 10^9.
    private static let quantityBound: Int64 = 1_000_000_000_000
    private static let freeBound: Int64 = 1_000_000_000_000_000
}

/// What makes one location, or a set of them, better than another of the same size: lower sums, priority first.
struct Rank: Hashable, Comparable {
    var priority: Int64
    var meters: Int64

    init(_ priority: Int64, _ meters: Int64) {
        self.priority = priority
        self.meters = meters
    }

    static let zero = Rank(0, 0)

    static func < (left: Rank, right: Rank) -> Bool {
        left.priority == right.priority ? left.meters < right.meters : left.priority < right.priority
    }

    static func + (left: Rank, right: Rank) -> Rank { Rank(left.priority + right.priority, left.meters + right.meters) }

    static func - (left: Rank, right: Rank) -> Rank { Rank(left.priority - right.priority, left.meters - right.meters) }
}
