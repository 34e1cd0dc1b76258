internal import Commerce
internal import Messages
internal import Store

/// Click and collect: what lies at the store for an order, handed over when the customer comes, or free again when nobody did.
extension FulfillmentLedger {
    /// The store keeps goods ready: its own, and those that came for the order.
    mutating func ready(_ message: PickupReady, order key: Int64?) throws -> Outcome {
        guard let (key, pickup) = try collectedOrder(message.channel, key: key), var order = orders[key] else {
            return .retry(Self.unknownOrder)
        }
        guard network.location(message.location)?.key == pickup.location else {
            throw MessageRefusal(.wrongState, path: "/location", "The order is collected at another store.")
        }
        let digest = ContentDigest.of(message)
        if try isRepeated(.ready, message.pickupID, digest, order: key) { return .done(id: message.pickupID) }
        guard order.state.status.isDecided, order.head.acceptPartial || !order.hasUnsentTransfer else { return .retry(Self.notThere) }
        let coming = unarrived(of: order)
        guard !coming.isEmpty || order.atStore(pickup.location).contains(where: { order.fulfillments[$0].readyAt == nil }) else {
            if order.state.open > 0 { return .retry(Self.notThere) }
            throw MessageRefusal(.wrongState, path: "/orderId", "Nothing of the order is left to be collected.")
        }
        let document = try documents.of(key)
        try arrive(coming, at: message.occurredAt, order: &order, document: document)
        var units: [Int: Int64] = [:]
        for index in order.atStore(pickup.location) where order.fulfillments[index].readyAt == nil {
            order.fulfillments[index].readyAt = message.occurredAt
            for line in order.fulfillments[index].lines where line.open > 0 { units[Int(line.line), default: 0] += line.open }
        }
        note(.ready, message.pickupID, digest, at: message.occurredAt, order: key)
        // What came may have been cancelled on its way; then nothing is to be collected.
        if !units.isEmpty {
            // From when the customer is told, however late the store's message came.
            let until = now.adding(seconds: network.settings.pickup.keepDays * 86_400)
            pickups[key]?.keepUntil = until
            tell(.ready(pickupID: message.pickupID, keepUntil: until), units, reference: message.pickupID, pickup, &order, document)
        }
        orders[key] = order
        return .done(id: message.pickupID)
    }

    /// The customer has the goods: that is their shipment, with its movement and its invoice.
    mutating func collect(_ message: PickupCollected, order key: Int64?) throws -> Outcome {
        guard let (key, pickup) = try collectedOrder(message.channel, key: key), var order = orders[key] else {
            return .retry(Self.unknownOrder)
        }
        let digest = ContentDigest.of(message)
        if try isRepeated(.collected, message.pickupID, digest, order: key) { return .done(id: message.pickupID) }
        let document = try documents.of(key)
        guard order.state.status.isDecided else { return .retry(Self.notThere) }
        // What the customer has in hand has reached the store, whether or not anybody said so.
        let coming = unarrived(of: order)
        guard !order.atStore(pickup.location).contains(where: { isShipped(order.fulfillments[$0].key, as: message.pickupID) }) else {
            throw MessageRefusal(.conflict, path: "/pickupId", "The store has shipped a parcel of the order under this id.")
        }
        let present = order.present(at: pickup.location)
        guard let wanted = try wanted(message, present: present, order: order, document: document) else { return .retry(Self.notThere) }
        try arrive(coming, at: message.occurredAt, order: &order, document: document)
        handOver(wanted, message, digest: digest, pickup: pickup, order: &order)
        order.state = order.state.applying(.dispatch(wanted.map { LineUnits(line: $0.key, quantity: $0.value) })).result(from: order.state)
        note(.collected, message.pickupID, digest, at: message.occurredAt, order: key)
        tell(.collected(pickupID: message.pickupID), wanted, reference: message.pickupID, pickup, &order, document)
        complete(&order, document: document)
        orders[key] = order
        return .done(id: message.pickupID)
    }

    /// Nobody came for what lies ready: it is free at the store again, and the order goes without it.
    mutating func expire(_ key: Int64) throws {
        guard var order = orders[key], let pickup = pickups[key], pickup.isDue else { return }
        let left = order.atStore(pickup.location).filter { order.fulfillments[$0].readyAt != nil }.flatMap { index in
            order.fulfillments[index].lines.filter { $0.open > 0 }.map {
                CancellationPlan.OpenUnits(fulfillment: order.fulfillments[index].key, line: Int($0.line), quantity: $0.open)
            }
        }
        pickups[key]?.keepUntil = nil
        guard !left.isEmpty else { return }
        let document = try documents.of(key)
        let old = order.state
        let units = left.map { LineUnits(line: $0.line, quantity: $0.quantity) }
        order.state = old.applying(.cancel(waiting: [], reserved: units)).result(from: old)
        var sums: [Int: Int64] = [:]
        for unit in units { sums[unit.line, default: 0] += unit.quantity }
        tell(.expired, sums, reference: nil, pickup, &order, document)
        note(.expired, String(order.head.eventSequence), [], at: now, order: key)
        let sequence = order.nextEvent()
        book.add(
            Event.OrderCancelled(
                channel: document.channel,
                orderID: document.orderID,
                version: Int64(sequence),
                lines: document.cancelledLines(from: old, to: order.state),
                reason: PickupRule.neverCollected
            ),
            order: key,
            sequence: sequence,
            reference: PickupRule.neverCollected
        )
        try takeBack(left, from: &order, document: document, as: .neverCollected)
        complete(&order, document: document)
        orders[key] = order
    }

    // MARK: What messages of stores have in common

    /// - Returns: `nil` where the order is not there.
    private func collectedOrder(_ channel: String, key: Int64?) throws -> (Int64, Pickups.Pickup)? {
        guard network.channel(channel) != nil else {
            throw MessageRefusal(.unknownChannel, path: "/channel", "No channel of this id is in the network.")
        }
        guard let key, orders[key] != nil else { return nil }
        guard let pickup = pickups[key] else {
            throw MessageRefusal(.wrongState, path: "/orderId", "The order is not collected at a store.")
        }
        return (key, pickup)
    }

    private func isRepeated(_ kind: Pickups.ReportKind, _ id: String, _ digest: [UInt8], order: Int64) throws -> Bool {
        guard let standing = pickupReports[order]?.first(where: { $0.kind == kind && ExactID.same($0.id, id) }) else { return false }
        guard standing.digest == digest else {
            throw MessageRefusal(.conflict, path: "/pickupId", "The store has said something else under this id; that stands.")
        }
        return true
    }

    private func isShipped(_ fulfillment: Int64, as id: String) -> Bool {
        shipments[ShipmentName(fulfillment: fulfillment, id: ExactID(id))] != nil
    }

    private mutating func note(_ kind: Pickups.ReportKind, _ id: String, _ digest: [UInt8], at moment: Timestamp, order: Int64) {
        let report = Pickups.Report(order: order, kind: kind, id: id, digest: digest, occurredAt: moment)
        pickupReports[order, default: []].append(report)
        newPickupReports.append(report)
    }

    private mutating func tell(
        _ kind: Event.Pickup.Kind,
        _ units: [Int: Int64],
        reference: String?,
        _ pickup: Pickups.Pickup,
        _ order: inout OrderAggregate,
        _ document: PlacedOrder
    ) {
        let sequence = order.nextEvent()
        book.add(
            Event.Pickup(
                kind: kind,
                channel: document.channel,
                orderID: document.orderID,
                version: Int64(sequence),
                location: network.location(key: pickup.location)?.location.id ?? "",
                lines: units.sorted { $0.key < $1.key }.map { document.eventLine($0.key, quantity: $0.value) }
            ),
            order: order.head.key,
            sequence: sequence,
            reference: reference
        )
    }

    static let unknownOrder = MessageRefusal(.unknownOrder, path: "/orderId", "The channel has placed no order of this id.")
    static let notThere = MessageRefusal(.wrongState, path: "/orderId", "Not all of this has left for the store yet.")
}

extension OrderStatus {
    /// Sourcing has looked at it.
    fileprivate var isDecided: Bool { self != .paymentPending && self != .accepted }
}
