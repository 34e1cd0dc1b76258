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
    /// What comes in a moment waits in the queue, and is told together; and a feed or a flash sale has the machine to itself meanwhile. Once
    /// a batch, not once a message: those that came back from dead workers are handled one by one.
    package let limits = BatchLimits(messages: 200, pause: Self.interval)

    package init() {}

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> [Int64] {
        guard case .availability(let skus) = try WorkMessage(json: delivery.body) else {
            throw MessageRefusal(.unsupportedType, "This queue takes SKUs that changed.")
        }
        return skus
    }

    package func process(_ items: [[Int64]], lane: Lane) async throws -> [Outcome] {
        var waiting = Set(items.joined()).sorted()[...]
        while !waiting.isEmpty {
            let piece = Array(waiting.prefix(Self.perTransaction))
            waiting.removeFirst(piece.count)
            let now = SystemClock.now()
            try await lane.commit { tx, effects in
                // Another process told some of these less than a second ago. They go back to the queue: waiting for their moment here
                // could take as long as the others are busy.
                let tooSoon = try tell(piece, now: now, lane: lane, in: tx, effects: &effects)
                effects.send(tooSoon, piece: StockFeedHandler.changesPerMessage) { .availability(skus: $0) }
            }
        }
        return items.map { _ in .done(id: nil) }
    }

    /// Tells of those that changed, and of those that are back in stock or running low. Gives those of which something was told within the last second.
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
        for sku in try storefronts(keys, network: network, now: now, in: tx) {
            let view = sku.storefront(in: network)
            let channels = zip(network.channels, view.channels).map { Event.ChannelPart(channel: $0.channel.id, available: $1.available) }
            let data = Event.Stock(
                kind: .changed,
                sku: sku.id,
                available: view.total,
                channels: channels,
                locations: sku.sellable(in: network)
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
            let signals = StockSignals(from: last?.signals, to: view.total, rule: network.settings.storefront.lowStock)
            news.append((sku.key, AvailabilityStore.Told(digest: digest, version: version, at: now, signals: signals.told)))
            effects.send(OutboxMessage(OutboundEvent(data, id: EventID.thing("stock", sku.id, version), time: now, role: .stock)))
            for crossing in signals.crossings(network.settings.storefront) {
                let news = Event.StockCrossing(kind: crossing, sku: sku.id, available: view.total, channels: channels)
                let id = EventID.thing(news.type.rawValue, sku.id, version)
                effects.send(OutboxMessage(OutboundEvent(news, id: id, time: now, role: .stock)))
            }
        }
        try AvailabilityStore.writeTold(news, in: tx)
        return tooSoon
    }

    /// The SKUs as they stand, with what of them is kept for baskets and channels.
    private func storefronts(
        _ keys: [Int64],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws -> [AvailabilityStore.SKU] {
        var skus = try AvailabilityStore.of(keys, in: tx)
        let names = Dictionary(skus.map { ($0.key, $0.id) }, uniquingKeysWith: { first, _ in first })
        let available = skus.flatMap(\.levels).sellable(in: network, names: names)
        let kept = try KeptStock.load(skus: keys, available: available, network: network, now: now, in: tx)
        guard !kept.isEmpty else { return skus }
        var places: [Int64: Int] = [:]
        for (place, sku) in skus.enumerated() { places[sku.key] = place }
        for (share, units) in kept.leased { if let place = places[share.sku] { skus[place].leased += units } }
        for (share, units) in kept.allotted {
            if let place = places[share.sku] { skus[place].kept[Int64(share.channel), default: 0] += units }
        }
        return skus
    }
}

extension AvailabilityStore.SKU {
    /// What storefronts show of it, for the channels of the network in their order.
    fileprivate func storefront(in network: NetworkSnapshot) -> StorefrontView {
        StorefrontView(
            free: sellable(in: network).map(\.available),
            leased: leased,
            kept: kept,
            channels: network.channels.map { Int64($0.key) }
        )
    }
}

extension StockSignals {
    fileprivate func crossings(_ rule: StorefrontRule) -> [Event.StockCrossing.Kind] {
        (isBackInStock ? [.backInStock] : []) + (hasFallenLow ? [.low(threshold: rule.lowStock.units)] : [])
    }
}
