/// A good set of locations when the exact search ran out of budget: greedy, then improved until nothing simple helps.
extension BasketSolver {
    /// The better of what the search found so far (may be empty) and of the greedy answer, without a location that can be missed;
    /// best ranked first. Deterministic.
    func improved(_ found: [Int]) -> [Int] {
        let greedy = refined(greedyCover())
        guard !found.isEmpty else { return greedy }
        let kept = refined(found)
        return isBetter(greedy, than: kept) ? greedy : kept
    }

    /// Takes, again and again, the location that fills most of what is still short: the sum over items of the filled part of the target;
    /// the better ranked one where two fill as much. As a location never comes to fill more than it did, a gain once calculated
    /// bounds the later ones, and most need not be calculated again ("lazy greedy", Minoux 1978).
    private func greedyCover() -> [Int] {
        var short = targets
        var chosen: [Int] = []
        var gains = candidates.indices.map { gain(of: $0, short) }
        var isCurrent = [Bool](repeating: true, count: candidates.count)
        while short.contains(where: { $0 > 0 }) {
            var best = 0
            for candidate in candidates.indices where gains[candidate] > gains[best] { best = candidate }
            guard gains[best] > 0 else { break }
            guard isCurrent[best] else {
                (gains[best], isCurrent[best]) = (gain(of: best, short), true)
                continue
            }
            for item in 0..<itemCount { short[item] = max(0, short[item] - supply[best * itemCount + item]) }
            chosen.append(best)
            gains[best] = 0
            for candidate in candidates.indices { isCurrent[candidate] = false }
        }
        return chosen.sorted()
    }

    /// How much of the targets a location would fill: 2^20 for each item whole. Above 0 wherever it has something that is short.
    private func gain(of candidate: Int, _ short: [Int64]) -> Int64 {
        var gain: Int64 = 0
        for item in 0..<itemCount where short[item] > 0 {
            let units = min(short[item], supply[candidate * itemCount + item])
            // Targets are at most 10^12 < 2^40, so the shift stays within 60 bits; 5,000 items come to less than 2^33.
            if units > 0 { gain += max(1, (units << 20) / targets[item]) }
        }
        return gain
    }

    /// Drops what can be missed, replaces two by one, and swaps one for a better ranked one, until none of it helps or the work bound is reached.
    private func refined(_ cover: [Int]) -> [Int] {
        var chosen = withoutRedundant(cover)
        var work = 0
        while work < Self.refinementBound {
            guard let better = twoForOne(chosen, &work) ?? oneForBetter(chosen, &work) else { break }
            chosen = withoutRedundant(better)
        }
        return chosen
    }

    /// Drops locations that the others can do without, the worst ranked first.
    private func withoutRedundant(_ cover: [Int]) -> [Int] {
        var surplus = targets.map { -$0 }
        for candidate in cover { for item in 0..<itemCount { surplus[item] += supply[candidate * itemCount + item] } }
        var kept: [Int] = []
        for candidate in cover.reversed() {
            if (0..<itemCount).allSatisfy({ supply[candidate * itemCount + $0] <= surplus[$0] }) {
                for item in 0..<itemCount { surplus[item] -= supply[candidate * itemCount + item] }
            } else {
                kept.append(candidate)
            }
        }
        return kept.sorted()
    }

    private func twoForOne(_ chosen: [Int], _ work: inout Int) -> [Int]? {
        for first in chosen.indices {
            for second in chosen.indices where second > first && work < Self.refinementBound {
                let rest = chosen.indices.filter { $0 != first && $0 != second }.map { chosen[$0] }
                if let single = firstThatFills(missing(from: rest), besides: chosen, &work) { return (rest + [single]).sorted() }
            }
        }
        return nil
    }

    private func oneForBetter(_ chosen: [Int], _ work: inout Int) -> [Int]? {
        for position in chosen.indices.reversed() where work < Self.refinementBound {
            let rest = chosen.filter { $0 != chosen[position] }
            guard let other = firstThatFills(missing(from: rest), besides: rest, &work), other != chosen[position] else { continue }
            let swapped = (rest + [other]).sorted()
            if isBetter(swapped, than: chosen) { return swapped }
        }
        return nil
    }

    /// The best ranked candidate that has everything that is short.
    private func firstThatFills(_ short: [Int64], besides taken: [Int], _ work: inout Int) -> Int? {
        work += candidates.count + taken.count
        return candidates.indices.first { candidate in
            !taken.contains(candidate) && (0..<itemCount).allSatisfy { supply[candidate * itemCount + $0] >= short[$0] }
        }
    }

    private func missing(from chosen: [Int]) -> [Int64] {
        var short = targets
        for candidate in chosen {
            for item in 0..<itemCount where short[item] > 0 { short[item] = max(0, short[item] - supply[candidate * itemCount + item]) }
        }
        return short
    }

    private func isBetter(_ left: [Int], than right: [Int]) -> Bool {
        if left.count != right.count { return left.count < right.count }
        let (leftRank, rightRank) = (rank(of: left), rank(of: right))
        if leftRank != rightRank { return leftRank < rightRank }
        return left.map { candidates[$0].place }.sorted().lexicographicallyPrecedes(right.map { candidates[$0].place }.sorted())
    }

    private func rank(of chosen: [Int]) -> Rank { chosen.reduce(.zero) { $0 + candidates[$1].rank } }

    /// Candidates compared during refinement, at most about this many.
    private static let refinementBound = 20_000
}
