internal import Commerce
internal import Messages
internal import Store

/// The moment a customer has goods in hand: which units those are, and the shipments that they make.
extension FulfillmentLedger {
    /// What of the order is handed over now, by line; `nil` where more is meant than has reached the store, and more is to come.
    func wanted(
        _ message: PickupCollected,
        present: [Int: Int64],
        order: OrderAggregate,
        document: PlacedOrder
    ) throws -> [Int: Int64]? {
        guard let lines = message.lines else {
            guard !present.isEmpty, order.head.acceptPartial || !order.hasUnsentTransfer else {
                if order.state.open > 0 { return nil }
                throw MessageRefusal(.wrongState, path: "/orderId", "Nothing of the order is left to be collected.")
            }
            return present
        }
        var wanted: [Int: Int64] = [:]
        for (index, line) in lines.enumerated() {
            guard let place = document.lines.firstIndex(where: { ExactID.same($0.lineID, line.lineID) }) else {
                throw MessageRefusal(.unknownLine, path: "/lines/\(index)/lineId", "The order has no line of this id.")
            }
            let there = present[place] ?? 0
            guard line.quantity <= there else {
                if line.quantity <= order.state.lines[place].open { return nil }
                throw MessageRefusal(.overShipped, path: "/lines/\(index)/quantity", "Only \(there) units were left to collect.")
            }
            wanted[place] = line.quantity
        }
        return wanted
    }

    /// Takes the units out of the store's parcels, the oldest first: a shipment of each.
    mutating func handOver(
        _ units: [Int: Int64],
        _ message: PickupCollected,
        digest: [UInt8],
        pickup: Pickups.Pickup,
        order: inout OrderAggregate
    ) {
        var left = units
        for index in order.atStore(pickup.location) {
            var parcel = order.fulfillments[index]
            var taken: [LineUnits] = []
            for (place, line) in parcel.lines.enumerated() {
                let amount = min(line.open, left[Int(line.line)] ?? 0)
                guard amount > 0 else { continue }
                left[Int(line.line), default: 0] -= amount
                taken.append(LineUnits(line: place, quantity: amount))
            }
            guard !taken.isEmpty else { continue }
            let name = ShipmentName(fulfillment: parcel.key, id: ExactID(message.pickupID))
            parcel.state = parcel.state.applying(.dispatch(taken)).result(from: parcel.state)
            order.fulfillments[index] = parcel
            for unit in taken {
                let line = parcel.lines[unit.line]
                released[Place(sku: line.sku, location: parcel.location), default: 0] += unit.quantity
                movements.append(
                    StockMovements.Movement(
                        sku: line.sku,
                        location: parcel.location,
                        delta: -unit.quantity,
                        occurredAt: message.occurredAt,
                        kind: .pickup,
                        reference: "\(FulfillmentID.text(parcel.key))/\(message.pickupID)"
                    )
                )
            }
            shipments[name] = ShipmentRows.Row(
                key: -Int64(newShipments.count) - 1,
                fulfillment: parcel.key,
                id: message.pickupID,
                order: order.head.key,
                carrier: "pickup",
                trackingNumber: "",
                trackingURL: nil,
                occurredAt: message.occurredAt,
                digest: digest,
                lines: taken.map { ShipmentRows.Line(line: parcel.lines[$0.line].line, quantity: $0.quantity, unexpected: 0) }
            )
            newShipments.append(name)
        }
    }
}
