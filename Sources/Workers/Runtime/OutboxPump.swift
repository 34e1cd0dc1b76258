package import Logging
internal import RabbitMQ
package import Store

/// Publishes committed outbox rows from memory, and remembers which are confirmed, so that the lane's next transaction deletes them.
///
/// At most two rows are unconfirmed at a time: a third commit waits, so that a slow broker slows the workers down instead of
/// filling their memory. A row whose messages cannot be published stays; the relay sends it later.
package actor OutboxPump {
    private struct Submission: Sendable {
        var key: Int64
        var messages: [OutboxMessage]
    }

    private static let maximumUnconfirmed = 2

    private let link: BrokerLink
    private let logger: Logger
    private let submissions: AsyncStream<Submission>
    private let continuation: AsyncStream<Submission>.Continuation
    private var unconfirmed = 0
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private var confirmed: [Int64] = []

    package init(link: BrokerLink, logger: Logger) {
        self.link = link
        self.logger = logger
        (submissions, continuation) = AsyncStream.makeStream()
    }

    /// Publishes until ``finish()``, then what is left.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await submission in submissions {
                group.addTask { await self.publish(submission) }
            }
        }
    }

    /// No submission comes after this.
    package func finish() { continuation.finish() }

    /// Waits for room: fewer than two unconfirmed rows.
    package func room() async {
        while unconfirmed >= Self.maximumUnconfirmed {
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    /// Publishes the messages of a committed row.
    package func submit(key: Int64, messages: [OutboxMessage]) {
        unconfirmed += 1
        continuation.yield(Submission(key: key, messages: messages))
    }

    /// Keys of rows that are confirmed and may be deleted; whoever takes them deletes them, or gives them back.
    package func takeConfirmed() -> [Int64] {
        defer { confirmed.removeAll(keepingCapacity: true) }
        return confirmed
    }

    package func giveBack(_ keys: [Int64]) { confirmed.append(contentsOf: keys) }

    private func publish(_ submission: Submission) async {
        do {
            let publisher = try await link.publisher()
            if try await publisher.deliver(submission.messages, logger: logger) { confirmed.append(submission.key) }
        } catch {
            logger.notice("outbox row left to the relay", metadata: ["outbox.key": "\(submission.key)", "error": "\(error)"])
        }
        unconfirmed -= 1
        let waiting = waiters
        waiters.removeAll()
        for waiter in waiting { waiter.resume() }
    }
}

extension Publisher {
    /// Publishes the messages of an outbox row. Gives whether nothing of it is owed any more: everything is confirmed, and what must
    /// have a queue found one.
    package func deliver(_ messages: [OutboxMessage], logger: Logger) async throws -> Bool {
        let outcomes = try await publish(messages.map(OutgoingMessage.init))
        var settled = true
        for (message, outcome) in zip(messages, outcomes) where outcome != .confirmed {
            // Where nobody is bound, an event or a reply is simply not heard.
            if outcome == .unroutable, !message.mandatory { continue }
            settled = false
            logger.warning(
                "message not taken by the broker",
                metadata: ["exchange": "\(message.exchange)", "routing.key": "\(message.routingKey)", "outcome": "\(outcome)"]
            )
        }
        return settled
    }
}

extension OutgoingMessage {
    init(_ message: OutboxMessage) {
        var properties = MessageProperties()
        properties.contentType = message.contentType
        properties.type = message.type
        properties.messageID = message.messageID
        properties.correlationID = message.correlationID
        properties.replyTo = message.replyTo
        properties.headers = message.headers.mapValues { value in
            switch value {
            case .integer(let number): .int(number)
            case .text(let text): .string(text)
            }
        }
        self.init(
            exchange: message.exchange,
            routingKey: message.routingKey,
            mandatory: message.mandatory,
            properties: properties,
            body: message.body
        )
    }
}
