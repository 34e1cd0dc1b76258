/// The queues that workers consume.
package enum WorkQueue: String, Sendable, Hashable, CaseIterable {
    case intake = "oms.intake"
    case fulfillment = "oms.fulfillment"
    case stock = "oms.stock"
    case sourcing = "oms.sourcing"
    case invoicing = "oms.invoicing"
    case mailing = "oms.mailing"
    /// SKUs that storefronts may have to hear of; taken by the role `stock`.
    case availability = "oms.availability"
    /// Baskets that want units kept for them; taken by the role `sourcing`.
    case reservation = "oms.reservation"

    package var name: String { rawValue }
}

extension BrokerTopology {
    /// Where the world publishes; the routing key is the message's type.
    package static let inboundExchange = "oms.inbound"
    /// Where the world listens.
    package static let eventsExchange = OutboundEvent.exchange
    /// Between workers.
    package static let workExchange = WorkMessage.exchange
    /// Takes what `oms.inbound` has no queue for: unknown types.
    package static let unroutedExchange = "oms.unrouted"
    /// Takes what the broker gave up redelivering.
    package static let deadExchange = "oms.dead"
    /// What waits to be written to the dead-letter desk: dead-lettered where its exchange is `deadExchange`, else unroutable (it then
    /// still shows the exchange it was published to).
    package static let deadQueue = "oms.dead"

    /// Deliveries after which the broker dead-letters: the net for messages that crash a worker; our own retries are counted in a header.
    package static let deliveryLimit: Int64 = 20

    /// Everything but the queues of single locations.
    package static let oms = BrokerTopology(
        exchanges: [
            Exchange(name: inboundExchange, kind: .topic, arguments: ["alternate-exchange": .text(unroutedExchange)]),
            Exchange(name: eventsExchange, kind: .topic),
            Exchange(name: workExchange, kind: .direct),
            Exchange(name: unroutedExchange, kind: .fanout),
            Exchange(name: deadExchange, kind: .fanout),
        ] + RetryDelay.allCases.map { Exchange(name: $0.exchange, kind: .fanout) },
        queues: WorkQueue.allCases.map { Queue(name: $0.name, arguments: workArguments) }
            + RetryDelay.allCases.map { Queue(name: $0.queue, arguments: retryArguments($0)) }
            + [Queue(name: deadQueue, arguments: ["x-queue-type": .text("quorum")])],
        bindings: workBindings
            + RetryDelay.allCases.map { Binding(exchange: $0.exchange, queue: $0.queue, routingKey: "") }
            + [unroutedExchange, deadExchange].map { Binding(exchange: $0, queue: deadQueue, routingKey: "") }
    )

    /// The queue of one location, which gets its own parcels and their cancellations.
    package static func location(_ id: String) -> BrokerTopology {
        let queue = locationQueue(id)
        return BrokerTopology(
            queues: [Queue(name: queue, arguments: ["x-queue-type": .text("quorum")])],
            bindings: [EventType.fulfillmentRequested, .fulfillmentCancelled].map {
                Binding(exchange: eventsExchange, queue: queue, routingKey: "\($0.rawValue).\(id)")
            }
        )
    }

    package static func locationQueue(_ id: String) -> String { "oms.location." + id }

    /// The queue that `oms.inbound` gives a type of message to.
    package static func queue(for type: InboundType) -> WorkQueue {
        switch type {
        case .orderPlaced, .paymentAuthorized, .paymentCaptured, .paymentRefunded, .paymentFailed, .returnRequested, .returnReceived:
            .intake
        case .orderCancelled, .fulfillmentAccepted, .fulfillmentRejected, .shipmentDispatched, .shipmentDelivered, .shipmentFailed,
            .pickupReady, .pickupCollected:
            .fulfillment
        case .orderReroute, .orderRelease: .fulfillment
        case .stockReported, .stockAdjusted, .stockBlocked, .stockReleased, .stockExpected, .locationDefined: .stock
        case .reservationRequested, .reservationReleased: .reservation
        }
    }

    /// What the mailing role listens to.
    package static let mailedEvents: [EventType] = [
        .orderAccepted, .orderBackordered, .orderCancelled, .shipmentDispatched, .shipmentDelivered, .invoiceIssued,
        .pickupReady, .pickupExpired, .orderPromiseChanged,
    ]

    private static let workArguments: [String: Argument] = [
        "x-queue-type": .text("quorum"),
        "x-delivery-limit": .number(deliveryLimit),
        "x-dead-letter-exchange": .text(deadExchange),
        "x-dead-letter-strategy": .text("at-least-once"),
        "x-overflow": .text("reject-publish"),
    ]

    /// Without a dead-letter routing key a message leaves with its own, which is the name of the work queue it came from.
    private static func retryArguments(_ delay: RetryDelay) -> [String: Argument] {
        [
            "x-queue-type": .text("quorum"),
            "x-message-ttl": .number(delay.milliseconds),
            "x-dead-letter-exchange": .text(""),
            "x-dead-letter-strategy": .text("at-least-once"),
            "x-overflow": .text("reject-publish"),
        ]
    }

    private static let workBindings: [Binding] = {
        func bindings(_ exchange: String, _ queue: WorkQueue, _ keys: [String]) -> [Binding] {
            keys.map { Binding(exchange: exchange, queue: queue.name, routingKey: $0) }
        }
        return bindings(inboundExchange, .intake, ["order.placed", "payment.#", "return.#"])
            + bindings(
                inboundExchange,
                .fulfillment,
                ["order.cancelled", "fulfillment.#", "shipment.#", "order.reroute", "order.release", "pickup.#"]
            )
            + bindings(inboundExchange, .stock, ["stock.#", "location.#"])
            + bindings(inboundExchange, .reservation, ["reservation.#"])
            + bindings(workExchange, .sourcing, ["source", "wake", "promise"])
            + bindings(workExchange, .invoicing, ["invoice"])
            + bindings(workExchange, .availability, ["availability"])
            + bindings(eventsExchange, .mailing, mailedEvents.map(\.rawValue))
    }()
}
