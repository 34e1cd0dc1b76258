internal import Commerce
internal import Messages
internal import Store

extension FulfillmentLedger {
    /// A parcel left: its units are no longer reserved and no longer on the shelf.
    mutating func dispatch(_ message: ShipmentDispatched, order key: Int64?) throws -> Outcome {
        guard let key, var order = orders[key], let fulfillment = FulfillmentID.key(message.fulfillmentID),
            let index = order.fulfillmentIndex(fulfillment)
        else { return .retry(Self.unknownFulfillment) }
        let name = ShipmentName(fulfillment: fulfillment, id: ExactID(message.shipmentID))
        let digest = ContentDigest.of(message)
        if let standing = shipments[name] {
            guard standing.digest == digest else {
                throw MessageRefusal(.conflict, path: "/shipmentId", "The shipment was reported with other content; that stands.")
            }
            return .done(id: message.shipmentID)
        }
        let document = try documents.of(key)
        var parcel = order.fulfillments[index]
        let units = try places(of: message.lines, in: parcel, document: document)
        guard let split = parcel.state.split(units) else {
            throw overShipped(units, parcel: parcel)
        }
        parcel.state = parcel.state.applying(.dispatch(units)).result(from: parcel.state)
        order.fulfillments[index] = parcel
        var lines: [ShipmentRows.Line] = []
        for (unit, parts) in zip(units, split) {
            let line = parcel.lines[unit.line]
            lines.append(ShipmentRows.Line(line: line.line, quantity: parts.expected, unexpected: parts.unexpected))
            released[Place(sku: line.sku, location: parcel.location), default: 0] += parts.expected
            movements.append(
                StockMovements.Movement(
                    sku: line.sku,
                    location: parcel.location,
                    delta: -unit.quantity,
                    occurredAt: message.occurredAt,
                    kind: parcel.transferTo == nil ? .dispatch : .transferDispatch,
                    reference: "\(message.fulfillmentID)/\(message.shipmentID)"
                )
            )
        }
        let expected = lines.filter { $0.quantity > 0 }.map { LineUnits(line: Int($0.line), quantity: $0.quantity) }
        // What goes to a store is the order's until the customer has it.
        if parcel.transferTo == nil { order.state = order.state.applying(.dispatch(expected)).result(from: order.state) }
        let row = ShipmentRows.Row(
            key: -Int64(newShipments.count) - 1,
            fulfillment: fulfillment,
            id: message.shipmentID,
            order: key,
            carrier: message.carrier,
            trackingNumber: message.trackingNumber,
            trackingURL: message.trackingURL,
            occurredAt: message.occurredAt,
            digest: digest,
            lines: lines
        )
        if let store = parcel.transferTo {
            tell(.dispatched, row, store: store, order: &order, document: document)
        } else {
            tell(.dispatched, row, quantities: lines.map { ($0.line, $0.quantity) }, order: &order, document: document)
        }
        tell(.unexpected, row, quantities: lines.map { ($0.line, $0.unexpected) }, order: &order, document: document)
        if !expected.isEmpty, parcel.transferTo == nil { complete(&order, document: document) }
        shipments[name] = row
        newShipments.append(name)
        orders[key] = order
        return .done(id: message.shipmentID)
    }

    /// The carrier reports: delivered, or failed. Changes no quantities.
    mutating func end(_ message: ShipmentEnded, order key: Int64?) throws -> Outcome {
        guard let key, var order = orders[key], let fulfillment = FulfillmentID.key(message.fulfillmentID) else {
            return .retry(Self.unknownFulfillment)
        }
        guard let shipment = shipments[ShipmentName(fulfillment: fulfillment, id: ExactID(message.shipmentID))] else {
            return .retry(MessageRefusal(.unknownShipment, path: "/shipmentId", "The fulfillment has no shipment of this id."))
        }
        let kind: ShipmentReports.Kind = message.outcome == .delivered ? .delivered : .failed
        let digest = ContentDigest.of(message)
        if let standing = reports.first(where: {
            $0.shipment == shipment.key && $0.kind == kind && $0.occurredAt == message.claimedAt
        }) {
            guard standing.digest == digest else {
                throw MessageRefusal(.conflict, path: "/reason", "The same report was given with another reason; that stands.")
            }
            return .done(id: message.shipmentID)
        }
        let report = ShipmentReports.Report(
            shipment: shipment.key,
            kind: kind,
            occurredAt: message.claimedAt,
            digest: digest,
            reason: message.reason
        )
        reports.append(report)
        newReports.append(report)
        let isTransfer = order.fulfillmentIndex(fulfillment).map { order.fulfillments[$0].transferTo != nil } ?? false
        if isTransfer, kind == .delivered {
            // At the store, that is; the customer hears when it lies ready.
            let name = ShipmentName(fulfillment: fulfillment, id: ExactID(message.shipmentID))
            if shipment.arrivedAt == nil {
                try arrive([name], at: message.occurredAt, order: &order, document: try documents.of(key))
            }
            orders[key] = order
            return .done(id: message.shipmentID)
        }
        tell(
            kind == .delivered ? .delivered : .failed,
            shipment,
            quantities: shipment.lines.map { ($0.line, $0.quantity + $0.unexpected) },
            order: &order,
            document: try documents.of(key),
            reason: message.reason
        )
        orders[key] = order
        return .done(id: message.shipmentID)
    }

    private mutating func tell(
        _ kind: Event.Shipment.Kind,
        _ shipment: ShipmentRows.Row,
        quantities: [(line: Int32, units: Int64)],
        order: inout OrderAggregate,
        document: PlacedOrder,
        reason: String? = nil
    ) {
        let lines = quantities.filter { $0.units > 0 }.map { document.eventLine(Int($0.line), quantity: $0.units) }
        guard !lines.isEmpty else { return }
        let sequence = order.nextEvent()
        book.add(
            Event.Shipment(
                kind: kind,
                channel: document.channel,
                orderID: document.orderID,
                fulfillmentID: FulfillmentID.text(shipment.fulfillment),
                shipmentID: shipment.id,
                carrier: shipment.carrier,
                trackingNumber: shipment.trackingNumber,
                trackingURL: shipment.trackingURL,
                lines: lines,
                reason: reason
            ),
            order: order.head.key,
            sequence: sequence,
            reference: "\(FulfillmentID.text(shipment.fulfillment))/\(shipment.id)"
        )
    }

    /// The lines of a message as places in the parcel.
    func places(of lines: [LineQuantity], in parcel: FulfillmentRows.Row, document: PlacedOrder) throws -> [LineUnits] {
        try lines.enumerated().map { index, line in
            guard
                let place = parcel.lines.firstIndex(where: { ExactID.same(document.lines[Int($0.line)].lineID, line.lineID) })
            else {
                throw MessageRefusal(.unknownLine, path: "/lines/\(index)/lineId", "The fulfillment has no line of this id.")
            }
            return LineUnits(line: place, quantity: line.quantity)
        }
    }

    private func overShipped(_ units: [LineUnits], parcel: FulfillmentRows.Row) -> MessageRefusal {
        let index = units.firstIndex { $0.quantity > parcel.lines[$0.line].quantity - parcel.lines[$0.line].shipped } ?? 0
        let left = parcel.lines[units[index].line].quantity - parcel.lines[units[index].line].shipped
        return MessageRefusal(.overShipped, path: "/lines/\(index)/quantity", "Only \(left) units were left to ship.")
    }

    static let unknownFulfillment = MessageRefusal(.unknownFulfillment, path: "/fulfillmentId", "No fulfillment of this id is known.")
}
