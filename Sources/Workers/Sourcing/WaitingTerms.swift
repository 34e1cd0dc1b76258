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
    private var promises: [Place: ToldPromise] = [:]

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

    /// Finds the new waiting lines whose goods lie there, of SKUs that nobody waited for before: without looking anything up.
    ///
    /// - Parameters:
    ///   - decided: orders that are decided for the first time and told that they wait, oldest first.
    ///   - free: what is left of each SKU.
    mutating func findInStock(_ decided: [SourcingWriter.Decided], free: [Int64: Int64]) {
        var free = free
        for item in decided {
            for need in item.decision.waiting {
                guard let left = free[need.sku], left >= need.quantity else { continue }
                free[need.sku] = left - need.quantity
                promises[Place(order: item.head.key, line: need.line)] = ToldPromise(word: .there)
            }
        }
    }

    /// Calculates what the waiting lines of these orders can be promised, once they stand in the tables, and writes down what is told of them.
    ///
    /// - Parameters:
    ///   - decided: orders that are told that they wait.
    ///   - expected: SKUs of which something is on its way.
    mutating func promise(
        _ decided: [SourcingWriter.Decided],
        expected: Set<Int64>,
        documents: OrderDocuments,
        promises days: DeliveryPromises,
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws {
        let skus = Set(decided.flatMap { $0.decision.waiting.map(\.sku) }).intersection(expected)
        let heads = Dictionary(decided.map { ($0.head.key, $0.head) }, uniquingKeysWith: { first, _ in first })
        if !skus.isEmpty {
            for line in try PromiseCalculation(skus.sorted(), network: network, now: now, in: tx).lines {
                let wait = line.row.wait
                guard let head = heads[wait.order] else { continue }
                promises[Place(order: wait.order, line: wait.line)] =
                    days.told(line.promise, of: try documents.of(head.key), to: head.coordinates)
            }
        }
        // What was told of a line before is over with it being told again, also where nothing is known now.
        let written = decided.flatMap { item in
            item.decision.waiting.compactMap { need -> WaitingPromises.Promise? in
                guard item.isUntold || skus.contains(need.sku) else { return nil }
                return (promises[Place(order: item.head.key, line: need.line)] ?? .unknown).written(order: item.head.key, line: need.line)
            }
        }
        try WaitingPromises.write(written, in: tx)
    }

    /// What is told of a line as far as it is known before it stands in the tables.
    func word(_ order: Int64, line: Int32) -> DeliveryWord { promises[Place(order: order, line: line)]?.word ?? .unknown }

    /// Whether a line is a pre-order.
    func isPreorder(_ order: Int64, line: Int32) -> Bool { preorders.contains(Place(order: order, line: line)) }

    /// What the order's channel is told of units that wait.
    func eventLine(_ need: SourcingNeed, order: Int64, document: PlacedOrder) -> Event.Line {
        var line = document.eventLine(Int(need.line), quantity: need.quantity)
        if let promise = promises[Place(order: order, line: need.line)] { line.tell(promise) }
        line.preorder = isPreorder(order, line: need.line)
        return line
    }
}
