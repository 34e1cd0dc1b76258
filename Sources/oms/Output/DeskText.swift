internal import Commerce
internal import Foundation
internal import Messages
internal import Store

/// Desk entries in words, and as messages again.
enum DeskText {
    static func line(_ row: DeskStore.Row) -> String {
        let entry = row.entry
        let order = entry.channel.map { " \(Terminal.safe($0))/\(Terminal.safe(entry.orderID ?? ""))" } ?? ""
        let state = row.status == .open ? "" : row.status == .retried ? " (retried)" : " (dropped)"
        return "\(String(row.key).leftPadded(6)) \(entry.receivedAt.rfc3339.prefix(19))Z \(Terminal.safe(entry.type)) \(entry.code)"
            + "\(entry.path.map { " \(Terminal.safe($0))" } ?? "")\(order)\(state)\n       \(Terminal.safe(entry.message))"
    }

    static func page(_ row: DeskStore.Row) -> [String] {
        let entry = row.entry
        return [
            line(row),
            "       queue \(Terminal.safe(entry.queue)), message id \(Terminal.safe(entry.messageID ?? "none"))",
            "       \(Terminal.safe(entry.headers))",
            "",
            Terminal.lines(String(decoding: entry.body.prefix(20_000), as: UTF8.self)),
        ]
    }

    static func json(_ row: DeskStore.Row, withBody: Bool) -> String {
        let entry = row.entry
        var json = JSONWriter()
        json.beginObject()
        json.member("number", row.key)
        json.member("status", row.status == .open ? "open" : row.status == .retried ? "retried" : "dropped")
        json.member("receivedAt", entry.receivedAt)
        json.member("queue", entry.queue)
        json.member("type", entry.type)
        json.member("code", entry.code)
        json.member("path", optional: entry.path)
        json.member("message", entry.message)
        json.member("messageId", optional: entry.messageID)
        json.member("channel", optional: entry.channel)
        json.member("orderId", optional: entry.orderID)
        if withBody {
            json.key("headers")
            json.raw(Array(entry.headers.utf8))
            if let text = String(validating: entry.body, as: UTF8.self) {
                json.member("body", text)
            } else {
                json.member("bodyBase64", Data(entry.body).base64EncodedString())
            }
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// The message again: to the queue that refused it; what no queue wanted goes to the inbound exchange.
    static func message(_ entry: DeskStore.Entry) -> OutboxMessage {
        let properties = (try? JSONSerialization.jsonObject(with: Data(entry.headers.utf8))) as? [String: Any] ?? [:]
        let isUnrouted = entry.queue == BrokerTopology.deadQueue
        return OutboxMessage(
            exchange: isUnrouted ? BrokerTopology.inboundExchange : "",
            routingKey: isUnrouted ? entry.type : entry.queue,
            mandatory: !isUnrouted,
            contentType: properties["contentType"] as? String ?? "application/json",
            type: entry.type,
            messageID: entry.messageID ?? "",
            correlationID: properties["correlationId"] as? String,
            replyTo: properties["replyTo"] as? String,
            headers: [RetryHeader.attempt: .integer(1), RetryHeader.routingKey: .text(entry.type)],
            body: entry.body
        )
    }
}
