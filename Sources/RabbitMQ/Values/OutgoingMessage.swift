/// A message to publish.
package struct OutgoingMessage: Sendable, Hashable {
    /// The exchange; empty for the default one, whose routing key is a queue's name.
    package var exchange: String
    /// At most 255 bytes of UTF-8.
    package var routingKey: String
    /// Whether a message that no queue takes is told as ``PublishOutcome/unroutable`` instead of being dropped in silence.
    package var mandatory: Bool
    /// What travels beside the body.
    package var properties: MessageProperties
    /// The body, never looked into.
    package var body: [UInt8]

    /// A mandatory, persistent message unless said otherwise.
    package init(
        exchange: String,
        routingKey: String,
        mandatory: Bool = true,
        properties: MessageProperties = MessageProperties(),
        body: [UInt8]
    ) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.mandatory = mandatory
        self.properties = properties
        self.body = body
    }
}

/// What became of one published message.
package enum PublishOutcome: Sendable, Hashable {
    /// The broker has it: in a quorum queue, on the disks of a majority.
    case confirmed
    /// No queue took it; it is gone. Told of mandatory messages only.
    case unroutable
    /// The broker said no, for instance because a queue is full and rejects what comes.
    case refused
}
