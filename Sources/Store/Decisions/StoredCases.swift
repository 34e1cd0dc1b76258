package import Commerce

/// The numbers under which cases are stored: their places in these lists, which only grow at their ends.
package enum StoredCases {
    package static let passes: [RoutingPass] = [
        .channel, .country, .region, .postalCode, .customer, .lineAttribute, .orderValue, .weekday, .notEnough, .splitLimits,
        .customerAttribute,
    ]
    package static let obstacles: [RoutingObstacle] = [
        .excluded, .notAsked, .customers, .kind, .supplier, .location, .country, .region, .distance, .stockShare, .capacity, .onTime,
        .freshFeed, .attribute, .noRoom,
    ]
    package static let criteria: [RoutingCriterion] = [
        .parcels, .cost, .distance, .deliveryTime, .locationPriority, .supplierPriority, .supplierReliability, .capacityBalance,
        .stockBalance, .markdown,
    ]
    package static let holds: [RoutingRequest.Hold] = [.none, .released, .timedOut]
}
