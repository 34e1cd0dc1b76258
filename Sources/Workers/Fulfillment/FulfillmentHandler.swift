package import Commerce
package import Messages
package import RabbitMQ
internal import Store

/// Role `fulfillment`: follows the parcels. Cancellations, locations' answers, dispatches and what carriers report; what agents ask for.
package struct FulfillmentHandler: RoleHandler {
    package enum Item: Sendable {
        case cancelled(OrderCancelled)
        case accepted(FulfillmentAccepted)
        case rejected(FulfillmentRejected)
        case dispatched(ShipmentDispatched)
        case ended(ShipmentEnded)
        case rerouted(OrderReroute)
        case released(OrderRelease)
        /// A request whose time is up, by the parcel's key; from `FulfillmentClock`.
        case unanswered(Int64)
        /// A hold whose time is up, by the order's key; from `FulfillmentClock`.
        case holdEnded(Int64)
        case ready(PickupReady)
        case collected(PickupCollected)
    }

    package let queue = "oms.fulfillment"
    package let limits = BatchLimits(messages: 300)

    package init() {}

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> Item {
        let message = try InboundDecoder.decode(
            type: type,
            contentType: delivery.properties.contentType,
            body: delivery.body,
            receivedAt: receivedAt
        )
        switch message {
        case .orderCancelled(let message): return .cancelled(message)
        case .fulfillmentAccepted(let message): return .accepted(message)
        case .fulfillmentRejected(let message): return .rejected(message)
        case .shipmentDispatched(let message): return .dispatched(message)
        case .shipmentEnded(let message): return .ended(message)
        case .orderReroute(let message): return .rerouted(message)
        case .orderRelease(let message): return .released(message)
        case .pickupReady(let message): return .ready(message)
        case .pickupCollected(let message): return .collected(message)
        default: throw MessageRefusal(.unsupportedType, "Messages of type \(type.prefix(64)) do not belong here.")
        }
    }

    package func subject(of item: Item) -> MessageSubject {
        guard let order = item.order else { return MessageSubject() }
        return MessageSubject(channel: order.channel, orderID: order.id)
    }

    package func process(_ items: [Item], lane: Lane) async throws -> [Outcome] {
        let now = SystemClock.now()
        return try await lane.commit { tx, effects in
            let network = try lane.shared.network(in: tx)
            var ledger = try FulfillmentLedger(items, network: network, now: now, in: tx)
            let outcomes = try items.enumerated().map { try ledger.take($1, at: $0) }
            try ledger.write(in: tx, effects: &effects)
            return outcomes
        }
    }
}

extension FulfillmentHandler.Item {
    /// The order a message names by the channel's own id; others name a parcel.
    var order: (channel: String, id: String)? {
        switch self {
        case .cancelled(let message): (message.channel, message.orderID)
        case .rerouted(let message): (message.channel, message.orderID)
        case .released(let message): (message.channel, message.orderID)
        case .ready(let message): (message.channel, message.orderID)
        case .collected(let message): (message.channel, message.orderID)
        case .accepted, .rejected, .dispatched, .ended, .unanswered, .holdEnded: nil
        }
    }

    /// Whether it may put an order on hold, or end a hold.
    var concernsHolds: Bool {
        switch self {
        case .cancelled, .rejected, .rerouted, .released, .unanswered, .holdEnded: true
        case .accepted, .dispatched, .ended, .ready, .collected: false
        }
    }
}
