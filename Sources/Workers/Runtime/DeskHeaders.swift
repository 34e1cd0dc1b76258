internal import Messages
internal import RabbitMQ

/// A delivery's properties and headers as JSON, for the desk: enough to publish it again as it came.
enum DeskHeaders {
    static func json(of delivery: Delivery) -> String {
        let properties = delivery.properties
        var json = JSONWriter()
        json.beginObject()
        json.member("exchange", delivery.exchange)
        json.member("routingKey", delivery.messageType)
        json.member("contentType", optional: properties.contentType)
        json.member("messageId", optional: properties.messageID)
        json.member("correlationId", optional: properties.correlationID)
        json.member("replyTo", optional: properties.replyTo)
        json.member("attempts", Int64(delivery.attempts))
        json.key("headers")
        write(.table(properties.headers), to: &json)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func write(_ value: FieldValue, to json: inout JSONWriter) {
        switch value {
        case .string(let text): json.string(text)
        case .int(let number): json.integer(number)
        case .bool(let flag): json.bool(flag)
        case .double(let number): json.double(number)
        case .bytes(let bytes): json.string(String(decoding: bytes, as: UTF8.self))
        case .timestamp(let seconds): json.integer(seconds)
        case .null: json.string("")
        case .list(let values):
            json.beginArray()
            for value in values { write(value, to: &json) }
            json.endArray()
        case .table(let table):
            json.beginObject()
            for (name, value) in table.sorted(by: { $0.key < $1.key }) {
                json.key(any: name)
                write(value, to: &json)
            }
            json.endObject()
        }
    }
}
