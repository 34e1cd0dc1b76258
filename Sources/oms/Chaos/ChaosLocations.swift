internal import Messages
internal import RabbitMQ
internal import Simulation
internal import Synchronization

/// The warehouses of a chaos run: they ship what they are asked to, some parcels twice told, and say so until it is confirmed.
///
/// A request is acknowledged when what the warehouse says about it is confirmed, never before: it may be asked again, and says the same.
final class ChaosLocations: Sendable {
    static let queue = "oms.chaos.locations"

    static let topology = Topology(
        queues: [Topology.Queue(name: queue)],
        bindings: [
            Topology.Binding(exchange: BrokerTopology.eventsExchange, destination: .queue(queue), routingKey: "fulfillment.requested.#")
        ]
    )

    private let configuration: BrokerConfiguration
    private let heard = Mutex<Set<String>>([])

    init(_ configuration: BrokerConfiguration) { self.configuration = configuration }

    /// The parcels it was asked for so far, by fulfillment id.
    var requested: Set<String> { heard.withLock { $0 } }

    /// Works until its task is cancelled.
    func work() async {
        var backoff = Backoff()
        while !Task.isCancelled {
            do {
                let publisher = try await Publisher.connect(configuration, logger: Logging.quiet)
                defer { Task { await publisher.close() } }
                try await publisher.declare(Self.topology)
                let consumer = try await Consumer.connect(configuration, queue: Self.queue, prefetch: 400, logger: Logging.quiet)
                defer { Task { await consumer.close() } }
                backoff = Backoff()
                while !Task.isCancelled {
                    let deliveries = try await consumer.nextBatch(maxMessages: 200, maxBytes: 4 << 20)
                    guard try await answer(deliveries, publisher) else { break }
                    try await consumer.ack(deliveries)
                }
            } catch {
                try? await Task.sleep(for: backoff.next())
            }
        }
    }

    /// Gives whether everything said was confirmed.
    private func answer(_ deliveries: [Delivery], _ publisher: Publisher) async throws -> Bool {
        guard !deliveries.isEmpty else { return true }
        var dispatched: [OutgoingMessage] = []
        var delivered: [OutgoingMessage] = []
        for delivery in deliveries {
            let event = try ReceivedEvent(json: delivery.body)
            guard let id = event.fulfillmentID else { continue }
            heard.withLock { _ = $0.insert(id) }
            let lines = event.lines.map { LineQuantity(lineID: $0.lineID, quantity: $0.quantity) }
            for shipment in LocationPlayer(secondsToDelivery: 1...1).shipments(of: id, lines, at: event.time) {
                dispatched.append(BenchStage.message(shipment.dispatched.type, shipment.dispatched.body))
                delivered.append(BenchStage.message(shipment.delivered.type, shipment.delivered.body))
            }
        }
        let outcomes = try await publisher.publish(dispatched.shuffled() + delivered)
        return outcomes.allSatisfy { $0 == .confirmed }
    }
}
