/// Splitting an amount so that the parts are whole minor units and always sum to it.
package enum Shares {
    /// Splits `total` in proportion to `weights` by the largest remainder (Hamilton's method): everybody gets the quota rounded
    /// down, and the units left over go one each to the largest remainders, the earlier one first where they are equal.
    ///
    /// Exact for any `total` and for weights whose sum fits in 63 bits times the total in 127 (10^15 by 5,000 × 10^15 does).
    /// No share exceeds its quota rounded up, so with `total` ≤ Σ weights no share exceeds its weight.
    /// A negative total is split like its magnitude. Weights below 0 count as 0; where all are 0 they count as equal.
    /// - Returns: one share per weight, in their order; empty for no weights.
    package static func byLargestRemainder(total: Int64, weights: [Int64]) -> [Int64] {
        guard !weights.isEmpty else { return [] }
        let magnitude = Int128(total.magnitude)
        guard magnitude > 0 else { return [Int64](repeating: 0, count: weights.count) }
        var whole: Int128 = 0
        for weight in weights where weight > 0 { whole += Int128(weight) }
        let equal = whole == 0
        if equal { whole = Int128(weights.count) }

        var shares: [Int64] = []
        shares.reserveCapacity(weights.count)
        var remainders: [(remainder: Int128, index: Int)] = []
        var given: Int128 = 0
        for (index, weight) in weights.enumerated() {
            let (quota, remainder) = (magnitude * (equal ? 1 : Int128(max(0, weight)))).quotientAndRemainder(dividingBy: whole)
            shares.append(Int64(clamping: quota))
            given += quota
            if remainder > 0 { remainders.append((remainder, index)) }
        }
        let left = Int(clamping: magnitude - given)
        if left > 0 {
            remainders.sort { $0.remainder != $1.remainder ? $0.remainder > $1.remainder : $0.index < $1.index }
            for place in remainders.prefix(left) { shares[place.index] += 1 }
        }
        return total < 0 ? shares.map { -$0 } : shares
    }

    /// How much of `total` belongs to the first `part` of `whole`: `total` × `part` / `whole`, rounded half up.
    ///
    /// The share of a step is `cumulative(after) − cumulative(before)`; so steps of any size sum to `total` exactly once they reach
    /// `whole`. It never falls as `part` grows, and with 0 ≤ `total` ≤ `whole` it never grows by more than `part` does: what is
    /// left after the share (`part − share`) never falls either. A `part` beyond `whole` counts as `whole`, below 0 as 0; with
    /// `whole` 0 or less everything belongs to any part.
    package static func cumulative(of total: Int64, part: Int64, whole: Int64) -> Int64 {
        guard part < whole else { return total }
        guard part > 0, total != 0 else { return 0 }
        return Amount.scaled(total, by: part, over: whole)
    }
}
