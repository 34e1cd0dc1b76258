package import Commerce
package import Messages
internal import Postgres
package import RabbitMQ
internal import Store

/// Role `intake`: orders and payments come in. Validates, writes them down, and lets sourcing know.
package struct IntakeHandler: RoleHandler {
    package enum Item: Sendable {
        case order(CheckedOrder)
        case payment(PaymentReported)
    }

    /// An order that passed what can be said without the network, with what is kept of it.
    package struct CheckedOrder: Sendable {
        package var order: PlacedOrder
        package var document: [UInt8]
        package var digest: [UInt8]
    }

    package let queue = "oms.intake"
    package let limits: BatchLimits

    /// - Parameter batch: orders in one transaction, at most.
    package init(batch: Int = 400) { limits = BatchLimits(messages: batch) }

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> Item {
        let message = try InboundDecoder.decode(
            type: type,
            contentType: delivery.properties.contentType,
            body: delivery.body,
            receivedAt: receivedAt
        )
        switch message {
        case .orderPlaced(let placed):
            do {
                try placed.order.check()
            } catch {
                throw MessageRefusal(error)
            }
            return .order(CheckedOrder(order: placed.order, document: placed.order.json(), digest: ContentDigest.of(placed)))
        case .payment(let payment):
            return .payment(payment)
        default:
            throw MessageRefusal(.unsupportedType, "Messages of type \(type.prefix(64)) are not handled yet.")
        }
    }

    package func subject(of item: Item) -> MessageSubject {
        switch item {
        case .order(let checked): MessageSubject(channel: checked.order.channel, orderID: checked.order.orderID)
        case .payment(let payment): MessageSubject(channel: payment.channel, orderID: payment.orderID)
        }
    }

    package func process(_ items: [Item], lane: Lane) async throws -> [Outcome] {
        var names: Set<ExactID> = []
        var count = 0
        for case .order(let checked) in items {
            count += 1
            for line in checked.order.lines { names.insert(ExactID(line.sku)) }
        }
        let skus = try await lane.shared.skus.keys(for: names, session: lane.session)
        let (now, placed) = (SystemClock.now(), count)
        return try await lane.commit { tx, effects in
            // The keys of orders that are refused or known already are lost; that is cheaper than a round trip.
            let (version, keys) = try tx.ask(NetworkStore.version, OrderInsert.nextKeys(placed))
            let network = try lane.shared.network(version: version, in: tx)
            var outcomes = [Outcome](repeating: .done(id: nil), count: items.count)
            let orders = OrderIntake(network: network, skus: skus, keys: keys, now: now)
            let payments = PaymentIntake(network: network, now: now)
            let baskets = try orders.accept(items, outcomes: &outcomes, in: tx, effects: &effects)
            let cancelled = try payments.record(items, outcomes: &outcomes, in: tx, effects: &effects)
            // Every order is locked by now: leases come after them. What was kept for a basket is the order's from the moment it is
            // accepted, in whatever state it waits for sourcing.
            try LeaseStore.pin(baskets, in: tx)
            effects.free(try LeaseStore.takePinned(to: cancelled, in: tx))
            return outcomes
        }
    }
}

extension MessageRefusal {
    /// The domain's refusal as its sender is told of it.
    init(_ refusal: OrderRefusal) {
        self.init(RefusalCode(rawValue: refusal.code.rawValue) ?? .invalidField, path: refusal.path, refusal.message)
    }
}
