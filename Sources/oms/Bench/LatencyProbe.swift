internal import Commerce
internal import Foundation
internal import Messages
internal import RabbitMQ
internal import Simulation
internal import Synchronization

/// Measures how long an order takes from being published to being heard of as sourced, by somebody outside.
final class LatencyProbe: Sendable {
    private let stage: BenchStage
    private let queue: String
    private let consumer: Consumer
    private let placedAt: Timestamp
    private let sent = Mutex<[String: ContinuousClock.Instant]>([:])
    private let taken = Mutex<[Double]>([])

    init(stage: BenchStage, placedAt: Timestamp) async throws {
        self.stage = stage
        self.placedAt = placedAt
        queue = "oms.bench.\(UUID().uuidString)"
        try await stage.publisher.declare(
            Topology(
                queues: [Topology.Queue(name: queue, durable: true, arguments: ["x-queue-type": "classic"])],
                bindings: [
                    Topology.Binding(exchange: BrokerTopology.eventsExchange, destination: .queue(queue), routingKey: "order.sourced")
                ]
            )
        )
        consumer = try await Consumer.connect(
            try stage.settings.broker(name: "oms bench"),
            queue: queue,
            prefetch: 500,
            logger: Logging.quiet
        )
    }

    /// Gives the milliseconds of every order.
    func run(perSecond: Int, seconds: Int) async throws -> [Double] {
        async let listening: Void = listen(for: perSecond * seconds)
        var orders = BenchOrders(seed: 7, prefix: "E-", placedAt: placedAt)
        let start = ContinuousClock.now
        for number in 0..<(perSecond * seconds) {
            try await Task.sleep(until: start + .microseconds(number * 1_000_000 / perSecond))
            let id = orders.orderID(orders.number)
            let message = BenchStage.message("order.placed", orders.next())
            sent.withLock { $0[id] = .now }
            _ = try await stage.publisher.publish([message])
        }
        try await listening
        await consumer.close()
        _ = try await stage.publisher.delete(queue: queue)
        return taken.withLock { $0 }
    }

    private func listen(for count: Int) async throws {
        var heard = 0
        while heard < count {
            let deliveries = try await consumer.nextBatch(maxMessages: 100, maxBytes: 1 << 20)
            let now = ContinuousClock.now
            for delivery in deliveries {
                guard let id = try ReceivedEvent(json: delivery.body).orderID, let start = sent.withLock({ $0[id] }) else { continue }
                let (seconds, attoseconds) = (now - start).components
                taken.withLock { $0.append(Double(seconds) * 1_000 + Double(attoseconds) / 1e15) }
                heard += 1
            }
            try await consumer.ack(deliveries)
        }
    }
}
