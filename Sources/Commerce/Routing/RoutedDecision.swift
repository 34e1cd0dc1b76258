/// What became of one order under the rules. Every unit asked for is in a parcel, waiting, held or cancelled.
package struct RoutedDecision: Hashable, Sendable {
    /// The parcels, and what waits for stock. A location that ships goods kept apart has several parcels.
    package var sourcing: SourcingDecision
    /// When each parcel arrives, in the order of the parcels; `nil` where no transit table says.
    package var deliveries: [DeliveryEstimate?]
    /// What an agent has to look at.
    package var held: RoutingHeld?
    /// What nobody ships.
    package var cancelled: RoutingCancellation?
    /// Why it is so: to be kept with the decision.
    package var record: RoutingRecord

    package init(
        sourcing: SourcingDecision,
        deliveries: [DeliveryEstimate?],
        held: RoutingHeld? = nil,
        cancelled: RoutingCancellation? = nil,
        record: RoutingRecord
    ) {
        self.sourcing = sourcing
        self.deliveries = deliveries
        self.held = held
        self.cancelled = cancelled
        self.record = record
    }

    /// From the first parcel's earliest day to the last one's latest; `nil` without parcels, and where one of them has no estimate.
    package var delivery: DeliveryEstimate? {
        deliveries.contains { $0 == nil } ? nil : .covering(deliveries.compactMap(\.self))
    }

    /// Whether both do the same about the units. In which order the parcels stand does not matter, nor for which day they are planned.
    package func doesSame(as other: RoutedDecision) -> Bool {
        places == other.places && sourcing.waiting == other.sourcing.waiting && held?.lines == other.held?.lines
            && cancelled?.lines == other.cancelled?.lines
    }

    private var places: [Parcel: Int] {
        sourcing.parcels.reduce(into: [:]) { counts, parcel in
            var parcel = parcel
            parcel.day = nil
            counts[parcel, default: 0] += 1
        }
    }
}

/// Units that wait for an agent.
package struct RoutingHeld: Hashable, Sendable {
    /// In the order of the request's lines.
    package var lines: [SourcingNeed]
    /// `nil`: until the agent acts. When it is over, the order is decided again with `RoutingRequest.hold` `timedOut`.
    package var timeOutMinutes: Int64?

    package init(lines: [SourcingNeed], timeOutMinutes: Int64?) {
        self.lines = lines
        self.timeOutMinutes = timeOutMinutes
    }
}

/// Units that a rule cancels.
package struct RoutingCancellation: Hashable, Sendable {
    /// In the order of the request's lines.
    package var lines: [SourcingNeed]
    package var reason: String

    package init(lines: [SourcingNeed], reason: String) {
        self.lines = lines
        self.reason = reason
    }
}
