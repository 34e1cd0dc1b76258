/// A good set when the search ran out of budget: greedy starts, each improved until no simple change helps. Deterministic.
extension StrategySolver {
    /// Looks for better sets than the search has found so far.
    mutating func improve(largest: Int) {
        var starts = [greedyCover(byCost: false), greedyCover(byCost: true)]
        if unitKeyCount > 0 { starts.append(preferredHolders()) }
        if let best { starts.append(best.chosen) }
        for start in starts where !start.isEmpty { climb(from: start) }
    }

    /// Takes, again and again, the candidate that fills most of what is still short, or most for what it costs.
    private func greedyCover(byCost: Bool) -> [Int] {
        let costs = byCost ? candidateCosts() : []
        guard !byCost || !costs.isEmpty else { return [] }
        var short = targets
        var chosen: [Int] = []
        var gains = (0..<candidateCount).map { gain(of: $0, short) }
        func worth(_ candidate: Int) -> Double { byCost ? Double(gains[candidate]) / costs[candidate] : Double(gains[candidate]) }
        while short.contains(where: { $0 > 0 }) {
            var best = 0
            for candidate in 0..<candidateCount where worth(candidate) > worth(best) { best = candidate }
            guard gains[best] > 0 else { return chosen.sorted() }
            for item in 0..<itemCount { short[item] = max(0, short[item] - supply[best * itemCount + item]) }
            chosen.append(best)
            for candidate in 0..<candidateCount where gains[candidate] > 0 { gains[candidate] = gain(of: candidate, short) }
            gains[best] = 0
        }
        return chosen.sorted()
    }

    /// By candidate, the first score in which they differ, moved so that the least is a quarter of the range; empty where none differs.
    private func candidateCosts() -> [Double] {
        let width = plan.criteria.count
        for index in 0..<plan.scoreCount {
            let scores = (0..<candidateCount).map { candidate in plan.score(index) { fixed[candidate * width + $0] } }
            guard let least = scores.min(), let most = scores.max(), least < most else { continue }
            let offset = least > 0 ? 0 : Double(most) / 4 - Double(least) / 4 - Double(least)
            return scores.map { max(1, Double($0) + offset) }
        }
        return []
    }

    /// How much of the targets a candidate would fill: 2^20 for each item whole. Above 0 wherever it has something that is short.
    private func gain(of candidate: Int, _ short: [Int64]) -> Int64 {
        var gain: Int64 = 0
        for item in 0..<itemCount where short[item] > 0 {
            let units = min(short[item], supply[candidate * itemCount + item])
            if units > 0 { gain += max(1, (units << 20) / targets[item]) }
        }
        return gain
    }

    /// Who would ship if everything came from where its units are best taken.
    private mutating func preferredHolders() -> [Int] {
        let all = Array(0..<candidateCount)
        guard handOut(all) else { return [] }
        return all.filter { candidate in
            (candidate * itemCount..<(candidate + 1) * itemCount).contains { amounts[$0] > 0 }
        }
    }

    // MARK: Local search

    /// Takes the first change that helps, until none does or the work bound is reached.
    private mutating func climb(from start: [Int]) {
        var work = 0
        guard var current = used(of: start) else { return }
        while work < Self.climbingBound {
            guard let better = firstBetter(than: current, &work) else { return }
            current = better
        }
    }

    /// The set at hand as it is worth it, without candidates that would ship nothing.
    private mutating func used(of start: [Int]) -> Found? {
        var chosen = start
        while true {
            switch evaluate(chosen) {
            case .missing: return nil
            case .answer(let excess):
                if excess == 0 { consider(chosen) }
                return found(chosen, excess: excess)
            case .unused:
                let used = chosen.indices.filter { position in
                    (position * itemCount..<(position + 1) * itemCount).contains { amounts[$0] > 0 }
                }
                guard !used.isEmpty else { return nil }
                chosen = used.map { chosen[$0] }
            }
        }
    }

    private mutating func firstBetter(than current: Found, _ work: inout Int) -> Found? {
        let chosen = current.chosen
        var surplus = targets.map { -$0 }
        for candidate in chosen { for item in 0..<itemCount { surplus[item] += supply[candidate * itemCount + item] } }
        for out in chosen.reversed() where deficits([out], surplus).isEmpty {
            if let better = change(current, out: [out], in: nil, &work) { return better }
        }
        for (index, first) in chosen.enumerated() {
            for second in chosen[(index + 1)...] where work < Self.climbingBound {
                if let better = replace([first, second], of: current, surplus, &work) { return better }
            }
        }
        for out in chosen.reversed() where work < Self.climbingBound {
            if let better = replace([out], of: current, surplus, &work) { return better }
        }
        return work < Self.climbingBound ? replace([], of: current, surplus, &work) : nil
    }

    /// What is short of which item without some of a set that has everything.
    private func deficits(_ out: [Int], _ surplus: [Int64]) -> [(item: Int, units: Int64)] {
        var deficits: [(item: Int, units: Int64)] = []
        for item in 0..<itemCount where targets[item] > 0 {
            var units = surplus[item]
            for candidate in out { units -= supply[candidate * itemCount + item] }
            if units < 0 { deficits.append((item, -units)) }
        }
        return deficits
    }

    /// The first candidate that makes the set better in the place of those taken out.
    private mutating func replace(_ out: [Int], of current: Found, _ surplus: [Int64], _ work: inout Int) -> Found? {
        let deficits = deficits(out, surplus)
        for candidate in 0..<candidateCount {
            work += 1
            let row = candidate * itemCount
            guard deficits.allSatisfy({ supply[row + $0.item] >= $0.units }), !current.chosen.contains(candidate) else { continue }
            if let better = change(current, out: out, in: candidate, &work) { return better }
        }
        return nil
    }

    /// The set after a change, where it is an answer and better.
    private mutating func change(_ current: Found, out: [Int], in new: Int?, _ work: inout Int) -> Found? {
        var chosen = current.chosen.filter { !out.contains($0) }
        if let new { chosen.insert(new, at: chosen.firstIndex { $0 > new } ?? chosen.count) }
        guard !chosen.isEmpty, current.excess > 0 || mayBeBetter(chosen, than: current) else { return nil }
        work += itemCount
        guard case .answer(let excess) = evaluate(chosen) else { return nil }
        if excess == 0 { consider(chosen) }
        return isBetter(chosen, than: current, excess: excess) ? found(chosen, excess: excess) : nil
    }

    /// Whether what the candidates add by shipping at all, and the least that units can add, leave room for a better score.
    private func mayBeBetter(_ chosen: [Int], than current: Found) -> Bool {
        let width = plan.criteria.count
        for index in 0..<plan.scoreCount {
            let score = plan.score(index) { criterion in
                var sum: Int64 = 0
                for candidate in chosen {
                    let value = fixed[candidate * width + criterion]
                    sum = criterion == plan.daysIndex ? max(sum, value) : sum + value
                }
                return sum + floors[criterion]
            }
            if score != current.scores[index] { return score < current.scores[index] }
        }
        return true
    }

    /// Changes tried from one start, at most about this many; one that is looked at closely counts for as many as the order has items.
    private static let climbingBound = 10_000
}
