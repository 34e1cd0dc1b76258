internal import Commerce
internal import Store

/// What the orders of a batch found when they were decided, to be kept with their decisions.
enum BatchSights {
    /// - Parameters:
    ///   - decisions: one for each request, in their order.
    ///   - routed: the same as rules made them; `nil` where none are in force.
    ///   - stock: as it was before the first decision; so `capacity`.
    ///   - reliability: the scores of the locations' suppliers.
    static func of(
        _ requests: [SourcingRequest],
        decisions: [SourcingDecision],
        routed: [RoutedOrder]?,
        stock: StockSnapshot,
        capacity: CapacityBook,
        reliability: [Int32: Int64],
        network: NetworkSnapshot
    ) -> [RoutingSight] {
        var sights = RoutingSight.each(of: requests, decisions: decisions, stock: stock, capacity: capacity)
        for index in sights.indices {
            if let routed { sights[index].hold = routed[index].hold }
            for place in sights[index].places.indices {
                let location = Int32(truncatingIfNeeded: sights[index].places[place].location)
                sights[index].places[place].isFresh = network.isFresh(location)
                sights[index].places[place].reliability = LocationFacts.reliability(score: reliability[location])
            }
        }
        return sights
    }
}
