/// The properties that travel beside a message's body. Strings are at most 255 bytes of UTF-8.
package struct MessageProperties: Sendable, Hashable {
    /// The media type of the body.
    package var contentType: String?
    /// How the body is packed, such as `gzip`.
    package var contentEncoding: String?
    /// What kind of message it is.
    package var type: String?
    /// The sender's id of the message.
    package var messageID: String?
    /// What a reply repeats.
    package var correlationID: String?
    /// The queue that a reply goes to.
    package var replyTo: String?
    /// Seconds since 1970, as AMQP has it.
    package var timestamp: UInt64?
    /// Whether the message survives the broker's restart. Quorum queues keep every message.
    package var persistent: Bool
    /// Milliseconds, in decimal digits, after which an unread message is dropped or dead-lettered.
    package var expiration: String?
    /// Free fields; the broker adds its own, such as `x-death` and `x-delivery-count`.
    package var headers: [String: FieldValue]

    /// Properties of a persistent message without any other property, unless said otherwise.
    package init(
        contentType: String? = nil,
        contentEncoding: String? = nil,
        type: String? = nil,
        messageID: String? = nil,
        correlationID: String? = nil,
        replyTo: String? = nil,
        timestamp: UInt64? = nil,
        persistent: Bool = true,
        expiration: String? = nil,
        headers: [String: FieldValue] = [:]
    ) {
        self.contentType = contentType
        self.contentEncoding = contentEncoding
        self.type = type
        self.messageID = messageID
        self.correlationID = correlationID
        self.replyTo = replyTo
        self.timestamp = timestamp
        self.persistent = persistent
        self.expiration = expiration
        self.headers = headers
    }
}
