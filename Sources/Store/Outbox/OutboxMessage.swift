/// A header of ours: a number or a text.
package enum HeaderValue: Hashable, Sendable {
    case integer(Int64)
    case text(String)
}

/// A message owed to the broker: what is kept beside the state it tells of until the broker has confirmed it.
package struct OutboxMessage: Hashable, Sendable {
    package var exchange: String
    package var routingKey: String
    /// Whether a queue must take it; one that no queue took stays owed.
    package var mandatory: Bool
    package var contentType: String
    /// The AMQP `type` property: the message's type.
    package var type: String
    package var messageID: String
    package var correlationID: String?
    package var replyTo: String?
    package var headers: [String: HeaderValue]
    package var body: [UInt8]

    package init(
        exchange: String,
        routingKey: String,
        mandatory: Bool = false,
        contentType: String = "application/json",
        type: String,
        messageID: String,
        correlationID: String? = nil,
        replyTo: String? = nil,
        headers: [String: HeaderValue] = [:],
        body: [UInt8]
    ) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.mandatory = mandatory
        self.contentType = contentType
        self.type = type
        self.messageID = messageID
        self.correlationID = correlationID
        self.replyTo = replyTo
        self.headers = headers
        self.body = body
    }
}
