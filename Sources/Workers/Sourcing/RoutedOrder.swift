internal import Commerce
internal import Postgres
internal import Store

/// What the rules in force decided about one order, and what the shadow rules would have.
struct RoutedOrder: Sendable {
    /// A decision, and what its parcels cost.
    struct Costed: Sendable {
        var decision: RoutedDecision
        var cost: Int64
    }

    var live: Costed
    var shadow: Costed?
    /// What had become of the order's hold before.
    var hold: RoutingRequest.Hold

    /// Rules did more than source: it is told even where nothing is to be shipped.
    var isSettled: Bool { live.decision.held != nil || live.decision.cancelled != nil }

    /// As the sourcing it comes to: held units wait too, cancelled ones do not.
    var sourcing: SourcingDecision {
        var sourcing = live.decision.sourcing
        sourcing.waiting += live.decision.held?.lines ?? []
        return sourcing
    }

    /// Whether the shadow rules would have done something else about the units.
    var differs: Bool { shadow.map { !$0.decision.doesSame(as: live.decision) } ?? false }

    /// Decides the orders by the network's rules, and by its shadow rules on copies of the stock and the capacity.
    ///
    /// - Returns: one for each request, in their order; `nil` where no rules are in force.
    static func decide(
        _ requests: [SourcingRequest],
        heads: [OrderLocks.LockedOrder],
        stock: StockSnapshot,
        capacity: inout CapacityBook,
        reliability: [Int32: Int64],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws -> [RoutedOrder]? {
        let rules = network.settings.rules
        let shadow = rules.shadow ?? []
        guard !requests.isEmpty, !rules.live.isEmpty || !shadow.isEmpty else { return nil }
        let inputs = try RoutingInputs.load(
            heads,
            reliability: reliability,
            network: network,
            now: now,
            in: tx
        )
        let routing = try requests.map(inputs.request)
        func decisions(_ strategies: [RoutingStrategy], _ capacity: inout CapacityBook) -> [Costed] {
            var stock = stock
            let routed = Routing.decide(routing, stock: &stock, capacity: &capacity, facts: inputs.facts, strategies: strategies)
            return zip(routing, routed).map { request, decision in
                Costed(decision: decision, cost: inputs.facts.cost(of: decision.sourcing.parcels, for: request))
            }
        }
        var beside = capacity
        let live = zip(routing, decisions(rules.live, &capacity)).map { RoutedOrder(live: $1, hold: $0.hold) }
        guard !shadow.isEmpty else { return live }
        return zip(live, decisions(shadow, &beside)).map { RoutedOrder(live: $0.live, shadow: $1, hold: $0.hold) }
    }
}
