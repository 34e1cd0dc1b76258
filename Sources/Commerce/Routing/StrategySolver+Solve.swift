extension StrategySolver {
    /// What the strategy can do for an order with the stock as it is. Nothing is taken.
    ///
    /// - Parameters:
    ///   - infos: for each line that wants stock, its place in `request.lines`; −1 where it is not there.
    ///   - room: what the orders before left of the locations' days.
    mutating func solve(
        _ request: RoutingRequest,
        infos: [Int],
        strategy: PreparedStrategy,
        stock: StockSnapshot,
        room: RoutingRoom
    ) -> RoutingAttempt {
        plan = strategy.plan
        limits = strategy.rule.split
        orderValue = request.orderValue
        gatherItems(request, infos: infos, strategy: strategy, stock: stock)
        gatherCandidates(request, strategy: strategy, stock: stock, room: room)
        let isComplete = capTargets(request.sourcing.holders, stock: stock)
        var attempt = RoutingAttempt()
        attempt.candidates = candidateCount
        attempt.fenced = fenced
        guard isComplete || request.sourcing.acceptPartial, targets.contains(where: { $0 > 0 }) else {
            attempt.pass = isComplete ? nil : .notEnough
            attempt.missing = request.sourcing.lines.filter { $0.quantity > 0 }
            attempt.shortLines = beyondTargets(request.sourcing.lines)
            return attempt
        }
        searchAgain(&attempt)
        var isLimited = best == nil && limitsForbid(&attempt)
        // Limits are kept by the whole order or not at all: nothing is left behind so that the rest fits into them.
        while best == nil, !isLimited, request.sourcing.acceptPartial, dropLastCompetingPack() {
            searchAgain(&attempt)
            isLimited = best == nil && limitsForbid(&attempt)
        }
        guard let best else {
            attempt.pass = isLimited ? .splitLimits : .notEnough
            attempt.missing = request.sourcing.lines.filter { $0.quantity > 0 }
            attempt.shortLines = Set(attempt.missing.map(\.line))
            return attempt
        }
        _ = evaluate(best.chosen)
        fillParcels(best.chosen, request.sourcing.lines, &attempt)
        if !attempt.missing.isEmpty { attempt.pass = .notEnough }
        attempt.winner = score(of: best)
        attempt.runnerUp = second.map(score(of:))
        return attempt
    }

    private mutating func searchAgain(_ attempt: inout RoutingAttempt) {
        prepareUnits()
        search()
        attempt.nodes += nodes
        attempt.wasCut = wasCut
    }

    /// Whether it is the split limits that leave no answer, and not the stock.
    private mutating func limitsForbid(_ attempt: inout RoutingAttempt) -> Bool {
        guard !limits.isEmpty else { return false }
        // Only packs that ship whole and want the same units can be in each other's way: all else there is enough of.
        guard sharesStock, packIsWhole.contains(true) else { return true }
        let (kept, wasCut) = (limits, wasCut)
        limits = SplitLimits()
        search()
        defer { (limits, self.wasCut, best, second) = (kept, wasCut, nil, nil) }
        attempt.nodes += nodes
        return best != nil
    }

    private func score(of found: Found) -> RoutingScore {
        RoutingScore(locations: found.chosen.map { facts.locations.all[Int(candidatePlaces[$0])].key }, values: found.values)
    }

    /// The lines that could not be shipped whole; lines that stand first get theirs first.
    private func beyondTargets(_ needs: [SourcingNeed]) -> Set<Int32> {
        var left = targets
        var short: Set<Int32> = []
        for (index, need) in needs.enumerated() where need.quantity > 0 {
            let units = min(need.quantity, left[itemOfLine[index]])
            left[itemOfLine[index]] -= units
            if units < need.quantity { short.insert(need.line) }
        }
        return short
    }

    /// Hands the units of each item out to its lines, the first line first, the best ranked location first.
    private mutating func fillParcels(_ chosen: [Int], _ needs: [SourcingNeed], _ attempt: inout RoutingAttempt) {
        var lines = [[ParcelLine]](repeating: [], count: chosen.count * apartGroups)
        for (index, need) in needs.enumerated() where need.quantity > 0 {
            let item = itemOfLine[index]
            var open = need.quantity
            for position in chosen.indices where open > 0 {
                let units = min(open, amounts[position * itemCount + item])
                guard units > 0 else { continue }
                amounts[position * itemCount + item] -= units
                open -= units
                lines[position * apartGroups + Int(itemKeys[item].apart)].append(
                    ParcelLine(line: need.line, sku: need.sku, quantity: units)
                )
            }
            if open > 0 { attempt.missing.append(SourcingNeed(line: need.line, sku: need.sku, quantity: open)) }
        }
        for (index, lines) in lines.enumerated() where !lines.isEmpty {
            let place = Int(candidatePlaces[chosen[index / apartGroups]])
            attempt.parcels.append(Parcel(location: facts.locations.all[place].key, lines: lines))
        }
    }
}
