internal import CRabbitMQ

// AMQP 0-9-1 section 4.2.3: a frame is type, channel, length, payload and an end octet.
extension OutputBuffer {
    private static let frameEnd: UInt8 = 0xCE
    /// Type, channel, length and end octet.
    static let frameOverhead = 8

    mutating func appendHeartbeat() {
        append(UInt8(AMQP_FRAME_HEARTBEAT))
        append(UInt16(0))
        append(UInt32(0))
        append(Self.frameEnd)
    }

    /// A method frame; `arguments` writes what follows the method's number.
    mutating func appendMethod(_ id: amqp_method_number_t, channel: UInt16, _ arguments: (inout OutputBuffer) -> Void = { _ in }) {
        append(UInt8(AMQP_FRAME_METHOD))
        append(channel)
        let length = mark()
        append(id)
        arguments(&self)
        close(length)
        append(Self.frameEnd)
    }

    /// `basic.publish` with its header and as many body frames as it takes.
    mutating func appendPublish(_ message: OutgoingMessage, channel: UInt16, maxPayload: Int) {
        appendMethod(AMQP_BASIC_PUBLISH_METHOD, channel: channel) { frame in
            frame.append(UInt16(0))
            frame.appendShortString(message.exchange)
            frame.appendShortString(message.routingKey)
            frame.append(message.mandatory ? 1 : 0 as UInt8)
        }
        append(UInt8(AMQP_FRAME_HEADER))
        append(channel)
        let length = mark()
        append(UInt16(AMQP_BASIC_CLASS))
        append(UInt16(0))
        append(UInt64(message.body.count))
        appendProperties(message.properties)
        close(length)
        append(Self.frameEnd)
        message.body.withUnsafeBytes { body in
            var rest = body[...]
            while !rest.isEmpty {
                let piece = rest.prefix(maxPayload)
                append(UInt8(AMQP_FRAME_BODY))
                append(channel)
                append(UInt32(piece.count))
                append(UnsafeRawBufferPointer(rebasing: piece))
                append(Self.frameEnd)
                rest = rest.dropFirst(piece.count)
            }
        }
    }

    private mutating func appendProperties(_ properties: MessageProperties) {
        append(properties.flags)
        if let contentType = properties.contentType { appendShortString(contentType) }
        if let contentEncoding = properties.contentEncoding { appendShortString(contentEncoding) }
        if !properties.headers.isEmpty { appendTable(properties.headers) }
        append(properties.persistent ? 2 : 1 as UInt8)
        if let correlationID = properties.correlationID { appendShortString(correlationID) }
        if let replyTo = properties.replyTo { appendShortString(replyTo) }
        if let expiration = properties.expiration { appendShortString(expiration) }
        if let messageID = properties.messageID { appendShortString(messageID) }
        if let timestamp = properties.timestamp { append(timestamp) }
        if let type = properties.type { appendShortString(type) }
    }
}

extension MessageProperties {
    /// Which properties follow, one bit each, in the order in which they follow.
    fileprivate var flags: UInt16 {
        var flags = AMQP_BASIC_DELIVERY_MODE_FLAG
        if contentType != nil { flags |= AMQP_BASIC_CONTENT_TYPE_FLAG }
        if contentEncoding != nil { flags |= AMQP_BASIC_CONTENT_ENCODING_FLAG }
        if !headers.isEmpty { flags |= AMQP_BASIC_HEADERS_FLAG }
        if correlationID != nil { flags |= AMQP_BASIC_CORRELATION_ID_FLAG }
        if replyTo != nil { flags |= AMQP_BASIC_REPLY_TO_FLAG }
        if expiration != nil { flags |= AMQP_BASIC_EXPIRATION_FLAG }
        if messageID != nil { flags |= AMQP_BASIC_MESSAGE_ID_FLAG }
        if timestamp != nil { flags |= AMQP_BASIC_TIMESTAMP_FLAG }
        if type != nil { flags |= AMQP_BASIC_TYPE_FLAG }
        return UInt16(truncatingIfNeeded: flags)
    }
}
