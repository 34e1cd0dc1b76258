extension OutgoingMessage {
    /// Refuses what the wire cannot carry, before a byte of its batch is sent: the broker would close the connection over it, and
    /// take every other message in flight along.
    func validate(frameMax: Int) throws(BrokerError) {
        try requireShort(exchange, "exchange")
        try requireShort(routingKey, "routing key")
        try requireShort(properties.contentType, "content type")
        try requireShort(properties.contentEncoding, "content encoding")
        try requireShort(properties.type, "type")
        try requireShort(properties.messageID, "message id")
        try requireShort(properties.correlationID, "correlation id")
        try requireShort(properties.replyTo, "reply-to")
        try requireShort(properties.expiration, "expiration")
        if let expiration = properties.expiration, UInt32(expiration) == nil {
            throw .invalidMessage("its expiration is not a number of milliseconds")
        }
        guard !properties.headers.isEmpty else { return }
        guard properties.headers.isEncodable() else {
            throw .invalidMessage("a header's name is longer than 255 bytes, or headers are nested too deep")
        }
        // The whole header must fit into one frame; 2,048 bytes are more than all other properties together take.
        guard properties.headers.encodedSize + 2_048 <= frameMax else { throw .invalidMessage("its headers are larger than a frame") }
    }

    private func requireShort(_ value: String?, _ what: String) throws(BrokerError) {
        guard let value, value.utf8.count > 255 else { return }
        throw .invalidMessage("its \(what) is longer than 255 bytes")
    }
}
