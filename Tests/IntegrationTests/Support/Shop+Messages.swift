import Foundation
import RabbitMQ
import TestSupport
import Testing
import Workers

extension Shop {
    /// Publishes a message to `oms.inbound`, confirmed.
    func tell(_ type: String, _ body: JSON, messageID: String? = nil) async throws {
        try await publish([message(type, Array(body.text().utf8), messageID: messageID)])
    }

    func message(
        _ type: String,
        _ body: [UInt8],
        messageID: String? = nil,
        correlationID: String? = nil,
        contentType: String = "application/json"
    ) -> OutgoingMessage {
        var properties = MessageProperties()
        properties.contentType = contentType
        properties.type = type
        properties.messageID = messageID ?? UUID().uuidString
        properties.correlationID = correlationID
        properties.replyTo = correlationID.map { _ in Listener.replyQueue }
        return OutgoingMessage(exchange: "oms.inbound", routingKey: type, mandatory: true, properties: properties, body: body)
    }

    /// Publishes, again after a fault of the connection, until every message is confirmed.
    func publish(_ messages: [OutgoingMessage], within deadline: Duration = .seconds(240)) async throws {
        try await eventually("messages are confirmed", within: deadline) {
            guard let publisher = try? await link.publisher(), let outcomes = try? await publisher.publish(messages) else { return false }
            return outcomes.allSatisfy { $0 == .confirmed }
        }
    }

    /// Publishes a message and waits for the reply: then its effect is committed, or it is refused.
    @discardableResult
    func ask(
        _ type: String,
        _ body: JSON,
        messageID: String? = nil,
        within deadline: Duration = .seconds(240)
    ) async throws -> JSON {
        try await ask(type, bytes: Array(body.text().utf8), messageID: messageID, within: deadline)
    }

    func ask(
        _ type: String,
        bytes: [UInt8],
        messageID: String? = nil,
        contentType: String = "application/json",
        within deadline: Duration = .seconds(240)
    ) async throws -> JSON {
        let correlation = UUID().uuidString
        try await publish([message(type, bytes, messageID: messageID, correlationID: correlation, contentType: contentType)])
        return try await eventuallyValue("a reply to \(type)", within: deadline) { listener.replies(to: correlation).first }
    }

    /// As `ask`, for what must be accepted.
    func accepted(_ type: String, _ body: JSON, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let reply = try await ask(type, body)
        try #require(reply["accepted"] == true, "\(type): \(reply.text())", sourceLocation: sourceLocation)
    }

    /// As `ask`, for what must be refused; gives nothing: the code and path are compared.
    func refused(
        _ type: String,
        _ body: JSON,
        _ code: String,
        path: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await ask(type, body)
        #expect(reply["accepted"] == false, "\(type)", sourceLocation: sourceLocation)
        #expect(reply["code"].string == code, "\(type): \(reply.text())", sourceLocation: sourceLocation)
        if let path { #expect(reply["path"].string == path, "\(type): \(reply.text())", sourceLocation: sourceLocation) }
        #expect(reply["message"].string?.isEmpty == false, sourceLocation: sourceLocation)
    }

    func place(_ order: Order, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await accepted("order.placed", order.body, sourceLocation: sourceLocation)
    }

    /// Publishes many orders without waiting for replies.
    func place(_ orders: [Order]) async throws {
        try await publish(orders.map { message("order.placed", Array($0.body.text().utf8), messageID: "m-\($0.channel)-\($0.id)") })
    }

    /// A partial feed: these SKUs have so many units there now.
    func stock(_ location: String, _ counts: [(String, Int64)], at observedAt: String = "2026-11-20T06:00:00Z") async throws {
        try await accepted("stock.reported", feed(location, sequence: next(), counts, at: observedAt))
    }

    func feed(
        _ location: String,
        sequence: Int64,
        mode: String = "partial",
        part: Int64 = 1,
        of parts: Int64 = 1,
        _ counts: [(String, Int64)],
        at observedAt: String = "2026-11-20T06:00:00Z"
    ) -> JSON {
        [
            "location": .string(location), "sequence": .integer(sequence), "observedAt": .string(observedAt), "mode": .string(mode),
            "part": .integer(part), "parts": .integer(parts),
            "items": .array(counts.map { ["sku": .string($0.0), "onHand": .integer($0.1)] }),
        ]
    }

    func dispatched(
        _ parcel: Parcel,
        as shipment: String = "s-1",
        _ units: [(String, Int64)]? = nil,
        at time: String = "2026-11-22T15:00:00Z"
    ) -> JSON {
        let lines = units ?? parcel.lines.map { ($0.lineID, $0.quantity) }
        return [
            "fulfillmentId": .string(parcel.id), "shipmentId": .string(shipment), "carrier": "DHL", "trackingNumber": "0034 1",
            "trackingUrl": "https://track.example/00341",
            "lines": .array(lines.map { ["lineId": .string($0.0), "quantity": .integer($0.1)] }), "occurredAt": .string(time),
        ]
    }

    /// Ships a parcel, whole or in part.
    func dispatch(_ parcel: Parcel, as shipment: String = "s-1", _ units: [(String, Int64)]? = nil) async throws {
        try await accepted("shipment.dispatched", dispatched(parcel, as: shipment, units))
    }

    func cancellation(_ order: Order, _ id: String = "x-1", _ units: [(String, Int64)]? = nil) -> JSON {
        var body: JSON = [
            "channel": .string(order.channel), "orderId": .string(order.id), "cancellationId": .string(id), "reason": "Changed my mind",
            "occurredAt": "2026-11-22T11:00:00Z",
        ]
        if let units { body["lines"] = .array(units.map { ["lineId": .string($0.0), "quantity": .integer($0.1)] }) }
        return body
    }

    func payment(_ order: Order, _ transaction: String, payment: String = "p-1", amount: Int64? = nil) -> JSON {
        [
            "channel": .string(order.channel), "orderId": .string(order.id), "paymentId": .string(payment),
            "transactionId": .string(transaction), "amount": .integer(amount ?? order.total), "currency": "EUR", "method": "card",
            "occurredAt": "2026-11-22T10:20:00Z",
        ]
    }
}
