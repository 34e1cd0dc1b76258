/// What storefronts are told beside the numbers: list `storefront` of the network file.
package struct StorefrontRule: Hashable, Sendable, Codable {
    /// When `stock.low` is told.
    package struct LowStock: Hashable, Sendable, Codable {
        /// At so many units or fewer; 0: never.
        package var units: Int64
        /// After it was told, only a SKU that has risen to so many units can be told of again; `nil`: half as much again as `units`.
        package var rearmUnits: Int64?

        package init(units: Int64 = 5, rearmUnits: Int64? = nil) {
            self.units = units
            self.rearmUnits = rearmUnits
        }

        /// Always above the threshold.
        package var rearm: Int64 { max(rearmUnits ?? units + max(1, units / 2), units + 1) }
    }

    package var lowStock: LowStock

    package init(lowStock: LowStock = LowStock()) { self.lowStock = lowStock }
}
