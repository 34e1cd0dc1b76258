package import Commerce
package import Messages
package import RabbitMQ
internal import Store

/// The other half of role `sourcing`: keeps units for baskets, and gives them back.
package struct ReservationHandler: RoleHandler {
    package enum Request: Sendable {
        case keep(ReservationRequested)
        case release(ReservationReleased)
    }

    /// What a basket wants, and the id of the message that said so.
    package struct Item: Sendable {
        package var request: Request
        package var messageID: String?

        var channel: String {
            switch request {
            case .keep(let message): message.channel
            case .release(let message): message.channel
            }
        }

        var basketID: String {
            switch request {
            case .keep(let message): message.basketID
            case .release(let message): message.basketID
            }
        }
    }

    package let queue = WorkQueue.reservation.name
    package let limits = BatchLimits(messages: 200)

    package init() {}

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> Item {
        let message = try InboundDecoder.decode(
            type: type,
            contentType: delivery.properties.contentType,
            body: delivery.body,
            receivedAt: receivedAt
        )
        switch message {
        case .reservationRequested(let message): return Item(request: .keep(message), messageID: delivery.properties.messageID)
        case .reservationReleased(let message): return Item(request: .release(message), messageID: delivery.properties.messageID)
        default: throw MessageRefusal(.unsupportedType, "Messages of type \(type.prefix(64)) do not belong here.")
        }
    }

    package func subject(of item: Item) -> MessageSubject { MessageSubject(channel: item.channel) }

    package func process(_ items: [Item], lane: Lane) async throws -> [Outcome] {
        var names: Set<ExactID> = []
        for item in items {
            if case .keep(let message) = item.request { for line in message.lines { names.insert(ExactID(line.sku)) } }
        }
        let skus = try await lane.shared.skus.keys(for: names, session: lane.session)
        var outcomes: [Outcome?] = items.map { _ in nil }
        for wave in Self.waves(items) {
            let batch = ReservationBatch(items: wave.map { items[$0] }, skus: skus, now: SystemClock.now())
            for (index, outcome) in zip(wave, try await run(batch, lane: lane)) { outcomes[index] = outcome }
        }
        return outcomes.compactMap { $0 }
    }

    private func run(_ batch: ReservationBatch, lane: Lane) async throws -> [Outcome] {
        for _ in 0..<Self.maximumRounds {
            do {
                return try await lane.commit { tx, effects in try batch.run(shared: lane.shared, in: tx, effects: &effects) }
            } catch is LeaseStore.Overtaken {
                continue
            }
        }
        throw StoreError.inconsistent("leases of a batch's baskets kept appearing")
    }

    /// Places of the items, so that no basket has two in one wave: a later word about a basket sees what the one before it did.
    private static func waves(_ items: [Item]) -> [[Int]] {
        struct Basket: Hashable {
            var channel: String
            var id: ExactID
        }
        var waves: [[Int]] = []
        var seen: [Basket: Int] = [:]
        for (index, item) in items.enumerated() {
            let basket = Basket(channel: item.channel, id: ExactID(item.basketID))
            let wave = seen[basket, default: 0]
            seen[basket] = wave + 1
            if wave == waves.count { waves.append([]) }
            waves[wave].append(index)
        }
        return waves
    }

    private static let maximumRounds = 5
}
