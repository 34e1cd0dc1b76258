extension BasketSolver {
    /// Who of the chosen gives how many units of each item: `[position in chosen * itemCount + item]`. See `Sourcing` for the rule.
    ///
    /// - Parameter chosen: candidates that together have all targets, none of which can be missed; best ranked first.
    func allocate(over chosen: [Int]) -> [Int64] {
        var amounts = [Int64](repeating: 0, count: chosen.count * itemCount)
        for item in 0..<itemCount where targets[item] > 0 {
            let target = targets[item]
            func held(_ position: Int) -> Int64 { supply[chosen[position] * itemCount + item] }
            if let whole = chosen.indices.first(where: { held($0) >= target }) {
                amounts[whole * itemCount + item] = target
                continue
            }
            var (givers, sum): ([Int], Int64) = ([], 0)
            for position in chosen.indices.sorted(by: { (held($1), $0) < (held($0), $1) }) where sum < target {
                givers.append(position)
                sum += held(position)
            }
            var open = target
            for position in givers.sorted() {
                let units = min(open, held(position))
                amounts[position * itemCount + item] = units
                open -= units
            }
        }
        return amounts
    }
}
