extension StrategySolver {
    enum Verdict: Hashable {
        /// The set has not got everything.
        case missing
        /// A location would ship nothing: a smaller set is the same answer.
        case unused
        /// An answer; by how much it breaks the split limits, 0 where it does not.
        case answer(excess: Int64)
    }

    /// Hands out over a set, and puts down in `values` what that is worth by each criterion.
    mutating func evaluate(_ chosen: [Int]) -> Verdict {
        guard handOut(chosen) else { return .missing }
        for row in stride(from: 0, to: amounts.count, by: itemCount)
        where !(row..<row + itemCount).contains(where: { amounts[$0] > 0 }) { return .unused }
        var excess: Int64 = 0
        if !limits.isEmpty, chosen.count > 1 {
            if let minimum = limits.neverBelow, orderValue < minimum { excess += Int64(chosen.count) - 1 }
            if let minimum = limits.furtherParcelWorth { excess += poor(chosen, minimum) }
        }
        let width = plan.criteria.count
        values.removeAll(keepingCapacity: true)
        values.append(contentsOf: repeatElement(0, count: width))
        for position in chosen.indices {
            let candidate = chosen[position]
            for criterion in 0..<width {
                let value = fixed[candidate * width + criterion]
                if criterion == plan.daysIndex { values[criterion] = max(values[criterion], value) } else { values[criterion] += value }
            }
            if hasWeightCosts || apartGroups > 1 { addParcels(of: candidate, at: position) }
            if unitKeyCount > 0 { addUnits(of: candidate, at: position) }
        }
        if let maximum = limits.maximumParcels { excess += max(0, values[plan.parcelsIndex] - max(1, maximum)) }
        return .answer(excess: excess)
    }

    /// How many of several locations ship goods worth too little, the richest aside.
    private mutating func poor(_ chosen: [Int], _ minimum: Int64) -> Int64 {
        func count() -> Int { chosen.indices.count { worth(at: $0) < minimum } }
        guard count() > 0 else { return 0 }
        lift(chosen, to: minimum)
        return Int64(min(count(), chosen.count - 1))
    }

    /// Goods kept apart are parcels of their own; and parcels cost by their weight.
    private mutating func addParcels(of candidate: Int, at position: Int) {
        groupGrams.removeAll(keepingCapacity: true)
        groupGrams.append(contentsOf: repeatElement(-1, count: apartGroups))
        for item in 0..<itemCount {
            let units = amounts[position * itemCount + item]
            guard units > 0 else { continue }
            let group = Int(itemKeys[item].apart)
            groupGrams[group] = min(Self.productBound, max(0, groupGrams[group]) + grams(units, of: item))
        }
        let place = candidatePlaces[candidate]
        let further = Int64(groupGrams.count { $0 >= 0 }) - 1
        values[plan.parcelsIndex] += further
        if further > 0, let days = plan.daysIndex, let later = furtherDays[place] {
            values[days] = max(values[days], later[Int(further) - 1])
        }
        guard let cost = plan.costIndex else { return }
        values[cost] += Self.bounded(further, fixed[candidate * plan.criteria.count + cost])
        guard hasWeightCosts else { return }
        for grams in groupGrams where grams > 0 { values[cost] += Self.bounded(perKilogram(of: place), Self.startedKilograms(grams)) }
    }

    private mutating func addUnits(of candidate: Int, at position: Int) {
        guard plan.stockBalanceIndex != nil || plan.markdownIndex != nil else { return }
        for item in 0..<itemCount {
            let units = amounts[position * itemCount + item]
            guard units > 0 else { continue }
            if let index = plan.stockBalanceIndex { values[index] += Self.bounded(units, lacks[candidate * itemCount + item]) }
            if let index = plan.markdownIndex, !isMarkdown(candidate) { values[index] += units }
        }
    }

    // MARK: Which of two is better

    /// Keeps the set at hand if it is the best so far, or the second best.
    mutating func consider(_ chosen: [Int]) {
        if let best, !isBetter(chosen, than: best) {
            guard best.chosen != chosen else { return }
            if let second, second.chosen == chosen || !isBetter(chosen, than: second) { return }
            second = found(chosen)
        } else {
            second = best
            best = found(chosen)
        }
    }

    func found(_ chosen: [Int], excess: Int64 = 0) -> Found {
        Found(chosen: chosen, scores: (0..<plan.scoreCount).map { plan.score($0) { values[$0] } }, values: values, excess: excess)
    }

    /// Whether the set at hand, which `evaluate` has looked at last, is better than another.
    func isBetter(_ chosen: [Int], than other: Found, excess: Int64 = 0) -> Bool {
        if excess != other.excess { return excess < other.excess }
        for index in 0..<plan.scoreCount {
            let score = plan.score(index) { values[$0] }
            if score != other.scores[index] { return score < other.scores[index] }
        }
        return placesPrecede(chosen, other.chosen)
    }

    private func placesPrecede(_ left: [Int], _ right: [Int]) -> Bool {
        guard left != right else { return false }
        return left.map { candidatePlaces[$0] }.sorted().lexicographicallyPrecedes(right.map { candidatePlaces[$0] }.sorted())
    }
}
