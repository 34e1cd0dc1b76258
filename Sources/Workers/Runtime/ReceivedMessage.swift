internal import Commerce
internal import Messages
internal import RabbitMQ

/// A delivery and what decoding made of it.
struct ReceivedMessage<Item: Sendable>: Sendable {
    var delivery: Delivery
    var type: String
    var receivedAt: Timestamp
    var content: Result<Item, MessageRefusal>
}

extension Delivery {
    /// Failed tries so far, by our own count: the broker's is no use once a message went through a retry queue.
    var attempts: Int {
        guard case .int(let attempts)? = properties.headers[RetryHeader.attempt], attempts >= 0 else { return 0 }
        return Int(clamping: attempts)
    }

    /// The routing key is the message's type, unless a retry queue put the work queue's name there.
    var messageType: String {
        if case .string(let type)? = properties.headers[RetryHeader.routingKey], attempts > 0 { return type }
        return routingKey
    }

    /// Where the broker dead-lettered it last, if it did (`x-death`: the newest entry comes first).
    var death: (queue: String, exchange: String, routingKey: String?)? {
        guard case .list(let deaths)? = properties.headers["x-death"], case .table(let newest)? = deaths.first,
            case .string(let queue)? = newest["queue"], case .string(let exchange)? = newest["exchange"]
        else { return nil }
        var routingKey: String?
        if case .list(let keys)? = newest["routing-keys"], case .string(let key)? = keys.first { routingKey = key }
        return (queue, exchange, routingKey)
    }
}
