/// Status and quantities of an order: all that its commands look at and change.
package struct OrderState: Hashable, Sendable {
    package private(set) var status: OrderStatus
    /// By the line's place in the order.
    package private(set) var lines: [LineQuantities]

    /// A state as it was stored.
    package init(status: OrderStatus, lines: [LineQuantities]) {
        self.status = status
        self.lines = lines
    }

    /// A new order: everything waits.
    package init(ordered: [Int64], paymentPending: Bool) {
        self.init(status: paymentPending ? .paymentPending : .accepted, lines: ordered.map { LineQuantities(waiting: $0) })
    }

    package var open: Int64 { lines.reduce(0) { $0 + $1.open } }

    /// What the command makes of the order. Commands whose effect is there already are `unchanged`, not refused, because messages
    /// come again and in any order; what cannot be is refused, and nothing changes.
    package func applying(_ command: OrderCommand) -> Transition<OrderState> {
        switch command {
        case .releasePayment:
            guard status == .paymentPending else { return .unchanged }
            return .changed(OrderState(status: .accepted, lines: lines))
        case .failPayment:
            // Once an order was let go, a payment that fails later does not stop the goods; that is for dunning, not for this machine.
            guard status == .paymentPending else { return .unchanged }
            return moving(lines.indices.map { LineUnits(line: $0, quantity: lines[$0].waiting) }, from: \.waiting, to: \.cancelled)
        case .source(let units):
            guard status.wantsStock else { return .refused(.notOpen) }
            return moving(units, from: \.waiting, to: \.reserved)
        case .backorder:
            guard status.wantsStock else { return .refused(.notOpen) }
            return status == .accepted ? .changed(OrderState(status: .waiting, lines: lines)) : .unchanged
        case .release(let units):
            return moving(units, from: \.reserved, to: \.waiting)
        case .cancel(let waiting, let reserved):
            guard !status.isClosed else { return .refused(.notOpen) }
            let first = moving(waiting, from: \.waiting, to: \.cancelled)
            guard case .refused = first else {
                let second = first.result(from: self).moving(reserved, from: \.reserved, to: \.cancelled)
                if case .unchanged = second { return first }
                return second
            }
            return first
        case .dispatch(let units):
            return moving(units, from: \.reserved, to: \.shipped)
        case .deliver:
            return lines.contains { $0.shipped > 0 } ? .unchanged : .refused(.nothingShipped)
        }
    }

    private func moving(
        _ units: [LineUnits],
        from source: WritableKeyPath<LineQuantities, Int64>,
        to target: WritableKeyPath<LineQuantities, Int64>
    ) -> Transition<OrderState> {
        var moved = lines
        var anything = false
        for unit in units where unit.quantity != 0 {
            guard moved.indices.contains(unit.line), unit.quantity > 0 else { return .refused(.noSuchUnits(line: unit.line)) }
            guard moved[unit.line][keyPath: source] >= unit.quantity else {
                return .refused(status.isClosed ? .notOpen : .noSuchUnits(line: unit.line))
            }
            moved[unit.line][keyPath: source] -= unit.quantity
            moved[unit.line][keyPath: target] += unit.quantity
            anything = true
        }
        guard anything else { return .unchanged }
        return .changed(OrderState(status: status.next(moved), lines: moved))
    }
}

/// What can happen to an order.
package enum OrderCommand: Hashable, Sendable {
    /// A pending payment came in.
    case releasePayment
    /// A pending payment will not come: everything is cancelled.
    case failPayment
    /// Waiting units got stock.
    case source([LineUnits])
    /// Sourcing looked, and could not give it (all of) what it wants.
    case backorder
    /// Reserved units lost their stock (a parcel was rejected) and wait again.
    case release([LineUnits])
    /// Units are no longer wanted; `CancellationPlan` says which ones.
    case cancel(waiting: [LineUnits], reserved: [LineUnits])
    /// Reserved units left.
    case dispatch([LineUnits])
    /// A parcel arrived. Changes nothing here: the shipment keeps it.
    case deliver
}

/// What a command did.
package enum Transition<State: Hashable & Sendable>: Hashable, Sendable {
    case changed(State)
    /// Nothing to do: it is so already, or came too late to matter.
    case unchanged
    case refused(TransitionRefusal)

    /// The state after it.
    package func result(from state: State) -> State {
        if case .changed(let next) = self { next } else { state }
    }
}

/// Why a command cannot be.
package enum TransitionRefusal: Hashable, Sendable {
    /// The order (or parcel) is closed, or not yet free to be sourced.
    case notOpen
    /// The line is not there, or has fewer such units.
    case noSuchUnits(line: Int)
    case nothingShipped
    /// More than was requested of the location.
    case overShipped(line: Int)
}

extension OrderStatus {
    /// The status that an order's sums of units tell, coming from `self`, which alone knows whether sourcing has looked yet.
    package func next(waiting: Int64, reserved: Int64, shipped: Int64) -> OrderStatus {
        if waiting + reserved == 0 { return shipped > 0 ? .completed : .cancelled }
        if self == .paymentPending { return .paymentPending }
        if shipped > 0 { return .partlyShipped }
        if reserved > 0 { return waiting > 0 ? .partlySourced : .sourced }
        return self == .accepted ? .accepted : .waiting
    }

    fileprivate func next(_ lines: [LineQuantities]) -> OrderStatus {
        var (waiting, reserved, shipped): (Int64, Int64, Int64) = (0, 0, 0)
        for line in lines {
            waiting += line.waiting
            reserved += line.reserved
            shipped += line.shipped
        }
        return next(waiting: waiting, reserved: reserved, shipped: shipped)
    }
}
