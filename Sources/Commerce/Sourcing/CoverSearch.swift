/// Finds the best set of candidates that together have all targets: fewest first, then by rank, then by ids. Exact unless its budget ends.
///
/// Sizes are tried upwards, so the first size with an answer is the fewest. Within a size, branch and bound: some item still short must come
/// from one of its holders, so each holder is tried in turn, and those tried before are left out of what follows, which visits no
/// set twice. A branch ends where even the best holders of an item could not fill it in the picks that are left, or
/// where even the cheapest candidates would rank behind the best set so far.
struct CoverSearch {
    struct Result {
        /// Ascending, which is best ranked first; empty where the budget ended before any was found.
        var chosen: [Int]
        var isProven: Bool
        var nodes: Int
    }

    private var candidates: [BasketSolver.Candidate] = []
    private var supply: [Int64] = []
    private var itemCount = 0
    private var budget = 0
    private var nodes = 0
    private var wasCut = false

    /// Items, those with the fewest holders first.
    private var itemOrder: [Int] = []
    /// For each item and number of picks, the most that many candidates can have: `[item * (candidates + 1) + picks]`.
    private var mostOfItem: [Int64] = []
    /// The lowest sum of ranks of that many candidates.
    private var cheapest: [Rank] = []
    /// By depth, what is still short of each item.
    private var short: [Int64] = []
    /// Whether a candidate was picked or left out.
    private var isDecided: [Bool] = []
    private var picked: [Int] = []
    private var best: [Int] = []
    private var bestRank = Rank.zero

    /// The targets can be had from all candidates together, and not from one alone.
    mutating func run(candidates: [BasketSolver.Candidate], supply: [Int64], targets: [Int64], budget: Int) -> Result {
        prepare(candidates: candidates, supply: supply, targets: targets)
        self.budget = budget
        var size = max(2, fewestPicks(targets))
        while size <= candidates.count, best.isEmpty, !wasCut {
            short.removeAll(keepingCapacity: true)
            short.append(contentsOf: targets)
            short.append(contentsOf: repeatElement(0, count: itemCount * size))
            descend(depth: 0, picksLeft: size, rank: .zero)
            size += 1
        }
        return Result(chosen: best.sorted(), isProven: !wasCut, nodes: nodes)
    }

    private mutating func prepare(candidates: [BasketSolver.Candidate], supply: [Int64], targets: [Int64]) {
        self.candidates = candidates
        self.supply = supply
        itemCount = targets.count
        (nodes, wasCut) = (0, false)
        best.removeAll(keepingCapacity: true)
        picked.removeAll(keepingCapacity: true)
        isDecided.removeAll(keepingCapacity: true)
        isDecided.append(contentsOf: repeatElement(false, count: candidates.count))

        cheapest.removeAll(keepingCapacity: true)
        cheapest.append(.zero)
        for candidate in candidates { cheapest.append(cheapest[cheapest.count - 1] + candidate.rank) }

        mostOfItem.removeAll(keepingCapacity: true)
        var holders: [Int] = []
        var column: [Int64] = []
        for item in 0..<itemCount {
            column.removeAll(keepingCapacity: true)
            for candidate in candidates.indices { column.append(supply[candidate * itemCount + item]) }
            column.sort(by: >)
            holders.append(column.firstIndex(of: 0) ?? column.count)
            var most: Int64 = 0
            mostOfItem.append(0)
            for amount in column {
                most += amount
                mostOfItem.append(most)
            }
        }
        itemOrder = targets.indices.filter { targets[$0] > 0 }.sorted { (holders[$0], $0) < (holders[$1], $1) }
    }

    /// No fewer picks than this can fill every item.
    private func fewestPicks(_ targets: [Int64]) -> Int {
        var fewest = 1
        for item in itemOrder { while mostOfItem[item * (candidates.count + 1) + fewest] < targets[item] { fewest += 1 } }
        return fewest
    }

    private mutating func descend(depth: Int, picksLeft: Int, rank: Rank) {
        let level = depth * itemCount
        var branchItem = -1
        for item in itemOrder where short[level + item] > 0 {
            if mostOfItem[item * (candidates.count + 1) + picksLeft] < short[level + item] { return }
            if branchItem < 0 { branchItem = item }
        }
        guard branchItem >= 0 else { return }
        let tried = picked.count
        var leftOut: [Int] = []
        for candidate in candidates.indices where !isDecided[candidate] && supply[candidate * itemCount + branchItem] > 0 {
            // A candidate that has too little of the item for a last pick, or ranks too low, is in no better set from here.
            if picksLeft == 1, supply[candidate * itemCount + branchItem] < short[level + branchItem] { continue }
            let total = rank + candidates[candidate].rank
            if !best.isEmpty, bestRank < total + cheapest[picksLeft - 1] { continue }
            nodes += 1
            if nodes > budget {
                wasCut = true
                break
            }
            picked.append(candidate)
            isDecided[candidate] = true
            if picksLeft == 1 {
                if fills(candidate, level: level) { consider(total) }
            } else {
                for item in 0..<itemCount {
                    short[level + itemCount + item] = max(0, short[level + item] - supply[candidate * itemCount + item])
                }
                descend(depth: depth + 1, picksLeft: picksLeft - 1, rank: total)
            }
            picked.removeLast()
            leftOut.append(candidate)
            if wasCut { break }
        }
        for candidate in leftOut { isDecided[candidate] = false }
        assert(picked.count == tried)
    }

    private func fills(_ candidate: Int, level: Int) -> Bool {
        for item in 0..<itemCount where supply[candidate * itemCount + item] < short[level + item] { return false }
        return true
    }

    private mutating func consider(_ rank: Rank) {
        guard best.isEmpty || rank < bestRank || (rank == bestRank && idsPrecede(picked, best)) else { return }
        best = picked
        bestRank = rank
    }

    /// Whether the ids of one set, sorted, come before those of another of the same size.
    private func idsPrecede(_ left: [Int], _ right: [Int]) -> Bool { places(left).lexicographicallyPrecedes(places(right)) }

    private func places(_ set: [Int]) -> [Int32] { set.map { candidates[$0].place }.sorted() }
}
