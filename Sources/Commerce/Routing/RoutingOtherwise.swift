/// What becomes of an order, or of the rest of it, that a strategy cannot ship.
package enum RoutingOtherwise: Hashable, Sendable, Codable {
    /// The next strategy that matches decides; after the last one it waits for stock.
    case next
    /// An agent looks at it. What could be shipped of an order that accepts parts is shipped.
    case hold(RoutingHold)
    /// It waits for stock.
    case backorder
    /// The lines that cannot be shipped whole are cancelled, the others shipped. Of an order that accepts parts, only the missing units are.
    case cancel(reason: String)
}

/// How long an agent has, and what then.
package struct RoutingHold: Hashable, Sendable, Codable {
    package enum Then: Hashable, Sendable, Codable {
        /// The next strategy that matches decides.
        case next
        /// It waits for stock.
        case backorder
        /// What cannot be shipped is cancelled.
        case cancel(reason: String)
    }

    /// `nil`: until an agent acts.
    package var timeOutMinutes: Int64?
    /// What is done when the time is over.
    package var then: Then

    package init(timeOutMinutes: Int64? = nil, then: Then = .backorder) {
        self.timeOutMinutes = timeOutMinutes
        self.then = then
    }
}
