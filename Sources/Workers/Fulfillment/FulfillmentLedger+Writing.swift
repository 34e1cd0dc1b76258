internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Writes what a batch came to.
extension FulfillmentLedger {
    /// Writes everything: orders first (locked already), then stock in lock order, then what has no rival; locations' reliability last.
    mutating func write(in tx: borrowing Transaction, effects: inout Effects) throws {
        let changed = orders.values.filter {
            $0.head.eventSequence != before[$0.head.key]?.head.eventSequence || $0.differs(from: before[$0.head.key])
        }
        try OrderAggregate.save(changed, before: before, in: tx)
        try levers.write(in: tx)
        let moved = Set(movements.map { Place(sku: $0.sku, location: $0.location) })
        let places = moved.union(released.keys).union(stockEffects.map { Place(sku: $0.sku, location: $0.location) })
        _ = try StockRows.lock(places.map { ($0.sku, $0.location) }, in: tx)
        try insertNewParcels(of: changed, in: tx)
        try StockRows.reserve(
            released.filter { $0.value != 0 }.map { StockRows.Change(sku: $0.key.sku, location: $0.key.location, units: -$0.value) }
                .sorted { ($0.sku, $0.location) < ($1.sku, $1.location) },
            in: tx
        )
        try StockMovements.record(movements, in: tx)
        try StockEffects.withhold(stockEffects, in: tx)
        try freeLeases(changed, in: tx, effects: &effects)
        try AllotmentStore.giveBack(givenBack, in: tx)
        try CapacityStore.settle(changed, before: before, in: tx)
        let invoiced = try writeShipments(in: tx)
        try ShipmentReports.insert(newReports, in: tx)
        try CancellationRows.insert(newCancellations, in: tx)
        try FulfillmentRejections.insert(newRejections, in: tx)
        try holds.write(at: now, in: tx)
        try writePickups(in: tx)
        try DeliveryDelays.insert(delays, at: now, in: tx)
        try book.commit(in: tx, effects: &effects)
        effects.send(invoiced, piece: InvoicingHandler.shipmentsPerMessage) { .invoice(shipments: $0) }
        let awaited = try WaitingLines.awaited(among: freed.sorted(), in: tx)
        effects.send(awaited, piece: SourcingHandler.skusPerMessage) { .wake(skus: $0, after: 0) }
        // By name, too: an order for which nobody has stock is told so.
        effects.send(resourced.sorted(), piece: SourcingHandler.returnedPerMessage) { .source(orders: $0) }
        // Whoever waits behind those that no longer do, or again do, may be promised another date.
        let requeued = changed.flatMap { order in
            order.skus.indices.filter { order.state.lines[$0].waiting != before[order.head.key]?.state.lines[$0].waiting }.map {
                order.skus[$0]
            }
        }
        try effects.sendPromises(freed.union(requeued).sorted(), in: tx)
        let skus = Set(places.map(\.sku)).sorted()
        effects.send(skus, piece: StockFeedHandler.changesPerMessage) { .availability(skus: $0) }
        try ReliabilityStore.add(verdicts(of: changed), at: now, in: tx)
    }

    /// What was kept for orders that are cancelled before sourcing saw them is kept no longer.
    private func freeLeases(_ changed: [OrderAggregate], in tx: borrowing Transaction, effects: inout Effects) throws {
        let given = changed.filter { order in
            let status = before[order.head.key]?.state.status
            return order.state.status.isClosed && (status == .paymentPending || status == .accepted)
        }
        effects.free(try LeaseStore.takePinned(to: given.map(\.head.key), in: tx))
    }

    /// Gives the keys of new shipments that need an invoice.
    private mutating func writeShipments(in tx: borrowing Transaction) throws -> [Int64] {
        let keys = try ShipmentRows.nextKeys(newShipments.count, in: tx)
        var rows: [ShipmentRows.Row] = []
        for (name, key) in zip(newShipments, keys) {
            guard var row = shipments[name] else { continue }
            row.key = key
            rows.append(row)
        }
        try ShipmentRows.insert(rows, recordedAt: now, in: tx)
        // Reports of shipments that came in this very batch were taken down under the place in `newShipments`.
        for index in newReports.indices where newReports[index].shipment < 0 {
            newReports[index].shipment = keys[Int(-newReports[index].shipment - 1)]
        }
        return rows.filter { $0.lines.contains { $0.quantity > 0 } && !isTransfer($0) }.map(\.key)
    }

    private func isTransfer(_ shipment: ShipmentRows.Row) -> Bool {
        orders[shipment.order]?.fulfillments.first { $0.key == shipment.fulfillment }?.transferTo != nil
    }

    /// Parcels of what reached a store, and those that agents made, in the state they came to within the batch.
    private func insertNewParcels(of changed: [OrderAggregate], in tx: borrowing Transaction) throws {
        let parcels = changed.flatMap { $0.fulfillments.dropFirst(before[$0.head.key]?.fulfillments.count ?? 0) }
        guard !parcels.isEmpty else { return }
        let rows = parcels.map { parcel in
            FulfillmentInsert.NewFulfillment(
                key: parcel.key,
                order: parcel.order,
                location: parcel.location,
                status: parcel.status,
                lines: parcel.lines.map { FulfillmentInsert.Line(line: $0.line, sku: $0.sku, quantity: $0.quantity) },
                capacityDay: network.capacityDay(parcel.capacityDay, at: parcel.location),
                delivery: parcel.delivery
            )
        }
        // Old parcels give days back below: one order of locks for both.
        if parcels.contains(where: { $0.capacityDay != nil }) { try CapacityStore.lock(daysOf: changed, in: tx) }
        try FulfillmentInsert.insert(rows, at: now, in: tx)
        try Transfers.mark(parcels.compactMap { parcel in parcel.transferTo.map { (parcel.key, $0) } }, in: tx)
        try FulfillmentRows.update(parcels, in: tx)
    }

    private mutating func writePickups(in tx: borrowing Transaction) throws {
        try Transfers.arrive(arrivals, in: tx)
        try Pickups.insert(newPickupReports, in: tx)
        for (key, pickup) in pickups where pickup.keepUntil != nil {
            let isReady = orders[key]?.fulfillments.contains { $0.readyAt != nil && $0.lines.contains { $0.open > 0 } } ?? false
            if !isReady { pickups[key]?.keepUntil = nil }
        }
        try Pickups.keep(pickups.values.filter { $0.keepUntil != pickupsBefore[$0.order]?.keepUntil }, in: tx)
    }
}

extension OrderAggregate {
    fileprivate func differs(from other: OrderAggregate?) -> Bool {
        guard let other else { return true }
        return state != other.state || fulfillments != other.fulfillments
    }
}
