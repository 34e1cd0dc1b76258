/// What a parcel costs by its location's terms, as `RoutingCriterion.cost` reckons it.
package enum ParcelCost {
    /// Minor units.
    ///
    /// - Parameters:
    ///   - base: of a parcel, whatever is in it.
    ///   - grams: what it weighs; asked for only where weight costs.
    ///   - meters: how far it goes; `nil`: unknown. Asked for only where distance costs.
    package static func of(_ terms: LocationTerms, base: Int64, grams: () -> Int64, meters: () -> Int64?) -> Int64 {
        var cost = min(max(0, base), StrategySolver.productBound)
        if let perKilogram = terms.costPerKilogram, perKilogram > 0 {
            cost += StrategySolver.bounded(StrategySolver.startedKilograms(grams()), perKilogram)
        }
        if let perHundred = terms.costPer100Kilometers, perHundred > 0, let meters = meters() {
            cost += StrategySolver.bounded((meters + 99_999) / 100_000, perHundred)
        }
        return cost
    }

    /// What the lines of a parcel weigh, in grams.
    ///
    /// - Parameter unitGrams: of one unit of a line.
    package static func grams(of parcel: Parcel, _ unitGrams: (Int32) -> Int64) -> Int64 {
        parcel.lines.reduce(0) { sum, line in
            min(StrategySolver.productBound, sum + StrategySolver.bounded(line.quantity, max(0, unitGrams(line.line))))
        }
    }
}
