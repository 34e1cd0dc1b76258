internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What a batch's orders handed over at tills. The goods are gone, whoever else wants them: they are taken from the stock before anything is
/// decided, below zero if need be, and what is short then is told.
///
/// A till sale is a parcel that has left when it is made, so that everything else (units, invoices, stories) knows it as any other; but no
/// location is asked for it, and no carrier has it.
struct TillSales {
    /// Of each of its parcels: the shipment's name, and the carrier.
    private static let name = "till"

    private struct Place: Hashable {
        var sku: Int64
        var location: Int32
    }

    private struct Sale {
        var order: Int64
        var location: Int32
        var placedAt: Timestamp
        var lines: [FulfillmentInsert.Line]
        var key: Int64 = 0
        var shipment: Int64 = 0
    }

    private var sales: [Sale] = []

    /// - Parameters:
    ///   - needs: of new orders.
    ///   - sold: which of their lines were handed over.
    init(_ needs: [WaitingLines.Need], sold: [TillLines.Sold]) {
        guard !sold.isEmpty else { return }
        struct LineName: Hashable {
            var order: Int64
            var line: Int32
        }
        let byLine = Dictionary(
            sold.map { (LineName(order: $0.line.order, line: $0.line.line), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for need in needs {
            guard let till = byLine[LineName(order: need.order, line: need.line)] else { continue }
            let line = FulfillmentInsert.Line(line: need.line, sku: need.sku, quantity: need.quantity)
            if let index = sales.firstIndex(where: { $0.order == need.order && $0.location == till.line.location }) {
                sales[index].lines.append(line)
            } else {
                sales.append(Sale(order: need.order, location: till.line.location, placedAt: till.placedAt, lines: [line]))
            }
        }
    }

    /// Orders of which something was handed over.
    var orders: Set<Int64> { Set(sales.map(\.order)) }

    /// What is left to be sourced.
    func rest(of needs: [WaitingLines.Need]) -> [WaitingLines.Need] {
        guard !sales.isEmpty else { return needs }
        let gone = Dictionary(grouping: sales, by: \.order).mapValues { Set($0.flatMap { $0.lines.map(\.line) }) }
        return needs.filter { gone[$0.order]?.contains($0.line) != true }
    }

    /// Writes the sales of these orders: parcels, movements, events, and the work of invoicing.
    /// - Parameters:
    ///   - heads: orders under their locks; takes their next event numbers.
    ///   - levels: of the locked stock.
    /// - Returns: the stock as it is afterwards.
    func carryOut(
        _ heads: inout [OrderLocks.LockedOrder],
        levels: [StockRows.Level],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws -> [StockRows.Level] {
        let deciding = Set(heads.map(\.key))
        var made = sales.filter { deciding.contains($0.order) }
        guard !made.isEmpty else { return levels }
        for (index, key) in try FulfillmentInsert.nextKeys(made.count, in: tx).enumerated() { made[index].key = key }
        for (index, key) in try ShipmentRows.nextKeys(made.count, in: tx).enumerated() { made[index].shipment = key }
        try insert(made, now: now, in: tx)
        try StockMovements.record(movements(made), in: tx)
        try tell(made, heads: &heads, network: network, now: now, in: tx, effects: &effects)
        effects.send(made.map(\.shipment), piece: InvoicingHandler.shipmentsPerMessage) { .invoice(shipments: $0) }
        let after = try StockRows.lock(skus: Set(levels.map(\.sku)).sorted(), in: tx)
        let touched = Set(made.flatMap { sale in sale.lines.map { Place(sku: $0.sku, location: sale.location) } })
        try tellShortfalls(touched, before: levels, after: after, network: network, now: now, in: tx, effects: &effects)
        let skus = Set(touched.map(\.sku)).sorted()
        effects.send(skus, piece: StockFeedHandler.changesPerMessage) { .availability(skus: $0) }
        try effects.sendPromises(skus, in: tx)
        return after
    }

    private func insert(_ made: [Sale], now: Timestamp, in tx: borrowing Transaction) throws {
        let fulfillments = made.map { sale in
            FulfillmentInsert.NewFulfillment(
                key: sale.key,
                order: sale.order,
                location: sale.location,
                status: FulfillmentStatus.shipped.rawValue,
                lines: sale.lines
            )
        }
        try FulfillmentInsert.insert(fulfillments, at: now, in: tx)
        try HandOvers.markShipped(made.map(\.key), in: tx)
        let shipments = made.map { sale in
            ShipmentRows.Row(
                key: sale.shipment,
                fulfillment: sale.key,
                id: Self.name,
                order: sale.order,
                carrier: Self.name,
                trackingNumber: "",
                trackingURL: nil,
                occurredAt: sale.placedAt,
                digest: [],
                lines: sale.lines.map { ShipmentRows.Line(line: $0.line, quantity: $0.quantity, unexpected: 0) }
            )
        }
        try ShipmentRows.insert(shipments, recordedAt: now, in: tx)
    }

    private func movements(_ made: [Sale]) -> [StockMovements.Movement] {
        made.flatMap { sale in
            sale.lines.map { line in
                StockMovements.Movement(
                    sku: line.sku,
                    location: sale.location,
                    delta: -line.quantity,
                    occurredAt: sale.placedAt,
                    kind: .tillSale,
                    reference: "\(FulfillmentID.text(sale.key))/\(Self.name)"
                )
            }
        }
    }

    private func tell(
        _ made: [Sale],
        heads: inout [OrderLocks.LockedOrder],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        let documents = try OrderDocuments.load(Set(made.map(\.order)).sorted(), in: tx)
        var book = EventBook(role: .sourcing, now: now)
        let byOrder = Dictionary(grouping: made, by: \.order)
        for index in heads.indices {
            for sale in byOrder[heads[index].key] ?? [] {
                let document = try documents.of(sale.order)
                heads[index].eventSequence += 1
                let id = FulfillmentID.text(sale.key)
                let event = Event.OrderHandedOver(
                    channel: document.channel,
                    orderID: document.orderID,
                    version: Int64(heads[index].eventSequence),
                    fulfillmentID: id,
                    shipmentID: Self.name,
                    location: network.location(key: sale.location)?.location.id ?? "",
                    lines: sale.lines.map { document.eventLine(Int($0.line), quantity: $0.quantity) }
                )
                book.add(event, order: sale.order, sequence: heads[index].eventSequence, reference: "\(id)/\(Self.name)")
            }
        }
        try book.commit(in: tx, effects: &effects)
    }

    private func tellShortfalls(
        _ touched: Set<Place>,
        before: [StockRows.Level],
        after: [StockRows.Level],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        let known = Dictionary(
            before.map { (Place(sku: $0.sku, location: $0.location), $0.shortfall) },
            uniquingKeysWith: { first, _ in first }
        )
        let short = after.filter { level in
            let place = Place(sku: level.sku, location: level.location)
            return touched.contains(place) && level.shortfall > known[place] ?? 0
        }
        for sku in try AvailabilityStore.of(Set(short.map(\.sku)).sorted(), in: tx) {
            let event = OutboundEvent(
                Event.Stock(kind: .shortfall, sku: sku.id, available: sku.available, locations: sku.places(in: network)),
                id: EventID.thing("shortfall", sku.id, now.rawValue),
                time: now,
                role: .sourcing
            )
            effects.send(OutboxMessage(event))
        }
    }
}
