/// A message from a queue, to be acknowledged or rejected on the ``Consumer`` it came from.
package struct Delivery: Sendable {
    /// The broker's number of this delivery, counted per session.
    package var tag: UInt64
    /// The session it came in; an acknowledgement of another session's delivery is without effect, since the broker has already requeued it.
    package var session: UInt64
    /// The queue it was taken from.
    package var queue: String
    /// Where it was published, or the dead-letter exchange it came through.
    package var exchange: String
    /// What it was published with.
    package var routingKey: String
    /// Whether it was delivered before, to anybody.
    package var redelivered: Bool
    /// What travels beside the body.
    package var properties: MessageProperties
    /// The body, as published.
    package var body: [UInt8]

    /// A delivery of the given parts, as tests need them.
    package init(
        tag: UInt64,
        session: UInt64,
        queue: String,
        exchange: String,
        routingKey: String,
        redelivered: Bool = false,
        properties: MessageProperties,
        body: [UInt8]
    ) {
        self.tag = tag
        self.session = session
        self.queue = queue
        self.exchange = exchange
        self.routingKey = routingKey
        self.redelivered = redelivered
        self.properties = properties
        self.body = body
    }

    /// How often a quorum queue delivered it before without an acknowledgement (`x-delivery-count`); 0 on the first delivery.
    package var deliveryCount: Int {
        guard case .int(let count) = properties.headers["x-delivery-count"] else { return 0 }
        return Int(clamping: count)
    }
}
