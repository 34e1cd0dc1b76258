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
    let before: [Int64: OrderAggregate]
    var orders: [Int64: OrderAggregate]
    var book: EventBook
    var shipments: [ShipmentName: ShipmentRows.Row]
    var reports: [ShipmentReports.Report]
    var cancellations: [Int64: [CancellationRows.Row]]
    var rejections: [ShipmentName: [UInt8]]
    /// Why parcels were not shipped, by their keys.
    var refusals: [Int64: Set<ParcelRefusal>] = [:]
    var holds: HoldBook
    var levers: LeverBook
    /// Orders that are collected, and what their stores said.
    var pickups: [Int64: Pickups.Pickup]
    var pickupReports: [Int64: [Pickups.Report]]
    let pickupsBefore: [Int64: Pickups.Pickup]
    /// For parcels of what reaches a store.
    var spareKeys: [Int64]

    var newShipments: [ShipmentName] = []
    var newReports: [ShipmentReports.Report] = []
    var newCancellations: [CancellationRows.Row] = []
    var newRejections: [FulfillmentRejections.Row] = []
    var newPickupReports: [Pickups.Report] = []
    /// Transfers that reached their stores.
    var arrivals: [(fulfillment: Int64, id: String, at: Timestamp)] = []
    /// Units to be given back or (dispatched) no longer reserved.
    var released: [Place: Int64] = [:]
    var movements: [StockMovements.Movement] = []
    /// SKUs that became free.
    var freed: Set<Int64> = []
    /// The same units, parcel by parcel.
    var givenBack: [AllotmentStore.GivingBack] = []
    /// What refusals say of the stock.
    var stockEffects: [StockEffects.Refusal] = []
    /// Lines that arrive later than was told.
    var delays: [DeliveryDelays.Delay] = []
    /// Orders with units that wait to be sourced again.
    var resourced: Set<Int64> = []

    init(_ items: [FulfillmentHandler.Item], network: NetworkSnapshot, now: Timestamp, in tx: borrowing Transaction) throws {
        let subjects = try Self.subjects(of: items, network: network, in: tx)
        try self.init(items, subjects: subjects, network: network, now: now, in: tx)
    }

    /// - Parameter subjects: the order each message is about; none names more than one.
    init(
        _ items: [FulfillmentHandler.Item] = [],
        subjects: [Int64?],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws {
        self.network = network
        self.now = now
        book = EventBook(role: .fulfillment, now: now)
        self.subjects = subjects
        let keys = Set(subjects.compactMap { $0 }).sorted()
        before = try OrderAggregate.load(keys, in: tx)
        orders = before
        let (sent, known, cancelled, rejected, pickups) = try tx.ask(
            OrderLocks.documents(of: keys),
            ShipmentRows.of(keys),
            CancellationRows.of(keys),
            FulfillmentRejections.of(keys),
            Pickups.of(keys)
        )
        documents = try OrderDocuments.load(keys, known: sent, in: tx)
        shipments = Dictionary(
            known.map { (ShipmentName(fulfillment: $0.fulfillment, id: ExactID($0.id)), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        reports = try ShipmentReports.of(known.map(\.key), in: tx)
        cancellations = Dictionary(grouping: cancelled, by: \.order)
        rejections = Dictionary(
            rejected.map { (ShipmentName(fulfillment: $0.fulfillment, id: ExactID($0.id)), $0.digest) },
            uniquingKeysWith: { first, _ in first }
        )
        for known in rejected { refusals[known.fulfillment, default: []].insert(known.reason) }
        let concernsHolds = items.isEmpty || items.contains(where: \.concernsHolds)
        holds = try HoldBook(of: concernsHolds ? keys : [], in: tx)
        levers = try LeverBook(items, orders: before, network: network, now: now, in: tx)
        self.pickups = pickups
        pickupsBefore = pickups
        pickupReports = Dictionary(grouping: try Pickups.reports(of: pickups.keys.sorted(), in: tx), by: \.order)
        // A message brings a parcel to its store at most: what it tells of arrives together.
        spareKeys = try FulfillmentInsert.nextKeys(subjects.count { $0.map { pickups[$0] != nil } ?? false }, in: tx)
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
            case .rerouted(let message): return try reroute(message, order: subjects[index])
            case .released(let message): return try release(message, order: subjects[index])
            case .unanswered(let fulfillment): return try expire(fulfillment, order: subjects[index])
            case .holdEnded: return try endHold(order: subjects[index])
            case .ready(let message): return try ready(message, order: subjects[index])
            case .collected(let message): return try collect(message, order: subjects[index])
            }
        } catch let refusal as MessageRefusal {
            return .refuse(refusal)
        }
    }

    private static func subjects(
        of items: [FulfillmentHandler.Item],
        network: NetworkSnapshot,
        in tx: borrowing Transaction
    ) throws -> [Int64?] {
        var names: [(channel: Int32, id: String)] = []
        var fulfillments: [Int64] = []
        for item in items {
            if let order = item.order {
                names.append((network.channel(order.channel)?.key ?? 0, order.id))
            } else if let key = item.fulfillmentID.flatMap(FulfillmentID.key) {
                fulfillments.append(key)
            }
        }
        let (existing, orders) = try tx.ask(OrderInsert.existing(names), FulfillmentRows.orders(of: fulfillments))
        var found = existing.makeIterator()
        return items.map { item in
            if item.order != nil { return found.next().flatMap { $0?.key } }
            if case .holdEnded(let order) = item { return order }
            return item.fulfillmentID.flatMap(FulfillmentID.key).flatMap { orders[$0] }
        }
    }
}

extension FulfillmentHandler.Item {
    fileprivate var fulfillmentID: String? {
        switch self {
        case .cancelled, .rerouted, .released, .holdEnded, .ready, .collected: nil
        case .unanswered(let key): FulfillmentID.text(key)
        case .accepted(let message): message.fulfillmentID
        case .rejected(let message): message.fulfillmentID
        case .dispatched(let message): message.fulfillmentID
        case .ended(let message): message.fulfillmentID
        }
    }
}
