internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What the channels sent of some orders, for events and mails that name lines as the channel does.
struct OrderDocuments: Sendable {
    private var orders: [Int64: PlacedOrder]

    /// - Parameter known: documents that were read before, of these orders or of others.
    static func load(_ keys: [Int64], known: [Int64: [UInt8]] = [:], in tx: borrowing Transaction) throws -> OrderDocuments {
        let unknown = known.isEmpty ? keys : keys.filter { known[$0] == nil }
        let read = try OrderLocks.documents(of: unknown, in: tx)
        var orders: [Int64: PlacedOrder] = [:]
        orders.reserveCapacity(keys.count)
        for key in keys { orders[key] = try (known[key] ?? read[key]).map { try PlacedOrder(json: $0) } }
        return OrderDocuments(orders: orders)
    }

    /// - Throws: where the order has no document, which no committed order is without.
    func of(_ key: Int64) throws -> PlacedOrder {
        guard let order = orders[key] else { throw StoreError.vanished("order document") }
        return order
    }
}

extension PlacedOrder {
    /// Units of a line, as events name them.
    func eventLine(_ line: Int, quantity: Int64, named: Bool = false) -> Event.Line {
        Event.Line(lineID: lines[line].lineID, sku: lines[line].sku, name: named ? lines[line].name : nil, quantity: quantity)
    }

    /// The units cancelled between two states.
    func cancelledLines(from before: OrderState, to after: OrderState) -> [Event.Line] {
        zip(before.lines, after.lines).enumerated().compactMap { line, pair in
            let units = pair.1.cancelled - pair.0.cancelled
            return units > 0 ? eventLine(line, quantity: units) : nil
        }
    }
}
