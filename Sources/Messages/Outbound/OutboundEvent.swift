package import Commerce

/// One event, ready to be stored in the outbox and published to `oms.events`.
package struct OutboundEvent: Hashable, Sendable {
    package static let exchange = "oms.events"
    package static let contentType = "application/cloudevents+json"

    package var type: EventType
    package var routingKey: String
    /// Unique, at most 255 bytes, the same over every redelivery; also the AMQP `message_id`.
    package var id: String
    /// The whole CloudEvents 1.0 structured JSON.
    package var body: [UInt8]

    package init(type: EventType, routingKey: String, id: String, body: [UInt8]) {
        self.type = type
        self.routingKey = routingKey
        self.id = id
        self.body = body
    }

    /// An event of one order: its id derives from the order and its place among the order's events.
    package init(_ data: some OrderEventData, sequence: Int64, time: Timestamp, role: EventRole) {
        let id = EventID.order(channel: data.channel, orderID: data.orderID, sequence: sequence)
        self.init(data, id: id, sequence: sequence, time: time, role: role)
    }

    /// Any event.
    ///
    /// - Parameters:
    ///   - id: from `EventID`, or any other text that is unique for ever and derives from what happened.
    ///   - sequence: the event's place among its order's events; `nil` where it is not an order's.
    package init(_ data: some EventData, id: String, sequence: Int64? = nil, time: Timestamp, role: EventRole) {
        var json = JSONWriter()
        json.beginObject()
        json.member("specversion", "1.0")
        json.member("id", id)
        json.member("source", "/oms/" + role.rawValue)
        json.member("type", data.type.rawValue)
        json.member("subject", data.subject)
        json.member("time", time)
        json.member("datacontenttype", "application/json")
        if let sequence { json.member("sequence", EventID.sequence(sequence)) }
        json.key("data")
        data.write(to: &json)
        json.endObject()
        self.init(type: data.type, routingKey: data.routingKey, id: id, body: json.bytes)
    }
}

/// How events get their ids.
package enum EventID {
    /// The longest id: AMQP's short string.
    package static let maximumBytes = 255

    /// `<channel>/<orderId>/<sequence>`. The channel has no slash and the sequence is digits, so no two orders share an id.
    package static func order(channel: String, orderID: String, sequence: Int64) -> String {
        bounded("\(channel)/\(orderID)/\(Self.sequence(sequence))")
    }

    /// The number of an order's event as the contract writes it: 10 digits.
    package static func sequence(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
    }

    /// The id of `message.rejected`: from the sender's message id, or from the content where it gave none, so that the repetition of a refused message is
    /// recognizable.
    package static func rejection(type: String, messageID: String?, body: [UInt8]) -> String {
        if let messageID, !messageID.isEmpty { return bounded("rejected/id/\(messageID)") }
        return "rejected/body/" + SHA256.hexDigest(Array(type.utf8) + [UInt8(ascii: "\n")] + body)
    }

    /// `<kind>/<thing>/<number>` for what is not an order's, e.g. the version of a SKU's stock.
    package static func thing(_ kind: String, _ thing: String, _ number: Int64) -> String {
        bounded("\(kind)/\(thing)/\(number)")
    }

    /// The id itself, or its digest where it is too long for AMQP.
    package static func bounded(_ id: String) -> String {
        id.utf8.count <= maximumBytes ? id : "sha256/" + SHA256.hexDigest(Array(id.utf8))
    }
}
