/// Where a parcel (a request to one location) stands. The raw value is what the database keeps.
package enum FulfillmentStatus: Int16, Sendable, CaseIterable {
    case requested = 1
    /// The location said it will ship.
    case accepted = 2
    /// Some units left, others are open.
    case partlyShipped = 3
    /// Nothing is open, and something was shipped.
    case shipped = 4
    /// Nothing is open, and nothing was shipped: cancelled, or rejected by the location.
    case cancelled = 5

    package var isClosed: Bool { self == .shipped || self == .cancelled }
}

/// Where the units of one line of a parcel are.
package struct FulfillmentQuantities: Hashable, Sendable {
    package var requested: Int64
    /// All that left, cancelled units that left all the same included.
    package var shipped: Int64
    /// Cancelled by the customer or rejected by the location.
    package var cancelled: Int64
    /// Of the shipped ones, those that had been cancelled before they left: not invoiced, told as unexpected.
    package var unexpected: Int64

    package init(requested: Int64, shipped: Int64 = 0, cancelled: Int64 = 0, unexpected: Int64 = 0) {
        self.requested = requested
        self.shipped = shipped
        self.cancelled = cancelled
        self.unexpected = unexpected
    }

    /// Neither shipped nor cancelled: what holds a reservation.
    package var open: Int64 { requested - cancelled - (shipped - unexpected) }
}

/// What can happen to a parcel. Lines are places in the parcel.
package enum FulfillmentCommand: Hashable, Sendable {
    case accept
    /// Units left. At most what is open, then what was cancelled but went all the same; never more than was requested.
    case dispatch([LineUnits])
    /// The customer no longer wants open units.
    case cancel([LineUnits])
    /// The location will not ship open units; no units named means all that is open.
    case reject([LineUnits])
}

/// Status and quantities of one parcel.
package struct FulfillmentState: Hashable, Sendable {
    package private(set) var status: FulfillmentStatus
    package private(set) var lines: [FulfillmentQuantities]

    /// A state as it was stored.
    package init(status: FulfillmentStatus, lines: [FulfillmentQuantities]) {
        self.status = status
        self.lines = lines
    }

    /// A new parcel.
    package init(requested: [Int64]) {
        self.init(status: .requested, lines: requested.map { FulfillmentQuantities(requested: $0) })
    }

    package var open: Int64 { lines.reduce(0) { $0 + $1.open } }

    /// What the command makes of the parcel; what came too late to matter is `unchanged`.
    package func applying(_ command: FulfillmentCommand) -> Transition<FulfillmentState> {
        switch command {
        case .accept:
            return status == .requested ? .changed(FulfillmentState(status: .accepted, lines: lines)) : .unchanged
        case .dispatch(let units):
            return dispatching(units)
        case .cancel(let units):
            return closing(units)
        case .reject(let units):
            guard !status.isClosed else { return .unchanged }
            let outcome = closing(units.isEmpty ? lines.indices.map { LineUnits(line: $0, quantity: lines[$0].open) } : units)
            // To refuse a part is an answer: the location ships the rest.
            guard case .changed(let next) = outcome, next.status == .requested else { return outcome }
            return .changed(FulfillmentState(status: .accepted, lines: next.lines))
        }
    }

    /// Of what a dispatch ships, how many units per named line are expected (they hold a reservation and are invoiced) and how many had been cancelled.
    /// - Returns: one entry per entry of `units`; `nil` where the dispatch would be refused.
    package func split(_ units: [LineUnits]) -> [(expected: Int64, unexpected: Int64)]? {
        guard case .changed = dispatching(units) else { return nil }
        var left = lines.map(\.open)
        return units.map { unit in
            let expected = min(left[unit.line], unit.quantity)
            left[unit.line] -= expected
            return (expected, unit.quantity - expected)
        }
    }

    private func dispatching(_ units: [LineUnits]) -> Transition<FulfillmentState> {
        var moved = lines
        for unit in units {
            guard moved.indices.contains(unit.line), unit.quantity > 0 else { return .refused(.noSuchUnits(line: unit.line)) }
            guard unit.quantity <= moved[unit.line].requested - moved[unit.line].shipped else {
                return .refused(.overShipped(line: unit.line))
            }
            let unexpected = max(0, unit.quantity - moved[unit.line].open)
            moved[unit.line].shipped += unit.quantity
            moved[unit.line].unexpected += unexpected
        }
        return units.isEmpty ? .unchanged : .changed(FulfillmentState(status: status.after(moved), lines: moved))
    }

    private func closing(_ units: [LineUnits]) -> Transition<FulfillmentState> {
        var moved = lines
        var anything = false
        for unit in units where unit.quantity != 0 {
            guard moved.indices.contains(unit.line), unit.quantity > 0 else { return .refused(.noSuchUnits(line: unit.line)) }
            guard unit.quantity <= moved[unit.line].open else {
                return .refused(status.isClosed ? .notOpen : .noSuchUnits(line: unit.line))
            }
            moved[unit.line].cancelled += unit.quantity
            anything = true
        }
        return anything ? .changed(FulfillmentState(status: status.after(moved), lines: moved)) : .unchanged
    }
}

extension FulfillmentStatus {
    fileprivate func after(_ lines: [FulfillmentQuantities]) -> FulfillmentStatus {
        let hasShipped = lines.contains { $0.shipped > 0 }
        if lines.allSatisfy({ $0.open == 0 }) { return hasShipped ? .shipped : .cancelled }
        return hasShipped ? .partlyShipped : self
    }
}
