package import Commerce
package import Messages
package import RabbitMQ
internal import Store

/// Role `sourcing`: decides which location ships what, and reserves it.
package struct SourcingHandler: RoleHandler {
    /// Orders that one message names at most: a batch of intake's.
    static let ordersPerMessage = 400
    /// Lines of them, unless a single order has more.
    static let linesPerMessage = 1_500
    /// Orders that wait again, of any size, that one message names at most.
    static let returnedPerMessage = 100
    /// SKUs that one message names at most.
    static let skusPerMessage = 200
    /// SKUs whose promises one message asks to calculate at most.
    static let promisesPerMessage = 20

    package let queue = "oms.sourcing"
    /// Three messages of up to 400 orders in a transaction.
    package let limits = BatchLimits(messages: 3, prefetch: 8)

    package init() {}

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> WorkMessage {
        let work = try WorkMessage(json: delivery.body)
        switch work {
        case .source, .wake, .promise: return work
        default: throw MessageRefusal(.unsupportedType, "This queue takes orders to source, SKUs to wake and promises to calculate.")
        }
    }

    package func process(_ items: [WorkMessage], lane: Lane) async throws -> [Outcome] {
        var orders: Set<Int64> = []
        var wakes: [Int64: Int64] = [:]
        var promises: Set<Int64> = []
        for item in items {
            switch item {
            case .source(let keys): orders.formUnion(keys)
            case .wake(let skus, let after):
                for sku in skus { wakes[sku] = min(wakes[sku] ?? after, after) }
            case .promise(let skus): promises.formUnion(skus)
            default: break
            }
        }
        let now = SystemClock.now()
        if !orders.isEmpty || !wakes.isEmpty { try await decide(orders, wakes: wakes, now: now, lane: lane) }
        if !promises.isEmpty {
            let batch = PromiseBatch(skus: promises.sorted(), now: now)
            try await lane.commit { tx, effects in try batch.run(shared: lane.shared, in: tx, effects: &effects) }
        }
        return items.map { _ in .done(id: nil) }
    }

    private func decide(_ orders: Set<Int64>, wakes: [Int64: Int64], now: Timestamp, lane: Lane) async throws {
        var awaiting: Set<Int64> = []
        // Which older waiting orders must be decided first is only known once the stock is locked, but orders are locked before stock:
        // the transaction starts again with them. Their other SKUs may concern still others; the last round takes those it knows.
        for round in 1...Self.maximumRounds {
            let isLast = round == Self.maximumRounds
            let wanted = SourcingBatch(requested: orders, wakes: wakes, waiting: awaiting, isLast: isLast, now: now)
            let missing = try await lane.commit { tx, effects in
                try wanted.run(shared: lane.shared, in: tx, effects: &effects)
            }
            guard let missing else { return }
            awaiting.formUnion(missing)
        }
        throw StoreError.inconsistent("the last round of sourcing asked for another")
    }

    private static let maximumRounds = 8
}
