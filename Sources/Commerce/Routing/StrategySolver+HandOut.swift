extension StrategySolver {
    /// Says who of a set gives how many units of each item: `amounts[position * itemCount + item]`. See `Routing` for the rule.
    /// - Returns: `false` where the set has not got everything.
    mutating func handOut(_ chosen: [Int]) -> Bool {
        let cells = chosen.count * itemCount
        amounts.removeAll(keepingCapacity: true)
        amounts.append(contentsOf: repeatElement(0, count: cells))
        if sharesStock {
            residual.removeAll(keepingCapacity: true)
            for candidate in chosen { residual.append(contentsOf: available[candidate * itemCount..<(candidate + 1) * itemCount]) }
        }
        for pack in 0..<packCount {
            let first = packItems[packStarts[pack]]
            guard targets[first] > 0 || packStarts[pack + 1] > packStarts[pack] + 1 else { continue }
            if let position = bestHolder(of: pack, in: chosen) {
                for index in packStarts[pack]..<packStarts[pack + 1] { give(targets[packItems[index]], of: packItems[index], at: position) }
            } else {
                guard !packIsWhole[pack], split(first, over: chosen) else { return false }
            }
        }
        return true
    }

    /// The best position that has all of a pack.
    private func bestHolder(of pack: Int, in chosen: [Int]) -> Int? {
        let items = packStarts[pack]..<packStarts[pack + 1]
        let first = packItems[items.lowerBound]
        var best: Int?
        for position in chosen.indices {
            let hasAll =
                items.count == 1
                ? held(first, at: position, chosen) >= targets[first] : items.allSatisfy { holds(packItems[$0], at: position, chosen) }
            guard hasAll else { continue }
            if unitKeyCount == 0 { return position }
            if let known = best, !prefers(chosen[position], to: chosen[known], for: first) { continue }
            best = position
        }
        return best
    }

    private func holds(_ item: Int, at position: Int, _ chosen: [Int]) -> Bool {
        guard sharesStock else { return held(item, at: position, chosen) >= targets[item] }
        guard supply[chosen[position] * itemCount + item] >= targets[item] else { return false }
        // A pack may hold the same SKU as two items that differ otherwise: they need their units together.
        let together = itemKeys.indices.reduce(Int64(0)) { sum, other in
            itemShares[other] == itemShares[item] && itemKeys[other].together == itemKeys[item].together ? sum + targets[other] : sum
        }
        return residual[position * itemCount + itemShares[item]] >= together
    }

    private func held(_ item: Int, at position: Int, _ chosen: [Int]) -> Int64 {
        let units = supply[chosen[position] * itemCount + item]
        return sharesStock ? min(units, residual[position * itemCount + itemShares[item]]) : units
    }

    private mutating func give(_ units: Int64, of item: Int, at position: Int) {
        amounts[position * itemCount + item] += units
        if sharesStock { residual[position * itemCount + itemShares[item]] -= units }
    }

    /// From the fewest, those with the most; of these the best gives all it has before the next.
    private mutating func split(_ item: Int, over chosen: [Int]) -> Bool {
        let order = chosen.indices.sorted { left, right in
            let (more, less) = (held(item, at: left, chosen), held(item, at: right, chosen))
            return more == less ? prefers(chosen[left], to: chosen[right], for: item) : more > less
        }
        var (givers, sum): ([Int], Int64) = ([], 0)
        for position in order where sum < targets[item] {
            givers.append(position)
            sum += held(item, at: position, chosen)
        }
        guard sum >= targets[item] else { return false }
        var open = targets[item]
        for position in givers.sorted(by: { prefers(chosen[$0], to: chosen[$1], for: item) }) {
            let units = min(open, held(item, at: position, chosen))
            give(units, of: item, at: position)
            open -= units
        }
        return true
    }

    /// Whether units of an item are better taken from one candidate than from another.
    private func prefers(_ left: Int, to right: Int, for item: Int) -> Bool {
        for key in 0..<unitKeyCount {
            let keys = (unitKeys[(left * itemCount + item) * unitKeyCount + key], unitKeys[(right * itemCount + item) * unitKeyCount + key])
            if keys.0 != keys.1 { return keys.0 < keys.1 }
        }
        return left < right
    }

    // MARK: A further parcel has to be worth it

    func worth(at position: Int) -> Int64 {
        var worth: Int64 = 0
        for item in 0..<itemCount {
            let units = amounts[position * itemCount + item]
            if units > 0 { worth = min(Self.productBound, worth + value(units, of: item)) }
        }
        return worth
    }

    /// Moves packs to positions whose goods are worth too little, from those that can spare them: the first pack first.
    mutating func lift(_ chosen: [Int], to minimum: Int64) {
        guard !sharesStock else { return }
        var worths = chosen.indices.map { worth(at: $0) }
        for poor in chosen.indices {
            for pack in 0..<packCount where worths[poor] < minimum {
                let items = packStarts[pack]..<packStarts[pack + 1]
                guard targets[packItems[items.lowerBound]] > 0, let giver = soleGiver(of: pack, in: chosen), giver != poor else { continue }
                guard items.allSatisfy({ supply[chosen[poor] * itemCount + packItems[$0]] >= targets[packItems[$0]] }) else { continue }
                let moved = items.reduce(Int64(0)) { $0 + value(targets[packItems[$1]], of: packItems[$1]) }
                guard moved > 0, worths[giver] - moved >= minimum else { continue }
                for index in items {
                    amounts[giver * itemCount + packItems[index]] = 0
                    amounts[poor * itemCount + packItems[index]] = targets[packItems[index]]
                }
                worths[giver] -= moved
                worths[poor] += moved
            }
        }
    }

    /// The position that gives all of a pack.
    private func soleGiver(of pack: Int, in chosen: [Int]) -> Int? {
        let first = packItems[packStarts[pack]]
        return chosen.indices.first { amounts[$0 * itemCount + first] == targets[first] }
    }
}
