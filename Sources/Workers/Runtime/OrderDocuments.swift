internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What the channels sent of some orders, for events and mails that name lines as the channel does.
struct OrderDocuments: Sendable {
    private var orders: [Int64: PlacedOrder]

    static func load(_ keys: [Int64], in tx: borrowing Transaction) throws -> OrderDocuments {
        let stored = try OrderLocks.documents(of: keys, in: tx)
        return OrderDocuments(orders: try stored.mapValues { try PlacedOrder(json: $0) })
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
