internal import Foundation
internal import Messages
internal import RabbitMQ

/// Somebody outside with a queue of their own: for events of a kind, or for replies.
final class BenchListener: Sendable {
    let queue: String
    private let stage: BenchStage
    private let consumer: Consumer

    /// - Parameter events: binds the queue to these events; `nil`: for replies only.
    init(stage: BenchStage, events key: String? = nil) async throws {
        let queue = "oms.bench.\(UUID().uuidString)"
        let binding = key.map { Topology.Binding(exchange: BrokerTopology.eventsExchange, destination: .queue(queue), routingKey: $0) }
        try await stage.publisher.declare(
            Topology(
                queues: [Topology.Queue(name: queue, durable: true, arguments: ["x-queue-type": "classic"])],
                bindings: binding.map { [$0] } ?? []
            )
        )
        consumer = try await Consumer.connect(
            try stage.settings.broker(name: "oms bench"),
            queue: queue,
            prefetch: 1_000,
            logger: Logging.quiet
        )
        self.stage = stage
        self.queue = queue
    }

    /// The next deliveries, for `read`, and acknowledged after it; `false` once it is stopped and nothing is left.
    func next(_ read: ([Delivery]) async throws -> Void) async throws -> Bool {
        let deliveries = try await consumer.nextBatch(maxMessages: 500, maxBytes: 8 << 20)
        guard !deliveries.isEmpty else { return false }
        try await read(deliveries)
        try await consumer.ack(deliveries)
        return true
    }

    /// Reads deliveries until there were so many, none of them looked at.
    ///
    /// - Throws: where none comes for a minute.
    func hear(_ count: Int, _ what: String) async throws {
        let heard = HeardCount()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while heard.count < count, try await self.next({ heard.add($0.count) }) {}
            }
            group.addTask {
                var last = -1
                while heard.count != last {
                    last = heard.count
                    try await Task.sleep(for: .seconds(60))
                }
                throw CommandFailure.fault("the benchmark stalls: \(what) stay at \(last) of \(count)")
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    func stop() async { await consumer.stopConsuming() }

    func close() async throws {
        await consumer.close()
        _ = try await stage.publisher.delete(queue: queue)
    }
}
