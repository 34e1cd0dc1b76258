package import Commerce
package import Messages
internal import Postgres
package import RabbitMQ
internal import Store

/// The other half of role `stock`: tells storefronts what can be sold of a SKU, at most once a second each, the last state always.
///
/// It works outside the orders' transactions: those only name the SKUs they touched, one message for hundreds of orders. What comes in
/// within a second is told together.
package struct AvailabilityHandler: RoleHandler {
    /// Contract section 5: at most one per SKU and second.
    static let interval: Duration = .seconds(1)
    /// SKUs told in one transaction.
    static let perTransaction = 2_000

    package let queue = WorkQueue.availability.name
    package let limits = BatchLimits(messages: 200)

    package init() {}

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> [Int64] {
        guard case .availability(let skus) = try WorkMessage(json: delivery.body) else {
            throw MessageRefusal(.unsupportedType, "This queue takes SKUs that changed.")
        }
        return skus
    }

    package func process(_ items: [[Int64]], lane: Lane) async throws -> [Outcome] {
        // What comes meanwhile waits in the queue, and is told together; and a feed or a flash sale has the machine to itself for a moment.
        try await Task.sleep(for: Self.interval)
        var waiting = Set(items.joined()).sorted()
        while !waiting.isEmpty {
            let piece = Array(waiting.prefix(Self.perTransaction))
            waiting.removeFirst(piece.count)
            let now = SystemClock.now()
            let tooSoon = try await lane.commit { tx, effects in try tell(piece, now: now, lane: lane, in: tx, effects: &effects) }
            // Another process told these less than a second ago.
            if !tooSoon.isEmpty {
                try await Task.sleep(for: Self.interval / 4)
                waiting += tooSoon
            }
        }
        return items.map { _ in .done(id: nil) }
    }

    /// Tells of those that changed. Gives those of which something was told within the last second.
    private func tell(
        _ keys: [Int64],
        now: Timestamp,
        lane: Lane,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws -> [Int64] {
        let network = try lane.shared.network(in: tx)
        let told = try AvailabilityStore.lockTold(keys, in: tx)
        var tooSoon: [Int64] = []
        var news: [(sku: Int64, told: AvailabilityStore.Told)] = []
        for sku in try AvailabilityStore.of(keys, in: tx) {
            let places = sku.sellable(in: network)
            let data = Event.Stock(
                kind: .changed,
                sku: sku.id,
                available: places.reduce(0) { $0 + $1.available },
                locations: places
            )
            var json = JSONWriter()
            data.write(to: &json)
            let digest = ContentDigest.of(json.bytes)
            let last = told[sku.key]
            guard last?.digest != digest else { continue }
            if let last, now < last.at.adding(seconds: 1) {
                tooSoon.append(sku.key)
                continue
            }
            let version = (last?.version ?? 0) + 1
            news.append((sku.key, AvailabilityStore.Told(digest: digest, version: version, at: now)))
            effects.send(OutboxMessage(OutboundEvent(data, id: EventID.thing("stock", sku.id, version), time: now, role: .stock)))
        }
        try AvailabilityStore.writeTold(news, in: tx)
        return tooSoon
    }
}
