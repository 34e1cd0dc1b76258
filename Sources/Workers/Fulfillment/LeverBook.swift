internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What agents ask for in a batch: their requests that were carried out before, the shelves and days of the locations they point at, and the
/// parcels they make.
struct LeverBook {
    /// What became of units that an agent wants from a shelf.
    enum Taking {
        /// They are for a parcel of this key, planned for this day of its location; `nil`: any.
        case taken(key: Int64, day: CivilDate?)
        case notEnough
        /// None of the location's days can take a parcel more.
        case noRoom
    }

    private struct Name: Hashable {
        var order: Int64
        var kind: AgentRequests.Kind
        var id: ExactID
    }

    private var known: [Name: [UInt8]] = [:]
    private var new: [AgentRequests.Row] = []
    private var keys: IndexingIterator<[Int64]>
    /// Units that nobody has been promised, where agents want to ship from.
    private var shelf: [FulfillmentLedger.Place: Int64] = [:]
    /// What their days can take.
    private var capacity = CapacityBook()

    /// Locks the stock of every parcel of the batch, where an agent names a location to ship from, and then that location's days: those locks
    /// come in one order, or not at all.
    init(
        _ items: [FulfillmentHandler.Item],
        orders: [Int64: OrderAggregate],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws {
        var isAsked = false
        var targets: Set<Int32> = []
        var named = 0
        for item in items {
            switch item {
            case .rerouted(let message):
                isAsked = true
                guard let to = message.to else { break }
                named += 1
                if let location = network.location(to) { targets.insert(location.key) }
            case .released: isAsked = true
            default: break
            }
        }
        keys = try FulfillmentInsert.nextKeys(named, in: tx).makeIterator()
        guard isAsked else { return }
        for row in try AgentRequests.of(orders.keys.sorted(), in: tx) {
            known[Name(order: row.order, kind: row.kind, id: ExactID(row.id))] = row.digest
        }
        guard !targets.isEmpty else { return }
        var places: Set<FulfillmentLedger.Place> = []
        for order in orders.values {
            for parcel in order.fulfillments {
                for line in parcel.lines {
                    places.insert(FulfillmentLedger.Place(sku: line.sku, location: parcel.location))
                    // What is on its way may be said to have reached its store.
                    if let store = parcel.transferTo { places.insert(FulfillmentLedger.Place(sku: line.sku, location: store)) }
                }
            }
            for sku in order.skus { for target in targets { places.insert(FulfillmentLedger.Place(sku: sku, location: target)) } }
        }
        for level in try StockRows.lock(places.map { ($0.sku, $0.location) }, in: tx) {
            shelf[FulfillmentLedger.Place(sku: level.sku, location: level.location)] = level.available
        }
        capacity = try LocationCapacity(network: network, now: now).book(of: targets, in: tx)
    }

    /// Whether the request was carried out before; `nil` where its id stands for another one.
    func wasDone(_ kind: AgentRequests.Kind, _ id: String, order: Int64, digest: [UInt8]) -> Bool? {
        guard let standing = known[Name(order: order, kind: kind, id: ExactID(id))] else { return false }
        return standing == digest ? true : nil
    }

    mutating func record(_ row: AgentRequests.Row) {
        known[Name(order: row.order, kind: row.kind, id: ExactID(row.id))] = row.digest
        new.append(row)
    }

    /// Takes units off a location's shelf that has them, and a place for their parcel of its next day with room.
    mutating func take(_ units: [FulfillmentLedger.Place: Int64], at location: Int32) -> Taking {
        guard units.allSatisfy({ shelf[$0.key, default: 0] >= $0.value }) else { return .notEnough }
        guard capacity.hasRoom(Int64(location)) else { return .noRoom }
        guard let key = keys.next() else { return .notEnough }
        for (place, quantity) in units { shelf[place, default: 0] -= quantity }
        return .taken(key: key, day: capacity.reserve(Int64(location)))
    }

    /// Writes the requests; the ledger writes the parcels they made.
    func write(in tx: borrowing Transaction) throws {
        try AgentRequests.insert(new, in: tx)
    }
}
