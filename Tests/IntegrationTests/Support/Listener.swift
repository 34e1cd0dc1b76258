import Logging
import RabbitMQ
import Synchronization
import TestSupport

/// Hears the events of a test's virtual host, and the replies to its messages. Goes on after the broker was away.
final class Listener: Sendable {
    struct Heard: Sendable {
        /// The AMQP message id, which is the event's id.
        var id: String
        var type: String
        var routingKey: String
        var contentType: String?
        var body: [UInt8]

        func json() throws -> JSON { try JSON(body) }
    }

    private struct State {
        var events: [Heard] = []
        /// As bytes: Swift takes canonically equivalent texts for the same.
        var ids: Set<[UInt8]> = []
        var deliveries: [[UInt8]: Int] = [:]
        var replies: [String: [JSON]] = [:]
    }

    static let eventQueue = "test.events"
    static let replyQueue = "test.replies"

    private let broker: BrokerConfiguration
    private let state = Mutex(State())
    private let consumer = Mutex<Consumer?>(nil)
    private let isStopping = Atomic<Bool>(false)

    init(_ broker: BrokerConfiguration) { self.broker = broker }

    /// - Parameters:
    ///   - keys: which events to hear.
    ///   - isReplicated: outlives the node that leads its queues.
    static func topology(hearing keys: [String], isReplicated: Bool = false) -> Topology {
        let arguments: [String: FieldValue] = ["x-queue-type": isReplicated ? "quorum" : "classic"]
        return Topology(
            queues: [eventQueue, replyQueue].map { Topology.Queue(name: $0, arguments: arguments) },
            bindings: keys.map { Topology.Binding(exchange: "oms.events", destination: .queue(eventQueue), routingKey: $0) }
        )
    }

    /// Each event once, however often it was delivered, in the order heard.
    var events: [Heard] { state.withLock(\.events) }

    var ids: Set<[UInt8]> { state.withLock(\.ids) }

    /// How often an event was delivered.
    func deliveries(of id: String) -> Int { state.withLock { $0.deliveries[Array(id.utf8)] ?? 0 } }

    func replies(to correlation: String) -> [JSON] { state.withLock { $0.replies[correlation] ?? [] } }

    func run() async {
        var backoff = Backoff()
        while !isStopping.load(ordering: .acquiring) {
            do {
                let consumer = try await Consumer.connect(
                    broker,
                    queues: [Self.eventQueue, Self.replyQueue],
                    prefetch: 2_000,
                    logger: quiet
                )
                self.consumer.withLock { $0 = consumer }
                defer { self.consumer.withLock { $0 = nil } }
                if isStopping.load(ordering: .acquiring) { return await consumer.close() }
                while true {
                    let batch = try await consumer.nextBatch(maxMessages: 500, maxBytes: 8 << 20)
                    guard !batch.isEmpty else { break }
                    try hear(batch)
                    try await consumer.ack(batch)
                }
            } catch {
                try? await Task.sleep(for: backoff.next())
            }
        }
    }

    func stop() async {
        isStopping.store(true, ordering: .releasing)
        await consumer.withLock { $0 }?.close()
    }

    private func hear(_ batch: [Delivery]) throws {
        for delivery in batch {
            if delivery.queue == Self.replyQueue {
                let reply = try JSON(delivery.body)
                state.withLock { $0.replies[delivery.properties.correlationID ?? "", default: []].append(reply) }
                continue
            }
            let heard = Heard(
                id: delivery.properties.messageID ?? "",
                type: delivery.properties.type ?? "",
                routingKey: delivery.routingKey,
                contentType: delivery.properties.contentType,
                body: delivery.body
            )
            state.withLock { state in
                state.deliveries[Array(heard.id.utf8), default: 0] += 1
                if state.ids.insert(Array(heard.id.utf8)).inserted { state.events.append(heard) }
            }
        }
    }
}

let quiet = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
