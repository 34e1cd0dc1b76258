internal import Commerce
internal import Messages
internal import Store

extension FulfillmentLedger {
    /// An agent takes what is open of a parcel away from its location.
    mutating func reroute(_ message: OrderReroute, order key: Int64?) throws -> Outcome {
        guard let key = try known(key, channel: message.channel), var order = orders[key] else { return .retry(Self.unknownOrder) }
        let digest = ContentDigest.of(message)
        if try wasDone(.reroute, message.requestID, order: key, digest: digest) { return .done(id: message.requestID) }
        // The order is there, and nobody hears of a parcel before it is: this one will not come.
        guard let index = FulfillmentID.key(message.fulfillmentID).flatMap(order.fulfillmentIndex) else {
            throw MessageRefusal(.unknownFulfillment, path: "/fulfillmentId", "The order has no fulfillment of this id.")
        }
        let parcel = order.fulfillments[index]
        let units = Self.openUnits(parcel)
        guard !units.isEmpty else {
            throw MessageRefusal(.wrongState, path: "/fulfillmentId", "Nothing of the fulfillment is open any more.")
        }
        if let to = message.to {
            try move(units, of: parcel, to: to, order: &order)
        } else {
            try release(index, of: &order, reason: .rerouted)
            if !holds.isHeld(key) { resourced.insert(key) }
        }
        orders[key] = order
        levers.record(
            AgentRequests.Row(order: key, kind: .reroute, id: message.requestID, digest: digest, occurredAt: message.occurredAt)
        )
        return .done(id: message.requestID)
    }

    /// An agent lets a held order go.
    mutating func release(_ message: OrderRelease, order key: Int64?) throws -> Outcome {
        guard let key = try known(key, channel: message.channel), let order = orders[key] else { return .retry(Self.unknownOrder) }
        let digest = ContentDigest.of(message)
        if try wasDone(.release, message.requestID, order: key, digest: digest) { return .done(id: message.requestID) }
        guard holds.isHeld(key) else { throw MessageRefusal(.wrongState, path: "/orderId", "The order is not held.") }
        holds.end(order)
        resourced.insert(key)
        levers.record(
            AgentRequests.Row(order: key, kind: .release, id: message.requestID, digest: digest, occurredAt: message.occurredAt)
        )
        return .done(id: message.requestID)
    }

    /// Has another location ship the units, which must be there: reserved in the same moment, with a place of its next day that has room.
    private mutating func move(
        _ units: [CancellationPlan.OpenUnits],
        of parcel: FulfillmentRows.Row,
        to id: String,
        order: inout OrderAggregate
    ) throws {
        guard let target = network.location(id) else {
            throw MessageRefusal(.unknownLocation, path: "/to", "No location of this id is in the network.")
        }
        guard target.location.active else { throw MessageRefusal(.wrongState, path: "/to", "The location is not active.") }
        guard target.key != parcel.location else {
            throw MessageRefusal(.wrongState, path: "/to", "The fulfillment is this location's already.")
        }
        var wanted: [Place: Int64] = [:]
        for unit in units { wanted[Place(sku: order.skus[unit.line], location: target.key), default: 0] += unit.quantity }
        // What this very batch learned of the shelf counts too.
        let isDoubted = stockEffects.contains { wanted[Place(sku: $0.sku, location: $0.location)] != nil }
        let key: Int64
        let day: CivilDate?
        switch isDoubted ? .notEnough : levers.take(wanted, at: target.key) {
        case .taken(let taken, let planned): (key, day) = (taken, planned)
        case .notEnough: throw MessageRefusal(.insufficientStock, path: "/to", "The location has not all of the open units.")
        case .noRoom: throw MessageRefusal(.wrongState, path: "/to", "None of the location's days can take a parcel more.")
        }
        try withdraw(units, of: parcel, from: &order, reason: .rerouted, to: target.location.id)
        for (place, quantity) in wanted { released[place, default: 0] -= quantity }
        let document = try documents.of(order.head.key)
        let delivery = DeliveryPromises(network: network, now: now)
            .window(from: target.key, day: day, of: document, to: order.head.coordinates)
        // Where the customer collects the order it goes to that store, or stays there.
        let store = pickups[order.head.key].flatMap { network.location(key: $0.location) }
        order.fulfillments.append(
            FulfillmentRows.Row(
                key: key,
                order: order.head.key,
                location: target.key,
                status: FulfillmentStatus.requested.rawValue,
                createdAt: now,
                acceptedAt: nil,
                transferTo: store?.key == target.key ? nil : store?.key,
                lines: units.map { FulfillmentRows.Line(line: Int32($0.line), sku: order.skus[$0.line], quantity: $0.quantity) },
                capacityDay: day,
                delivery: delivery
            )
        )
        try announce(FulfillmentID.text(key), units, at: target.location, store: store?.location, delivery: delivery, order: &order)
        let moved = DeliveryChange.NewParcel(
            delivery: delivery,
            lines: units.map { LineUnits(line: $0.line, quantity: $0.quantity) }
        )
        let told = DeliveryChange.Told(DeliveryWord(parcel.delivery?.latest), wereInParcel: true)
        let lines = Dictionary(units.map { ($0.line, told) }, uniquingKeysWith: { first, _ in first })
        delays += book.tell(
            DeliveryChange.later([moved], told: lines),
            of: document,
            order: order.head.key,
            sequence: &order.head.eventSequence
        )
    }

    private mutating func announce(
        _ id: String,
        _ units: [CancellationPlan.OpenUnits],
        at location: Location,
        store: Location?,
        delivery: DeliveryEstimate?,
        order: inout OrderAggregate
    ) throws {
        let document = try documents.of(order.head.key)
        let sourced = order.nextEvent()
        book.add(
            Event.OrderSourced(
                channel: document.channel,
                orderID: document.orderID,
                version: Int64(sourced),
                fulfillments: [
                    Event.OrderSourced.Fulfillment(
                        fulfillmentID: id,
                        location: location.id,
                        lines: units.map { document.eventLine($0.line, quantity: $0.quantity) },
                        delivery: delivery
                    )
                ]
            ),
            order: order.head.key,
            sequence: sourced,
            detail: delivery?.interval
        )
        let requested = order.nextEvent()
        book.add(
            Event.FulfillmentRequested(
                fulfillmentID: id,
                channel: document.channel,
                orderID: document.orderID,
                location: location.id,
                shippingAddress: store?.pickupAddress ?? document.shippingAddress,
                pickupLocation: store?.id,
                lines: units.map { document.eventLine($0.line, quantity: $0.quantity, named: true) }
            ),
            order: order.head.key,
            sequence: requested,
            reference: id,
            mandatory: location.queue
        )
    }

    private func known(_ key: Int64?, channel: String) throws -> Int64? {
        guard network.channel(channel) != nil else {
            throw MessageRefusal(.unknownChannel, path: "/channel", "No channel of this id is in the network.")
        }
        return key
    }

    private func wasDone(_ kind: AgentRequests.Kind, _ id: String, order: Int64, digest: [UInt8]) throws -> Bool {
        guard let done = levers.wasDone(kind, id, order: order, digest: digest) else {
            throw MessageRefusal(.conflict, path: "/requestId", "The request was made with other content; that stands.")
        }
        return done
    }

}
