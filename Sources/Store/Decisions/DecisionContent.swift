package import Commerce

/// Why an order was routed as it was, and what became of its units: what is kept of one decision.
package struct DecisionContent: Hashable, Sendable, Codable {
    package struct Parcel: Hashable, Sendable, Codable {
        /// Key of the location.
        package var location: Int64
        package var units: Int64

        package init(location: Int64, units: Int64) {
            self.location = location
            self.units = units
        }
    }

    package var record: RoutingRecord
    package var parcels: [Parcel]
    /// Units that wait for stock.
    package var waiting: Int64
    /// Units that an agent has to look at.
    package var held: Int64
    package var cancelled: Int64
    /// Why units are cancelled.
    package var cancelReason: String?

    package init(
        record: RoutingRecord,
        parcels: [Parcel] = [],
        waiting: Int64 = 0,
        held: Int64 = 0,
        cancelled: Int64 = 0,
        cancelReason: String? = nil
    ) {
        self.record = record
        self.parcels = parcels
        self.waiting = waiting
        self.held = held
        self.cancelled = cancelled
        self.cancelReason = cancelReason
    }

    package init(_ decision: RoutedDecision) {
        self.init(
            decision.sourcing,
            record: decision.record,
            held: Self.units(decision.held?.lines ?? []),
            cancelled: Self.units(decision.cancelled?.lines ?? [])
        )
        cancelReason = decision.cancelled?.reason
    }

    /// Of what is shipped and what waits.
    package init(_ sourcing: SourcingDecision, record: RoutingRecord, held: Int64 = 0, cancelled: Int64 = 0) {
        self.init(
            record: record,
            parcels: sourcing.parcels.map { parcel in
                Parcel(location: parcel.location, units: parcel.lines.reduce(0) { $0 + $1.quantity })
            },
            waiting: Self.units(sourcing.waiting),
            held: held,
            cancelled: cancelled
        )
    }

    private static func units(_ lines: [SourcingNeed]) -> Int64 { lines.reduce(0) { $0 + $1.quantity } }
}
