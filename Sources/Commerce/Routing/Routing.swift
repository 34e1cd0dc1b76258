/// Decides orders by routing rules.
///
/// **Which strategy.** The first whose condition holds, and that can ship everything. One that cannot says by its `otherwise` what becomes
/// of the order: the next strategy that matches, an agent's hold, a backorder, or the cancellation of what is missing.
/// Of an order that accepts parts, what can be shipped is shipped all the same: by the strategy that can ship most units of those asked, the
/// first of equals; the `otherwise` is about the rest. Orders that no strategy matches are decided by the default rule, see `Sourcing`.
///
/// **Who may ship.** Locations within all fences of the strategy, not excluded for the order, and, always, not kept for other customers.
///
/// **Which answer is best.** Of all sets of locations that can ship what is to be shipped within the split limits, each shipping something, the one
/// with the best objective; see `RoutingObjective` for what decides between equals. Within a set,
/// lines that ship together come from the best location that has all of them, and so do other units of a SKU; where none has all of the
/// units of a SKU, they come from the fewest, those with the most, and of these the best gives all it has before the next. Best, for
/// units, is by what they add to the objective themselves (weight costs, `stockBalance`, `markdown`), then by the location's own
/// score. Where a further parcel would be worth too little, packs are moved to it from locations that can spare them, the first line's first.
///
/// **Proof.** With up to 12 candidates and 20 distinct items the answer is proven best; beyond, and where the work budget ends before, it
/// is a good one, found greedily and improved, and the record says so. Work is counted, not timed: the same input has the same answer.
///
/// **Collected at a store.** What the store has itself of the answer's units stays on its shelf; only the rest travels there. The next order sees
/// the stock as that leaves it.
///
/// **Fairness.** Requests are served in the order given, and see stock and capacity as the ones before left them.
package enum Routing {
    /// Decides for all requests, in their order, takes what the parcels hold out of `stock`, and plans each for a day of `capacity`. One decision
    /// per request, in the same order.
    ///
    /// A shadow rule set is decided by a second call with its strategies and copies of the stock and the capacity as they were.
    ///
    /// - Parameters:
    ///   - capacity: of the locations that take so many parcels a day; what facts say of capacity left does not matter then.
    ///   - strategies: `RoutingRules.live`, or `.shadow`. Empty: the default rule decides every order, as fast as without rules.
    ///   - nodeBudget: see `Sourcing.decide`.
    package static func decide(
        _ requests: [RoutingRequest],
        stock: inout StockSnapshot,
        capacity: inout CapacityBook,
        facts: RoutingFacts,
        strategies: [RoutingStrategy],
        nodeBudget: Int = Sourcing.defaultNodeBudget
    ) -> [RoutedDecision] {
        var solver = RoutingSolver(strategies, facts: facts, stock: stock, capacity: capacity, nodeBudget: nodeBudget)
        var decisions: [RoutedDecision] = []
        decisions.reserveCapacity(requests.count)
        for request in requests {
            let decision = solver.decide(request, stock: &stock)
            decisions.append(solver.plan(solver.keepOnShelf(decision, of: request, stock: &stock), of: request))
        }
        capacity = solver.room.book
        return decisions
    }

    /// The same where what the facts say of capacity is all that is known: parcels that find a location's first day full arrive later, and
    /// are planned for no day.
    package static func decide(
        _ requests: [RoutingRequest],
        stock: inout StockSnapshot,
        facts: RoutingFacts,
        strategies: [RoutingStrategy],
        nodeBudget: Int = Sourcing.defaultNodeBudget
    ) -> [RoutedDecision] {
        var capacity = facts.capacity
        let isPlanned = !capacity.isEmpty
        var decisions = decide(
            requests,
            stock: &stock,
            capacity: &capacity,
            facts: facts,
            strategies: strategies,
            nodeBudget: nodeBudget
        )
        guard isPlanned else { return decisions }
        for index in decisions.indices {
            for parcel in decisions[index].sourcing.parcels.indices { decisions[index].sourcing.parcels[parcel].day = nil }
        }
        return decisions
    }
}
