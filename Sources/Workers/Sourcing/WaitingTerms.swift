internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What an order is told when it starts to wait: which lines are pre-orders, and when the goods are expected.
struct WaitingTerms {
    private struct Place: Hashable {
        var order: Int64
        var line: Int32
    }

    private var preorders: Set<Place> = []
    private var promises: [Place: Timestamp] = [:]

    /// Finds out which new waiting lines are pre-orders, the oldest first, under the locks of their stock rows.
    ///
    /// - Parameter decided: orders that are decided for the first time, oldest first.
    init(_ decided: [SourcingWriter.Decided], network: NetworkSnapshot, in tx: borrowing Transaction) throws {
        guard !network.settings.preorders.isEmpty else { return }
        let skus = Set(decided.flatMap { $0.decision.waiting.map(\.sku) })
        guard !skus.isEmpty else { return }
        var book = try PreorderStore.book(try PreorderStore.places(skus, network: network, in: tx), in: tx)
        for item in decided {
            for need in item.decision.waiting where book.take(need.quantity, of: need.sku) {
                preorders.insert(Place(order: item.head.key, line: need.line))
            }
        }
    }

    /// Calculates what the new waiting lines can be promised, once they stand in the tables, and writes it down.
    ///
    /// - Parameter expected: SKUs of which something is on its way.
    mutating func promise(
        _ decided: [SourcingWriter.Decided],
        expected: Set<Int64>,
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws {
        let skus = Set(decided.flatMap { $0.decision.waiting.map(\.sku) }).intersection(expected)
        guard !skus.isEmpty else { return }
        let orders = Set(decided.map(\.head.key))
        var written: [WaitingPromises.Promise] = []
        for line in try PromiseCalculation(skus.sorted(), network: network, now: now, in: tx).lines {
            let wait = line.row.wait
            guard orders.contains(wait.order), let promise = line.promise else { continue }
            promises[Place(order: wait.order, line: wait.line)] = promise
            written.append(WaitingPromises.Promise(order: wait.order, line: wait.line, promisedAt: promise))
        }
        try WaitingPromises.write(written, in: tx)
    }

    /// Whether a line is a pre-order.
    func isPreorder(_ order: Int64, line: Int32) -> Bool { preorders.contains(Place(order: order, line: line)) }

    /// What the order's channel is told of units that wait.
    func eventLine(_ need: SourcingNeed, order: Int64, document: PlacedOrder) -> Event.Line {
        var line = document.eventLine(Int(need.line), quantity: need.quantity)
        line.promisedAt = promises[Place(order: order, line: need.line)]
        line.preorder = isPreorder(order, line: need.line)
        return line
    }
}
