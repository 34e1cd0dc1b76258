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

    /// Decides the orders by the network's rules, and by its shadow rules on a copy of the stock.
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
            capacity: capacity,
            reliability: reliability,
            network: network,
            now: now,
            in: tx
        )
        let full = capacity.full
        let routing = try requests.map { request in
            var request = request
            request.fullLocations += full
            return try inputs.request(request)
        }
        func decisions(_ strategies: [RoutingStrategy]) -> [Costed] {
            var stock = stock
            let routed = Routing.decide(routing, stock: &stock, facts: inputs.facts, strategies: strategies)
            return zip(routing, routed).map { request, decision in
                Costed(decision: decision, cost: inputs.facts.cost(of: decision.sourcing.parcels, for: request))
            }
        }
        var live = zip(routing, decisions(rules.live)).map { RoutedOrder(live: $1, hold: $0.hold) }
        if !capacity.isEmpty {
            for order in live.indices {
                for index in live[order].live.decision.sourcing.parcels.indices {
                    let location = live[order].live.decision.sourcing.parcels[index].location
                    live[order].live.decision.sourcing.parcels[index].day = capacity.reserve(location)
                }
            }
        }
        guard !shadow.isEmpty else { return live }
        return zip(live, decisions(shadow)).map { RoutedOrder(live: $0.live, shadow: $1, hold: $0.hold) }
    }
}
