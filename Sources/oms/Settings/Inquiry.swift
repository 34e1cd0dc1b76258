internal import Foundation
internal import Messages
internal import RabbitMQ

/// A message to the workers whose answer is waited for.
enum Inquiry {
    enum Answer: Sendable {
        case accepted
        case refused(code: String, sentence: String)
        /// Nobody answered in time.
        case silence
    }

    /// Publishes the message with a queue of its own for the reply, which the broker drops if this process dies.
    static func send(_ message: some InboundBody, settings: Settings, within limit: Duration) async throws -> Answer {
        let queue = "oms.reply.\(UUID().uuidString)"
        let publisher = try await settings.publisher()
        let unused: [String: FieldValue] = ["x-queue-type": "classic", "x-expires": .int(7_200_000)]
        try await publisher.declare(Topology(queues: [Topology.Queue(name: queue, durable: true, arguments: unused)]))
        let answer = try await ask(message, publisher: publisher, queue: queue, settings: settings, within: limit)
        _ = try await publisher.delete(queue: queue)
        await publisher.close()
        return answer
    }

    private static func ask(
        _ message: some InboundBody,
        publisher: Publisher,
        queue: String,
        settings: Settings,
        within limit: Duration
    ) async throws -> Answer {
        let consumer = try await Consumer.connect(
            try settings.broker(name: "oms command"),
            queue: queue,
            prefetch: 1,
            logger: Logging.quiet
        )
        var properties = MessageProperties()
        properties.contentType = "application/json"
        properties.type = message.type.rawValue
        properties.messageID = UUID().uuidString
        properties.replyTo = queue
        properties.correlationID = message.senderID
        let request = OutgoingMessage(
            exchange: BrokerTopology.inboundExchange,
            routingKey: message.type.rawValue,
            mandatory: true,
            properties: properties,
            body: message.json()
        )
        guard try await publisher.publish([request]).first == .confirmed else {
            throw CommandFailure.fault("the request was not taken: has `oms topology apply` run?")
        }
        let bodies = try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
            group.addTask { try await consumer.nextBatch(maxMessages: 1, maxBytes: 1 << 20).map(\.body) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return []
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
        await consumer.close()
        guard let body = bodies.first else { return .silence }
        let reply = try JSONDecoder().decode(ReplyBody.self, from: Data(body))
        return reply.accepted ? .accepted : .refused(code: reply.code ?? "", sentence: reply.message ?? "")
    }

    private struct ReplyBody: Decodable {
        var accepted: Bool
        var code: String?
        var message: String?
    }
}
