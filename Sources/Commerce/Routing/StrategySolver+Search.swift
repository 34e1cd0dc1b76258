/// What the search remembers on its way.
struct SearchMemory {
    var budget = 0
    /// Items, those with the fewest holders first.
    var itemOrder: [Int] = []
    /// For each item and number of picks, the most that many candidates can have: `[item * (candidates + 1) + picks]`.
    var mostOfItem: [Int64] = []
    /// For each number of picks and criterion, the least that many candidates add: `[picks * criteria + criterion]`.
    var least: [Int64] = []
    /// By depth, what is still short of each item.
    var short: [Int64] = []
    /// By depth, what the picked ones add to each criterion.
    var sums: [Int64] = []
    /// Whether a candidate was picked or left out.
    var isDecided: [Bool] = []
    var leftOut: [Int] = []
    var picked: [Int] = []
}

/// Branch and bound over sets of candidates. Exact unless its budget ends.
///
/// Sizes are tried upwards. Within a size some item still short must come from one of its holders, so each holder is tried in turn, and those
/// tried before are left out of what follows, which visits no set twice; where nothing is short any more, every candidate is tried
/// so. A branch ends where even the best holders of an item could not fill it in the picks that are left, or where what is picked, the least that
/// the other picks can add, and the least that the units can add together score behind the second best set so far.
extension StrategySolver {
    /// Finds the best set and the second best; `best` stays `nil` where no set is an answer within the limits.
    mutating func search() {
        (best, second, nodes, wasCut) = (nil, nil, 0, false)
        let largest = largestSet()
        var single = [0]
        for candidate in 0..<candidateCount {
            nodes += 1
            guard coversAlone(candidate) else { continue }
            if isHopeless(base: candidate * plan.criteria.count, in: fixed, picksLeft: 0) { break }
            single[0] = candidate
            if evaluate(single) == .answer(excess: 0) { consider(single) }
        }
        guard largest > 1, candidateCount > 1 else { return }
        prepareMemory()
        guard (2...largest).contains(where: { !isHopeless(base: 0, in: memory.sums, picksLeft: $0) }) else { return }
        prepareHolders()
        let fewest = fewestPicks()
        guard fewest <= largest else { return }
        for size in max(2, fewest)...largest where !wasCut && !isHopeless(base: 0, in: memory.sums, picksLeft: size) {
            memory.short.removeAll(keepingCapacity: true)
            memory.short.append(contentsOf: targets)
            memory.short.append(contentsOf: repeatElement(0, count: itemCount * size))
            descend(depth: 0, picksLeft: size)
        }
        if wasCut { improve(largest: largest) }
    }

    private func largestSet() -> Int {
        if let minimum = limits.neverBelow, orderValue < minimum { return 1 }
        let maximum = limits.maximumParcels.map { Int(min(max(1, $0), Int64(candidateCount))) } ?? candidateCount
        // Each location ships at least one unit.
        let units = targets.reduce(Int64(0)) { min(Int64(candidateCount), $0 + min($1, Int64(candidateCount))) }
        return min(maximum, Int(units))
    }

    private func coversAlone(_ candidate: Int) -> Bool {
        let row = candidate * itemCount
        for item in 0..<itemCount where supply[row + item] < targets[item] { return false }
        return true
    }

    /// - Returns: whether no set that holds what is picked, and so many more, is better than the second best so far.
    func isHopeless(base: Int, in sums: [Int64], picksLeft: Int) -> Bool {
        guard let second else { return false }
        let width = plan.criteria.count
        for index in 0..<plan.scoreCount {
            let score = plan.score(index) { criterion in
                let sum = sums[base + criterion] + floors[criterion]
                guard picksLeft > 0 else { return sum }
                let least = memory.least[picksLeft * width + criterion]
                return criterion == plan.daysIndex ? max(sum, least) : sum + least
            }
            if score != second.scores[index] { return score > second.scores[index] }
        }
        return false
    }

    private mutating func prepareMemory() {
        let width = plan.criteria.count
        memory.sums.removeAll(keepingCapacity: true)
        memory.sums.append(contentsOf: repeatElement(0, count: width * (candidateCount + 1)))
        memory.least.removeAll(keepingCapacity: true)
        memory.least.append(contentsOf: repeatElement(0, count: width * (candidateCount + 1)))
        var column: [Int64] = []
        for criterion in 0..<width {
            column.removeAll(keepingCapacity: true)
            for candidate in 0..<candidateCount { column.append(fixed[candidate * width + criterion]) }
            column.sort()
            var sum: Int64 = 0
            for (index, value) in column.enumerated() {
                sum = criterion == plan.daysIndex ? value : sum + value
                memory.least[(index + 1) * width + criterion] = sum
            }
        }
    }

    private mutating func prepareHolders() {
        memory.picked.removeAll(keepingCapacity: true)
        memory.leftOut.removeAll(keepingCapacity: true)
        memory.isDecided.removeAll(keepingCapacity: true)
        memory.isDecided.append(contentsOf: repeatElement(false, count: candidateCount))
        memory.mostOfItem.removeAll(keepingCapacity: true)
        memory.budget = budget()
        var holders: [Int] = []
        var column: [Int64] = []
        for item in 0..<itemCount {
            column.removeAll(keepingCapacity: true)
            for candidate in 0..<candidateCount { column.append(min(targets[item], supply[candidate * itemCount + item])) }
            column.sort(by: >)
            holders.append(column.firstIndex(of: 0) ?? column.count)
            var most: Int64 = 0
            memory.mostOfItem.append(0)
            for amount in column {
                most += amount
                memory.mostOfItem.append(most)
            }
        }
        memory.itemOrder = targets.indices.filter { targets[$0] > 0 }.sorted { (holders[$0], $0) < (holders[$1], $1) }
    }

    /// Sets that may be looked at: with more items or more candidates in proportion fewer, as each costs more and proves less.
    private func budget() -> Int {
        var budget = nodeBudget
        if itemCount > Self.exactItems { budget = budget / itemCount * Self.exactItems }
        if candidateCount > Self.exactCandidates { budget = budget / candidateCount * Self.exactCandidates / 2 }
        return max(nodeBudget > 0 ? 1 : 0, budget)
    }

    private static let exactItems = 20
    private static let exactCandidates = 12

    /// No fewer picks than this can fill every item.
    private func fewestPicks() -> Int {
        var fewest = 1
        for item in memory.itemOrder {
            while fewest <= candidateCount, memory.mostOfItem[item * (candidateCount + 1) + fewest] < targets[item] { fewest += 1 }
        }
        return fewest
    }

    private mutating func descend(depth: Int, picksLeft: Int) {
        let (level, width) = (depth * itemCount, plan.criteria.count)
        var branchItem = -1
        for item in memory.itemOrder where memory.short[level + item] > 0 {
            if memory.mostOfItem[item * (candidateCount + 1) + picksLeft] < memory.short[level + item] { return }
            if branchItem < 0 { branchItem = item }
        }
        let leftOutBefore = memory.leftOut.count
        for candidate in 0..<candidateCount where !memory.isDecided[candidate] {
            if branchItem >= 0 {
                let has = supply[candidate * itemCount + branchItem]
                if has == 0 || (picksLeft == 1 && has < memory.short[level + branchItem]) { continue }
            }
            for criterion in 0..<width {
                let (sum, value) = (memory.sums[depth * width + criterion], fixed[candidate * width + criterion])
                memory.sums[(depth + 1) * width + criterion] = criterion == plan.daysIndex ? max(sum, value) : sum + value
            }
            if isHopeless(base: (depth + 1) * width, in: memory.sums, picksLeft: picksLeft - 1) { continue }
            nodes += 1
            if nodes > memory.budget {
                wasCut = true
                break
            }
            memory.picked.append(candidate)
            memory.isDecided[candidate] = true
            if picksLeft == 1 {
                if fills(candidate, level: level) { considerPicked() }
            } else {
                for item in 0..<itemCount {
                    memory.short[level + itemCount + item] = max(0, memory.short[level + item] - supply[candidate * itemCount + item])
                }
                descend(depth: depth + 1, picksLeft: picksLeft - 1)
            }
            memory.picked.removeLast()
            memory.leftOut.append(candidate)
            if wasCut { break }
        }
        while memory.leftOut.count > leftOutBefore { memory.isDecided[memory.leftOut.removeLast()] = false }
    }

    private func fills(_ candidate: Int, level: Int) -> Bool {
        for item in 0..<itemCount where supply[candidate * itemCount + item] < memory.short[level + item] { return false }
        return true
    }

    private mutating func considerPicked() {
        let chosen = memory.picked.sorted()
        if evaluate(chosen) == .answer(excess: 0) { consider(chosen) }
    }
}
