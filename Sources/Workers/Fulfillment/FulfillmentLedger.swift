internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// The orders of a batch under their locks, what its messages change of them, in memory, and the writing of it all at the end.
struct FulfillmentLedger {
    struct ShipmentName: Hashable {
        var fulfillment: Int64
        var id: ExactID
    }

    struct Place: Hashable {
        var sku: Int64
        var location: Int32
    }

    let network: NetworkSnapshot
    let now: Timestamp
    let documents: OrderDocuments
    /// The order each item is about; `nil` where it is not there.
    let subjects: [Int64?]
    private let before: [Int64: OrderAggregate]
    var orders: [Int64: OrderAggregate]
    var book: EventBook
    var shipments: [ShipmentName: ShipmentRows.Row]
    var reports: [ShipmentReports.Report]
    var cancellations: [Int64: [CancellationRows.Row]]
    var rejections: [ShipmentName: [UInt8]]

    var newShipments: [ShipmentName] = []
    var newReports: [ShipmentReports.Report] = []
    var newCancellations: [CancellationRows.Row] = []
    var newRejections: [FulfillmentRejections.Row] = []
    /// Units to be given back or (dispatched) no longer reserved.
    var released: [Place: Int64] = [:]
    var movements: [StockMovements.Movement] = []
    /// SKUs that became free.
    var freed: Set<Int64> = []

    init(_ items: [FulfillmentHandler.Item], network: NetworkSnapshot, now: Timestamp, in tx: borrowing Transaction) throws {
        self.network = network
        self.now = now
        book = EventBook(role: .fulfillment, now: now)
        subjects = try Self.subjects(of: items, network: network, in: tx)
        let keys = Set(subjects.compactMap { $0 }).sorted()
        before = try OrderAggregate.load(keys, in: tx)
        orders = before
        documents = try OrderDocuments.load(keys, in: tx)
        let known = try ShipmentRows.of(keys, in: tx)
        shipments = Dictionary(
            known.map { (ShipmentName(fulfillment: $0.fulfillment, id: ExactID($0.id)), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        reports = try ShipmentReports.of(known.map(\.key), in: tx)
        cancellations = Dictionary(grouping: try CancellationRows.of(keys, in: tx), by: \.order)
        rejections = Dictionary(
            try FulfillmentRejections.of(keys, in: tx).map { (ShipmentName(fulfillment: $0.fulfillment, id: ExactID($0.id)), $0.digest) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Applies one message; gives its outcome. What the domain refuses changes nothing.
    mutating func take(_ item: FulfillmentHandler.Item, at index: Int) throws -> Outcome {
        do {
            switch item {
            case .cancelled(let message): return try cancel(message, order: subjects[index])
            case .accepted(let message): return try accept(message, order: subjects[index])
            case .rejected(let message): return try reject(message, order: subjects[index])
            case .dispatched(let message): return try dispatch(message, order: subjects[index])
            case .ended(let message): return try end(message, order: subjects[index])
            }
        } catch let refusal as MessageRefusal {
            return .refuse(refusal)
        }
    }

    /// Writes everything: orders first (locked already), then stock in lock order, then what has no rival.
    mutating func write(in tx: borrowing Transaction, effects: inout Effects) throws {
        let changed = orders.values.filter {
            $0.head.eventSequence != before[$0.head.key]?.head.eventSequence || $0.differs(from: before[$0.head.key])
        }
        try OrderAggregate.save(changed, before: before, in: tx)
        let moved = Set(movements.map { Place(sku: $0.sku, location: $0.location) })
        let places = moved.union(released.keys)
        _ = try StockRows.lock(places.map { ($0.sku, $0.location) }, in: tx)
        try StockRows.reserve(
            released.filter { $0.value != 0 }.map { StockRows.Change(sku: $0.key.sku, location: $0.key.location, units: -$0.value) }
                .sorted { ($0.sku, $0.location) < ($1.sku, $1.location) },
            in: tx
        )
        try StockMovements.record(movements, in: tx)
        try CapacityStore.settle(changed, before: before, in: tx)
        let invoiced = try writeShipments(in: tx)
        try ShipmentReports.insert(newReports, in: tx)
        try CancellationRows.insert(newCancellations, in: tx)
        try FulfillmentRejections.insert(newRejections, in: tx)
        try book.commit(in: tx, effects: &effects)
        effects.send(invoiced, piece: InvoicingHandler.shipmentsPerMessage) { .invoice(shipments: $0) }
        let awaited = try WaitingLines.awaited(among: freed.sorted(), in: tx)
        effects.send(awaited, piece: SourcingHandler.skusPerMessage) { .wake(skus: $0, after: 0) }
        // Whoever waits behind those that no longer do, or again do, may be promised another date.
        let requeued = changed.flatMap { order in
            order.skus.indices.filter { order.state.lines[$0].waiting != before[order.head.key]?.state.lines[$0].waiting }.map {
                order.skus[$0]
            }
        }
        try effects.sendPromises(freed.union(requeued).sorted(), in: tx)
        let skus = Set(places.map(\.sku)).sorted()
        effects.send(skus, piece: StockFeedHandler.changesPerMessage) { .availability(skus: $0) }
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
        return rows.filter { $0.lines.contains { $0.quantity > 0 } }.map(\.key)
    }

    private static func subjects(
        of items: [FulfillmentHandler.Item],
        network: NetworkSnapshot,
        in tx: borrowing Transaction
    ) throws -> [Int64?] {
        var names: [(channel: Int32, id: String)] = []
        var fulfillments: [Int64] = []
        for item in items {
            if case .cancelled(let message) = item {
                names.append((network.channel(message.channel)?.key ?? 0, message.orderID))
            } else if let key = item.fulfillmentID.flatMap(FulfillmentID.key) {
                fulfillments.append(key)
            }
        }
        var found = (names.isEmpty ? [] : try OrderInsert.existing(names, in: tx)).makeIterator()
        let orders = try FulfillmentRows.orders(of: fulfillments, in: tx)
        return items.map { item in
            if case .cancelled = item { return found.next().flatMap { $0?.key } }
            return item.fulfillmentID.flatMap(FulfillmentID.key).flatMap { orders[$0] }
        }
    }
}

extension FulfillmentHandler.Item {
    fileprivate var fulfillmentID: String? {
        switch self {
        case .cancelled: nil
        case .accepted(let message): message.fulfillmentID
        case .rejected(let message): message.fulfillmentID
        case .dispatched(let message): message.fulfillmentID
        case .ended(let message): message.fulfillmentID
        }
    }
}

extension OrderAggregate {
    fileprivate func differs(from other: OrderAggregate?) -> Bool {
        guard let other else { return true }
        return state != other.state
            || zip(fulfillments, other.fulfillments).contains { $0.state != $1.state || $0.acceptedAt != $1.acceptedAt }
    }
}
