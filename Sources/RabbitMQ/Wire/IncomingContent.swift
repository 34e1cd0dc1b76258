internal import CRabbitMQ

/// A message as it comes in: a method (`basic.deliver` or `basic.return`), a header, and the body in as many frames as it takes.
/// Each byte is copied once, out of the library's memory.
struct IncomingContent {
    /// What was announced by the method.
    struct Head {
        var isReturn = false
        var consumer = ""
        var tag: UInt64 = 0
        var redelivered = false
        var exchange = ""
        var routingKey = ""
    }

    private(set) var head = Head()
    private(set) var properties = MessageProperties()
    private(set) var body: [UInt8] = []
    private var missing = 0
    private var consumerTag = RecurringText()
    private var exchange = RecurringText()
    private var routingKey = RecurringText()

    /// Begins a message with its method, which must be one of the two.
    mutating func begin(_ method: amqp_method_t) {
        if method.id == AMQP_BASIC_DELIVER_METHOD {
            let deliver = method.decoded.assumingMemoryBound(to: amqp_basic_deliver_t.self).pointee
            head = Head(
                isReturn: false,
                consumer: consumerTag.string(deliver.consumer_tag),
                tag: deliver.delivery_tag,
                redelivered: deliver.redelivered != 0,
                exchange: exchange.string(deliver.exchange),
                routingKey: routingKey.string(deliver.routing_key)
            )
        } else {
            let returned = method.decoded.assumingMemoryBound(to: amqp_basic_return_t.self).pointee
            head = Head(isReturn: true, exchange: exchange.string(returned.exchange), routingKey: routingKey.string(returned.routing_key))
        }
    }

    /// Takes a header or body frame; true when the message is whole.
    mutating func take(_ frame: amqp_frame_t) -> Bool {
        if Int32(frame.frame_type) == AMQP_FRAME_HEADER {
            let header = frame.payload.properties
            properties = MessageProperties(header.decoded.assumingMemoryBound(to: amqp_basic_properties_t.self).pointee)
            missing = Int(clamping: header.body_size)
            body = []
            return missing == 0
        }
        let piece = UnsafeRawBufferPointer(start: frame.payload.body_fragment.bytes, count: frame.payload.body_fragment.len)
        if body.isEmpty, piece.count < missing { body.reserveCapacity(min(missing, 128 << 20)) }
        body.append(contentsOf: piece)
        missing -= piece.count
        return missing <= 0
    }
}

/// A string that mostly repeats, such as the exchange of a queue's messages: made once as long as the bytes stay the same.
private struct RecurringText {
    private var last = ""

    mutating func string(_ bytes: amqp_bytes_t) -> String {
        let raw = UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len)
        if last.utf8.count != raw.count || !last.utf8.elementsEqual(raw) { last = String(decoding: raw, as: UTF8.self) }
        return last
    }
}
