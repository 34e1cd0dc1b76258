internal import Logging
internal import Messages
internal import RabbitMQ

/// The play's own queue: requests to the played locations, and answers to what was sent.
///
/// It is deleted at the end; after a crash the broker deletes it once nobody has listened for ten minutes.
struct PlayQueue: Sendable {
    let name: String
    private let configuration: BrokerConfiguration

    /// Hears what locations are asked.
    static func declare(_ name: String, locations: [String], publisher: Publisher, configuration: BrokerConfiguration) async throws
        -> PlayQueue
    {
        let keys = [EventType.fulfillmentRequested, .fulfillmentCancelled]
        let routingKeys = locations.flatMap { location in keys.map { "\($0.rawValue).\(location)" } }
        return try await declare(name, routingKeys: routingKeys, publisher: publisher, configuration: configuration)
    }

    /// Hears the events with these routing keys.
    static func declare(_ name: String, routingKeys: [String], publisher: Publisher, configuration: BrokerConfiguration) async throws
        -> PlayQueue
    {
        try await publisher.declare(
            Topology(
                queues: [Topology.Queue(name: name, durable: false, arguments: ["x-expires": 600_000])],
                bindings: routingKeys.map {
                    Topology.Binding(exchange: BrokerTopology.eventsExchange, destination: .queue(name), routingKey: $0)
                }
            )
        )
        return PlayQueue(name: name, configuration: configuration)
    }

    /// Listens until its task is cancelled.
    func listen(_ hear: @Sendable ([Delivery]) async -> Void) async throws {
        let consumer = try await Consumer.connect(configuration, queue: name, prefetch: 1_000, logger: Logging.quiet)
        do {
            while !Task.isCancelled {
                let deliveries = try await consumer.nextBatch(maxMessages: 500, maxBytes: 4 << 20)
                guard !deliveries.isEmpty else { continue }
                await hear(deliveries)
                try await consumer.ack(deliveries)
            }
        } catch {
            await consumer.close()
            throw error
        }
        await consumer.close()
    }
}
