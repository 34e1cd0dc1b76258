/// How many units of each SKU may still be sold without stock, while a batch is decided: what one line takes, the next does not see.
package struct PreorderBook: Sendable {
    private var left: [Int64: Int64]

    /// - Parameters:
    ///   - limits: units that may be promised without stock, by SKU; SKUs that are not here may not be sold so at all.
    ///   - promised: units that are, by SKU.
    package init(limits: [Int64: Int64] = [:], promised: [Int64: Int64] = [:]) {
        left = [:]
        for (sku, limit) in limits { left[sku] = max(0, limit - (promised[sku] ?? 0)) }
    }

    /// Units that may still be sold without stock.
    package func left(of sku: Int64) -> Int64 { left[sku] ?? 0 }

    /// Takes all units of a line, or none: a line is a pre-order as a whole, or plainly waits.
    package mutating func take(_ units: Int64, of sku: Int64) -> Bool {
        guard units > 0, let have = left[sku], units <= have else { return false }
        left[sku] = have - units
        return true
    }
}
