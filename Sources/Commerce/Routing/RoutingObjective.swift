/// Which of all possible answers is best. Where the objective leaves several equal: fewest parcels, then the sum of location priorities,
/// then the sum of distances, then the ids of the locations.
package enum RoutingObjective: Hashable, Sendable, Codable {
    /// The first criterion decides, the second between what the first leaves equal, and so on.
    case lexicographic([RoutingCriterion])
    /// The sum of weight × criterion decides, each in the criterion's unit: `cost` 1 and `deliveryTime` 200 make a day worth 200 minor units.
    case weighted([RoutingWeight])

    /// The default rule's: parcels, location priority, distance.
    package static let standard = RoutingObjective.lexicographic([.parcels, .locationPriority, .distance])
}

/// What one unit of a criterion is worth beside the others.
package struct RoutingWeight: Hashable, Sendable, Codable {
    package var criterion: RoutingCriterion
    /// 0 to 1,000,000; what is beyond counts as the nearest of the two.
    package var weight: Int64

    package init(criterion: RoutingCriterion, weight: Int64) {
        self.criterion = criterion
        self.weight = weight
    }
}

/// What an answer is judged by. Less is better for each of them.
package enum RoutingCriterion: String, Hashable, Sendable, Codable, CaseIterable {
    /// How many parcels.
    case parcels
    /// What the parcels cost, in minor units: for each its location's `parcelCost`, `costPerKilogram` per started kilogram and
    /// `costPer100Kilometers` per started 100 km.
    case cost
    /// Kilometers from each shipping location to the destination, summed; kept in whole meters.
    case distance
    /// Days until the last parcel is there at the latest.
    case deliveryTime
    /// The priorities of the shipping locations, summed.
    case locationPriority
    /// The priorities of the shipping locations' suppliers, summed.
    case supplierPriority
    /// Percentage points that the shipping locations' suppliers lack to full reliability, summed.
    case supplierReliability
    /// Percentage points of their day's capacity that the shipping locations have used afterwards, summed; 0 for those without a limit.
    case capacityBalance
    /// Ships from where most lies idle: for each unit, the percentage points by which its location has less of the SKU available
    /// than the one that has most.
    case stockBalance
    /// Clears what is to be cleared first: units that ship from other locations, see `LocationTerms.markdown`.
    case markdown
}
