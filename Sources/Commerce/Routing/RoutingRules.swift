/// How orders are routed: what stands under `rules` in the network file.
///
/// The strategies are gone through in their order. The first whose `when` matches decides; what it cannot ship goes the way of its
/// `otherwise`, which may be the next strategy that matches. What no strategy matches is decided by the default rule, see `Sourcing`.
package struct RoutingRules: Hashable, Sendable, Codable {
    /// The strategies that decide. Empty: the default rule decides every order.
    package var live: [RoutingStrategy]
    /// Strategies that are decided beside the live ones and never acted on; `nil`: none.
    package var shadow: [RoutingStrategy]?

    package init(live: [RoutingStrategy] = [], shadow: [RoutingStrategy]? = nil) {
        self.live = live
        self.shadow = shadow
    }

    /// No strategies: fewest parcels, then location priority, then distance, then location id.
    package static let standard = RoutingRules()
}

/// One way to route orders: for which of them it is, what must hold, and what is best.
package struct RoutingStrategy: Hashable, Sendable, Codable {
    /// Unique within its list; stands in every decision it makes.
    package var id: String
    /// For which orders the strategy is.
    package var when: RoutingCondition
    /// What must hold of every location that ships; all of them.
    package var fences: [RoutingFence]
    /// Names of line attributes: lines with the same value of one of them ship from one location, or wait together. Lines without it are free.
    package var keepTogether: [String]
    /// Names of line attributes: lines that differ in the value of one of them are never in the same parcel; having none is a value too.
    /// One location may ship them, in parcels of their own.
    package var keepApart: [String]
    package var split: SplitLimits
    package var objective: RoutingObjective
    /// What becomes of an order, or of the rest of it, that the strategy cannot ship.
    package var otherwise: RoutingOtherwise

    package init(
        id: String,
        when: RoutingCondition = RoutingCondition(),
        fences: [RoutingFence] = [],
        keepTogether: [String] = [],
        keepApart: [String] = [],
        split: SplitLimits = SplitLimits(),
        objective: RoutingObjective = .standard,
        otherwise: RoutingOtherwise = .backorder
    ) {
        self.id = id
        self.when = when
        self.fences = fences
        self.keepTogether = keepTogether
        self.keepApart = keepApart
        self.split = split
        self.objective = objective
        self.otherwise = otherwise
    }
}
