internal import Commerce
internal import Messages
internal import RabbitMQ
internal import Store

/// What outcomes other than success come to: desk entries, retries, replies. All of it goes through the outbox, so that the delivery
/// can be acknowledged as soon as the transaction is committed.
struct Settlement<Item: Sendable>: Sendable {
    var queue: String
    var plan: RetryPlan
    var role: EventRole
    var refused: [DeskStore.Entry] = []
    var messages: [OutboxMessage] = []

    init(queue: String, plan: RetryPlan, role: EventRole) {
        self.queue = queue
        self.plan = plan
        self.role = role
    }

    var isEmpty: Bool { refused.isEmpty && messages.isEmpty }

    mutating func add(_ outcome: Outcome, of message: ReceivedMessage<Item>, subject: MessageSubject, now: Timestamp) {
        switch outcome {
        case .done(let id):
            if let id { reply(to: message, .accepted(id: id)) }
        case .answer(let answer):
            reply(to: message, answer)
        case .refuse(let refusal):
            refuse(message, refusal, subject: subject, now: now)
        case .retry(let refusal):
            let attempts = message.delivery.attempts + 1
            guard let delay = plan.delay(afterAttempt: attempts) else {
                refuse(message, refusal, subject: subject, now: now)
                return
            }
            retry(message, exchange: delay.exchange, attempts: attempts)
        }
    }

    private mutating func refuse(_ message: ReceivedMessage<Item>, _ refusal: MessageRefusal, subject: MessageSubject, now: Timestamp) {
        let delivery = message.delivery
        refused.append(
            DeskStore.Entry(
                receivedAt: message.receivedAt,
                queue: delivery.death?.queue ?? queue,
                type: message.type,
                code: refusal.code.rawValue,
                path: refusal.path,
                message: refusal.message,
                messageID: delivery.properties.messageID,
                channel: subject.channel,
                orderID: subject.orderID,
                headers: DeskHeaders.json(of: delivery),
                body: delivery.body
            )
        )
        let event = OutboundEvent(
            Event.MessageRejected(
                rejectedType: message.type,
                refusal: refusal,
                messageID: delivery.properties.messageID,
                channel: subject.channel,
                orderID: subject.orderID
            ),
            id: EventID.rejection(type: message.type, messageID: delivery.properties.messageID, body: delivery.body),
            time: now,
            role: role
        )
        messages.append(OutboxMessage(event))
        reply(to: message, .refused(refusal))
    }

    private mutating func reply(to message: ReceivedMessage<Item>, _ reply: Reply) {
        guard let address = message.delivery.properties.replyTo, !address.isEmpty else { return }
        messages.append(
            OutboxMessage(
                exchange: "",
                routingKey: address,
                type: "reply",
                messageID: message.delivery.properties.messageID.map { EventID.bounded("reply/\($0)") } ?? "reply",
                correlationID: message.delivery.properties.correlationID,
                body: reply.json()
            )
        )
    }

    /// A copy for the retry queue, from where the routing key, this queue's name, leads it back.
    private mutating func retry(_ message: ReceivedMessage<Item>, exchange: String, attempts: Int) {
        let properties = message.delivery.properties
        messages.append(
            OutboxMessage(
                exchange: exchange,
                routingKey: queue,
                mandatory: true,
                contentType: properties.contentType ?? "application/json",
                type: properties.type ?? message.type,
                messageID: properties.messageID ?? "",
                correlationID: properties.correlationID,
                replyTo: properties.replyTo,
                headers: [
                    RetryHeader.attempt: .integer(Int64(attempts)),
                    RetryHeader.routingKey: .text(message.type),
                    RetryHeader.exchange: .text(message.delivery.exchange),
                ],
                body: message.delivery.body
            )
        )
    }
}
