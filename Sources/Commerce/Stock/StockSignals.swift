/// Whether a SKU is back in stock, or running low: decided from what storefronts were told last and what they are told now.
///
/// Told once per crossing. Low has a hysteresis: after it was told, the SKU must rise to `rearmUnits` before it can be told again, so that
/// a count that swings around the threshold is no stream of alarms.
package struct StockSignals: Hashable, Sendable {
    /// What is remembered from one telling to the next.
    package struct Told: Hashable, Sendable {
        package var available: Int64
        /// Low was told, or it was low from the beginning; it is not told again before the SKU has recovered.
        package var isLow: Bool

        package init(available: Int64, isLow: Bool) {
            self.available = available
            self.isLow = isLow
        }
    }

    /// From nothing to something.
    package var isBackInStock: Bool
    /// Fell to the threshold or below it.
    package var hasFallenLow: Bool
    /// To be remembered.
    package var told: Told

    /// - Parameters:
    ///   - last: what was told last; `nil` where nothing ever was: a SKU that is new is not *back*, and has not *fallen*.
    ///   - available: what is told now, over all locations.
    package init(from last: Told?, to available: Int64, rule: StorefrontRule.LowStock) {
        let isBelow = rule.units > 0 && available <= rule.units
        guard let last else {
            isBackInStock = false
            hasFallenLow = false
            told = Told(available: available, isLow: isBelow)
            return
        }
        isBackInStock = last.available <= 0 && available > 0
        hasFallenLow = isBelow && !last.isLow
        let staysLow = rule.units > 0 && last.isLow && available < rule.rearm
        told = Told(available: available, isLow: isBelow || staysLow)
    }
}
