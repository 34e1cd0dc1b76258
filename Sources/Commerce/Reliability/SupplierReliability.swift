/// How far a supplier can be relied on: one figure for all of its locations.
package enum SupplierReliability {
    /// The mean of the locations' scores, each weighing as much as its parcels; those that everybody is credited with count too, so that a
    /// location that was never asked lifts its supplier a little, and no more.
    package static func score(of locations: [LocationReliability], at moment: Timestamp) -> Int64 {
        var (sum, all) = (0.0, 0.0)
        for location in locations {
            let weight = location.weights(at: moment).parcels + LocationReliability.creditedParcels
            sum += weight * location.exactScore(at: moment)
            all += weight
        }
        return all > 0 ? Int64((sum / all).rounded()) : LocationReliability.faultless
    }
}
