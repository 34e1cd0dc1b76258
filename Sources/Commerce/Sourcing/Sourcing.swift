/// The default routing rule: fewest parcels, then location priority, then distance, then location id.
///
/// **Which set of locations is best.** Of all sets that can ship what is to be shipped, the best is, compared in this order, the one with
/// 1. the fewest locations: a parcel each;
/// 2. the lowest sum of priorities;
/// 3. the lowest sum of distances to the destination, each in whole meters of the great circle (0 for all without a destination;
///    half the earth's circumference for a location without coordinates);
/// 4. the ids, sorted, that come first as a list compared id by id, byte by byte.
/// This is a total order, so that the same input has one answer, however its locations are arranged.
///
/// **What is to be shipped.** All units, where all are there. Else nothing where the order does not accept parts, and as many units as are
/// there where it does; then the lines that stand first get theirs first.
///
/// **Who ships what within the set.** Units of a SKU, over all lines, come from the best ranked location (priority, distance, id) that has
/// all of them; where none has, from the fewest, those with the most, and of these the best ranked gives all it has before the next.
/// As no location of a best set can be missed, each ships at least one unit.
///
/// **Collected at a store.** What the store has itself of the answer's units stays on its shelf; only the rest travels there.
///
/// **Fairness.** Requests are served in the order given, oldest first, and see what the ones before left. One that takes nothing holds nothing.
package enum Sourcing {
    /// Sets looked at per order before the search is cut. An exhaustive search over 12 locations looks at fewer than 28,673 (the sizes k = 1…12,
    /// each at most all subsets of up to k), so with up to 12 candidates, and up to 20 distinct SKUs, the answer is always proven best.
    package static let defaultNodeBudget = 32_768

    /// Decides for all requests, in their order, and takes what the parcels hold out of `stock`. One decision per request, in the same order.
    ///
    /// - Parameter nodeBudget: how many sets of locations may be looked at for one order with up to 20 distinct SKUs; with more SKUs
    ///   in proportion fewer, as each set costs more. When it ends, a greedy answer with local improvement may stand in, and the decision says so.
    package static func decide(
        _ requests: [SourcingRequest],
        stock: inout StockSnapshot,
        locations: SourcingLocations,
        nodeBudget: Int = defaultNodeBudget
    ) -> [SourcingDecision] {
        var capacity = CapacityBook()
        return decide(requests, stock: &stock, capacity: &capacity, locations: locations, nodeBudget: nodeBudget)
    }

    /// The same where locations take so many parcels a day: each parcel is planned for a day, and a location without room is left out.
    package static func decide(
        _ requests: [SourcingRequest],
        stock: inout StockSnapshot,
        capacity: inout CapacityBook,
        locations: SourcingLocations,
        nodeBudget: Int = defaultNodeBudget
    ) -> [SourcingDecision] {
        var solver = BasketSolver(locations: locations, stock: stock, nodeBudget: nodeBudget)
        var decisions: [SourcingDecision] = []
        decisions.reserveCapacity(requests.count)
        for var request in requests {
            if !capacity.full.isEmpty { request.fullLocations += capacity.full }
            var decision = solver.decide(request, stock: &stock)
            if let shelf = request.shelf { decision = decision.keeping(onShelf: shelf, of: request, stock: &stock) }
            if !capacity.isEmpty {
                for index in decision.parcels.indices {
                    decision.parcels[index].day = capacity.reserve(decision.parcels[index].location)
                }
            }
            decisions.append(decision)
        }
        return decisions
    }
}
