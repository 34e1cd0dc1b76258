internal import Commerce
internal import Messages
internal import Store

/// Parcels on their way to the store where the customer collects the order.
extension FulfillmentLedger {
    /// The order's transfers that left and have not reached the store, oldest first.
    func unarrived(of order: OrderAggregate) -> [ShipmentName] {
        let transfers = Set(order.fulfillments.filter { $0.transferTo != nil }.map(\.key))
        guard !transfers.isEmpty else { return [] }
        return shipments.filter { transfers.contains($0.key.fulfillment) && $0.value.arrivedAt == nil }.keys.sorted {
            ($0.fulfillment, $0.id) < ($1.fulfillment, $1.id)
        }
    }

    /// Books shipments in at the store: what the order still wants is kept for it there, in a parcel of the store; what was cancelled on its way is
    /// anybody's.
    mutating func arrive(_ names: [ShipmentName], at moment: Timestamp, order: inout OrderAggregate, document: PlacedOrder) throws {
        var kept: [FulfillmentRows.Line] = []
        var destination: Int32?
        for name in names {
            guard var shipment = shipments[name], let index = order.fulfillmentIndex(name.fulfillment),
                let store = order.fulfillments[index].transferTo
            else { continue }
            destination = store
            shipment.arrivedAt = moment
            shipments[name] = shipment
            arrivals.append((fulfillment: name.fulfillment, id: shipment.id, at: moment))
            for part in shipment.lines {
                guard let place = order.fulfillments[index].lines.firstIndex(where: { $0.line == part.line }) else { continue }
                let line = order.fulfillments[index].lines[place]
                let units = part.quantity + part.unexpected
                let wanted = min(line.inTransit, part.quantity)
                order.fulfillments[index].lines[place].passedOn += wanted
                movements.append(
                    StockMovements.Movement(
                        sku: line.sku,
                        location: store,
                        delta: units,
                        occurredAt: moment,
                        kind: .transferReceipt,
                        reference: "\(FulfillmentID.text(name.fulfillment))/\(shipment.id)"
                    )
                )
                if wanted < units { freed.insert(line.sku) }
                guard wanted > 0 else { continue }
                released[Place(sku: line.sku, location: store), default: 0] -= wanted
                if let known = kept.firstIndex(where: { $0.line == line.line }) {
                    kept[known].quantity += wanted
                } else {
                    kept.append(FulfillmentRows.Line(line: line.line, sku: line.sku, quantity: wanted))
                }
            }
            tell(.arrived, shipment, store: store, order: &order, document: document)
        }
        guard let destination, !kept.isEmpty else { return }
        guard !spareKeys.isEmpty else { throw StoreError.inconsistent("more transfers arrived than messages told of") }
        order.fulfillments.append(
            FulfillmentRows.Row(
                key: spareKeys.removeFirst(),
                order: order.head.key,
                location: destination,
                status: FulfillmentStatus.accepted.rawValue,
                createdAt: now,
                acceptedAt: moment,
                lines: kept.sorted { $0.line < $1.line }
            )
        )
    }

    mutating func tell(
        _ kind: Event.Transfer.Kind,
        _ shipment: ShipmentRows.Row,
        store: Int32,
        order: inout OrderAggregate,
        document: PlacedOrder
    ) {
        let lines = shipment.lines.compactMap { line -> Event.Line? in
            let units = kind == .dispatched ? line.quantity : line.quantity + line.unexpected
            return units > 0 ? document.eventLine(Int(line.line), quantity: units) : nil
        }
        guard !lines.isEmpty else { return }
        let sequence = order.nextEvent()
        book.add(
            Event.Transfer(
                kind: kind,
                channel: document.channel,
                orderID: document.orderID,
                fulfillmentID: FulfillmentID.text(shipment.fulfillment),
                shipmentID: shipment.id,
                location: network.location(key: store)?.location.id ?? "",
                carrier: shipment.carrier,
                trackingNumber: shipment.trackingNumber,
                trackingURL: shipment.trackingURL,
                lines: lines
            ),
            order: order.head.key,
            sequence: sequence,
            reference: "\(FulfillmentID.text(shipment.fulfillment))/\(shipment.id)"
        )
    }
}
