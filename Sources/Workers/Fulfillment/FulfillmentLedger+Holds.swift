internal import Commerce
internal import Messages
internal import Store

extension FulfillmentLedger {
    /// The location has not answered in its time: the parcel is taken back, and sourced elsewhere. An answer that was quicker stands.
    mutating func expire(_ fulfillment: Int64, order key: Int64?) throws -> Outcome {
        guard let key, var order = orders[key], let index = order.fulfillmentIndex(fulfillment),
            order.fulfillments[index].state.status == .requested
        else { return .done(id: nil) }
        try release(index, of: &order, reason: .noAnswer)
        try sourceAgain(&order)
        orders[key] = order
        return .done(id: nil)
    }

    /// Open units of a parcel wait again; its location is told not to ship them, and not asked again for this order.
    mutating func release(_ index: Int, of order: inout OrderAggregate, reason: ParcelRefusal) throws {
        let units = Self.openUnits(order.fulfillments[index])
        let lines = units.map { LineUnits(line: $0.line, quantity: $0.quantity) }
        order.state = order.state.applying(.release(lines)).result(from: order.state)
        try withdraw(units, of: order.fulfillments[index], from: &order, reason: reason)
    }

    /// Takes units of one parcel back for good, whoever ships them then.
    ///
    /// - Parameter location: where an agent wants them to ship from.
    mutating func withdraw(
        _ units: [CancellationPlan.OpenUnits],
        of parcel: FulfillmentRows.Row,
        from order: inout OrderAggregate,
        reason: ParcelRefusal,
        to location: String? = nil
    ) throws {
        let withdrawal: ParcelWithdrawal =
            switch reason {
            case .noAnswer: .unanswered
            case .rerouted: .rerouted(to: location)
            case .outOfStock, .damaged, .capacity, .other: .refused(reason)
            }
        try takeBack(units, from: &order, document: try documents.of(order.head.key), as: withdrawal)
        refusals[parcel.key, default: []].insert(reason)
        rejections[ShipmentName(fulfillment: parcel.key, id: ExactID(FulfillmentRejections.ownID))] = []
        newRejections.append(
            FulfillmentRejections.Row(
                fulfillment: parcel.key,
                id: FulfillmentRejections.ownID,
                digest: [],
                order: parcel.order,
                location: parcel.location,
                reason: reason.rawValue,
                occurredAt: now
            )
        )
    }

    static func openUnits(_ parcel: FulfillmentRows.Row) -> [CancellationPlan.OpenUnits] {
        parcel.lines.filter { $0.open > 0 }.map {
            CancellationPlan.OpenUnits(fulfillment: parcel.key, line: Int($0.line), quantity: $0.open)
        }
    }

    /// Has an order sourced again that lost what it had; or held for an agent, where that happened too often.
    mutating func sourceAgain(_ order: inout OrderAggregate) throws {
        let key = order.head.key
        guard !holds.isHeld(key) else { return }
        let refused = order.fulfillments.map(\.key).filter { refusals[$0]?.contains(where: \.isFault) == true }
        let areSpent = SourcingRounds.areSpent(
            refused: refused,
            settled: holds.settledParcel(key),
            maximum: network.settings.fulfillment.maximumRounds
        )
        guard areSpent else {
            resourced.insert(key)
            return
        }
        holds.hold(key)
        resourced.remove(key)
        let document = try documents.of(key)
        let sequence = order.nextEvent()
        book.add(
            Event.OrderHeld(
                channel: document.channel,
                orderID: document.orderID,
                version: Int64(sequence),
                reason: HoldBook.rounds,
                lines: order.state.lines.enumerated().compactMap { line, quantities in
                    quantities.waiting > 0 ? document.eventLine(line, quantity: quantities.waiting) : nil
                }
            ),
            order: key,
            sequence: sequence
        )
    }

    /// A hold whose time is up: the order is sourced again, or what waits of it is cancelled.
    mutating func endHold(order key: Int64?) throws -> Outcome {
        guard let key, var order = orders[key], let hold = holds.standing(key), hold.isDue else { return .done(id: nil) }
        holds.end(order)
        switch hold.outcome {
        case .backorder, .ruled: resourced.insert(key)
        case .cancel: try cancelWaiting(of: &order)
        }
        orders[key] = order
        return .done(id: nil)
    }

    private mutating func cancelWaiting(of order: inout OrderAggregate) throws {
        let document = try documents.of(order.head.key)
        let waiting = order.state.lines.enumerated().map { LineUnits(line: $0, quantity: $1.waiting) }.filter { $0.quantity > 0 }
        guard !waiting.isEmpty else { return }
        let old = order.state
        order.state = order.state.applying(.cancel(waiting: waiting, reserved: [])).result(from: order.state)
        let sequence = order.nextEvent()
        book.add(
            Event.OrderCancelled(
                channel: document.channel,
                orderID: document.orderID,
                version: Int64(sequence),
                lines: document.cancelledLines(from: old, to: order.state),
                reason: "hold_expired"
            ),
            order: order.head.key,
            sequence: sequence
        )
        complete(&order, document: document)
    }

    /// An agent has nothing left to decide.
    mutating func endHoldIfNothingWaits(_ order: OrderAggregate) {
        guard order.state.lines.allSatisfy({ $0.waiting == 0 }) else { return }
        holds.end(order)
    }
}
