internal import Commerce
internal import Messages
internal import Store

extension FulfillmentLedger {
    /// Releases what is not shipped: exactly that, at once.
    mutating func cancel(_ message: OrderCancelled, order key: Int64?) throws -> Outcome {
        guard network.channel(message.channel) != nil else {
            throw MessageRefusal(.unknownChannel, path: "/channel", "No channel of this id is in the network.")
        }
        guard let key, var order = orders[key] else {
            return .retry(MessageRefusal(.unknownOrder, path: "/orderId", "The channel has placed no order of this id."))
        }
        let digest = ContentDigest.of(message)
        if let standing = cancellations[key]?.first(where: { ExactID.same($0.id, message.cancellationID) }) {
            guard standing.digest == digest else {
                throw MessageRefusal(.conflict, path: "/cancellationId", "The cancellation was given with other content; that stands.")
            }
            return .done(id: message.cancellationID)
        }
        let document = try documents.of(key)
        if order.state.status == .accepted, document.lines.contains(where: { $0.location != nil }) {
            // Its goods are gone already; that has to be written down before anybody can say what is left of it.
            return .retry(MessageRefusal(.wrongState, path: "/orderId", "What was handed over at the till is not written down yet."))
        }
        let plan = try plan(message, order: order, document: document)
        let old = order.state
        order.state = order.state.applying(plan.command).result(from: order.state)

        let sequence = order.nextEvent()
        book.add(
            Event.OrderCancelled(
                channel: document.channel,
                orderID: document.orderID,
                version: Int64(sequence),
                lines: document.cancelledLines(from: old, to: order.state),
                reason: message.reason
            ),
            order: key,
            sequence: sequence
        )
        try takeBack(plan.reserved, from: &order, document: document, as: .cancelled(reason: message.reason))
        complete(&order, document: document)
        endHoldIfNothingWaits(order)
        orders[key] = order
        let row = CancellationRows.Row(
            order: key,
            id: message.cancellationID,
            digest: digest,
            reason: message.reason,
            occurredAt: message.occurredAt
        )
        cancellations[key, default: []].append(row)
        newCancellations.append(row)
        return .done(id: message.cancellationID)
    }

    private func plan(_ message: OrderCancelled, order: OrderAggregate, document: PlacedOrder) throws -> CancellationPlan {
        var requested: [LineUnits]?
        if let lines = message.lines {
            requested = try lines.enumerated().map { index, line in
                guard let place = document.lines.firstIndex(where: { ExactID.same($0.lineID, line.lineID) }) else {
                    throw MessageRefusal(.unknownLine, path: "/lines/\(index)/lineId", "The order has no line of this id.")
                }
                return LineUnits(line: place, quantity: line.quantity)
            }
        }
        let open = order.fulfillments.flatMap { parcel in
            parcel.lines.filter { parcel.held($0) > 0 }.map {
                CancellationPlan.OpenUnits(fulfillment: parcel.key, line: Int($0.line), quantity: parcel.held($0))
            }
        }
        do {
            return try CancellationPlan(of: order.state, requested: requested, fulfillments: open)
        } catch {
            throw MessageRefusal(error)
        }
    }

    /// Cancels units of parcels, frees their stock and tells the locations. What is on its way to a store cannot be stopped: it will be
    /// anybody's when it gets there.
    mutating func takeBack(
        _ units: [CancellationPlan.OpenUnits],
        from order: inout OrderAggregate,
        document: PlacedOrder,
        as withdrawal: ParcelWithdrawal
    ) throws {
        for (key, units) in Dictionary(grouping: units, by: \.fulfillment).sorted(by: { $0.key < $1.key }) {
            guard let index = order.fulfillmentIndex(key) else { throw StoreError.vanished("fulfillment") }
            var parcel = order.fulfillments[index]
            var stopped: [(line: Int, quantity: Int64)] = []
            var places: [LineUnits] = []
            for unit in units {
                guard let place = parcel.lines.firstIndex(where: { Int($0.line) == unit.line }) else { continue }
                let still = min(unit.quantity, parcel.lines[place].open)
                parcel.lines[place].passedOn += unit.quantity - still
                guard still > 0 else { continue }
                places.append(LineUnits(line: place, quantity: still))
                stopped.append((unit.line, still))
            }
            parcel.state = parcel.state.applying(.cancel(places)).result(from: parcel.state)
            order.fulfillments[index] = parcel
            guard !stopped.isEmpty else { continue }
            for unit in stopped { free(order.skus[unit.line], of: parcel, channel: order.head.channel, units: unit.quantity) }
            let sequence = order.nextEvent()
            let location = network.location(key: parcel.location)?.location
            book.add(
                Event.FulfillmentCancelled(
                    fulfillmentID: FulfillmentID.text(key),
                    channel: document.channel,
                    orderID: document.orderID,
                    location: location?.id ?? "",
                    lines: stopped.map { document.eventLine($0.line, quantity: $0.quantity) },
                    reason: withdrawal.reason
                ),
                order: order.head.key,
                sequence: sequence,
                reference: FulfillmentID.text(key),
                detail: withdrawal.detail,
                mandatory: location?.queue ?? false
            )
        }
    }

    /// Gives reserved units of a parcel back to the shelf, and to its channel's allotment.
    mutating func free(_ sku: Int64, of parcel: FulfillmentRows.Row, channel: Int32, units: Int64) {
        released[Place(sku: sku, location: parcel.location), default: 0] += units
        freed.insert(sku)
        givenBack.append(
            AllotmentStore.GivingBack(fulfillment: parcel.key, share: KeptStock.Share(sku: sku, channel: channel), units: units)
        )
    }

    /// Tells when nothing of the order is open any more.
    mutating func complete(_ order: inout OrderAggregate, document: PlacedOrder) {
        guard order.state.status.isClosed else { return }
        let sequence = order.nextEvent()
        book.add(
            Event.OrderCompleted(channel: document.channel, orderID: document.orderID, version: Int64(sequence)),
            order: order.head.key,
            sequence: sequence
        )
    }
}
