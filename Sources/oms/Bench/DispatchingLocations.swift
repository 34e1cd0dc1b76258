internal import Foundation
internal import Messages
internal import RabbitMQ

/// Locations that ship whatever they are asked to, whole, at once.
final class DispatchingLocations: Sendable {
    private let stage: BenchStage
    private let queue: String
    private let consumer: Consumer

    init(stage: BenchStage) async throws {
        self.stage = stage
        queue = "oms.bench.\(UUID().uuidString)"
        try await stage.publisher.declare(
            Topology(
                queues: [Topology.Queue(name: queue, durable: true, arguments: ["x-queue-type": "classic"])],
                bindings: [
                    Topology.Binding(
                        exchange: BrokerTopology.eventsExchange,
                        destination: .queue(queue),
                        routingKey: "fulfillment.requested.#"
                    )
                ]
            )
        )
        consumer = try await Consumer.connect(
            try stage.settings.broker(name: "oms bench"),
            queue: queue,
            prefetch: 1_000,
            logger: Logging.quiet
        )
    }

    func run() async throws {
        while true {
            let deliveries = try await consumer.nextBatch(maxMessages: 500, maxBytes: 8 << 20)
            guard !deliveries.isEmpty else { break }
            let messages = try deliveries.map { delivery in
                let event = try ReceivedEvent(json: delivery.body)
                let dispatched = ShipmentDispatched(
                    fulfillmentID: event.fulfillmentID ?? "",
                    shipmentID: "S1",
                    carrier: "Bench Parcel",
                    trackingNumber: event.fulfillmentID ?? "",
                    trackingURL: nil,
                    lines: event.lines.map { LineQuantity(lineID: $0.lineID, quantity: $0.quantity) },
                    occurredAt: event.time
                )
                return BenchStage.message("shipment.dispatched", dispatched.json())
            }
            _ = try await stage.publisher.publish(messages)
            try await consumer.ack(deliveries)
        }
        await consumer.close()
        _ = try await stage.publisher.delete(queue: queue)
    }

    func stop() async { await consumer.stopConsuming() }
}
