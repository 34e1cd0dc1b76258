internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// The stores an order names: tills at which lines were handed over, and where it is collected.
struct StorePlaces: Sendable {
    /// The till's location of each such line.
    private(set) var tills: [(line: Int32, location: Int32)] = []
    /// Where the customer collects what was not handed over.
    private(set) var pickup: NetworkSnapshot.KeyedLocation?

    /// - Throws: `unknown_location`; the location may be defined a moment later.
    init(of order: PlacedOrder, network: NetworkSnapshot) throws(MessageRefusal) {
        for (index, line) in order.lines.enumerated() {
            guard let id = line.location else { continue }
            guard let location = network.location(id) else { throw Self.unknown("/lines/\(index)/location") }
            tills.append((Int32(index), location.key))
        }
        guard let id = order.shipping?.pickupLocation else { return }
        guard let location = network.location(id) else { throw Self.unknown("/shipping/pickupLocation") }
        pickup = location
    }

    private static func unknown(_ path: String) -> MessageRefusal {
        MessageRefusal(.unknownLocation, path: path, "No location of this id is in the network.")
    }

    /// Writes down what the new orders of a batch say of stores.
    ///
    /// Stock rows of till sales are made here: sourcing locks all rows of a SKU at once, and a till may sell what nobody has counted.
    static func write(_ orders: [(key: Int64, places: StorePlaces, skus: [Int64])], in tx: borrowing Transaction) throws {
        struct Place: Hashable {
            var sku: Int64
            var location: Int32
        }
        var lines: [TillLines.Line] = []
        var shelves: Set<Place> = []
        var pickups: [(order: Int64, location: Int32)] = []
        for order in orders {
            if let store = order.places.pickup { pickups.append((order.key, store.key)) }
            for till in order.places.tills {
                lines.append(TillLines.Line(order: order.key, line: till.line, location: till.location))
                shelves.insert(Place(sku: order.skus[Int(till.line)], location: till.location))
            }
        }
        try Pickups.insert(pickups, in: tx)
        try TillLines.insert(lines, in: tx)
        try StockRows.ensure(shelves.map { ($0.sku, $0.location) }, in: tx)
    }
}
