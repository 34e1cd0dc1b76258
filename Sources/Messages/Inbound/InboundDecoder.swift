package import Commerce

/// Reads what arrives on `oms.inbound`: the first and only place where the world's bytes become values.
package enum InboundDecoder {
    /// The largest body, 1 MiB (contract, section 1).
    package static let maximumBodyBytes = 1_048_576

    /// Reads one message.
    ///
    /// - Parameters:
    ///   - type: the routing key; where the body is a CloudEvent, its own `type` counts instead.
    ///   - contentType: the AMQP property; anything but `application/cloudevents+json` is read as plain JSON.
    ///   - receivedAt: what a time in the future is taken down to.
    /// - Throws: the refusal, with the JSON Pointer of the first thing that is wrong.
    package static func decode(
        type: String,
        contentType: String?,
        body: [UInt8],
        receivedAt: Timestamp
    ) throws(MessageRefusal) -> InboundMessage {
        guard body.count <= maximumBodyBytes else {
            throw MessageRefusal(.tooLarge, "The body has \(body.count) bytes, and \(maximumBodyBytes) are allowed.")
        }
        if CloudEventEnvelope.isContentType(contentType) {
            let envelope = try CloudEventEnvelope(body)
            var reader = JSONReader(body, range: envelope.data, depth: 1, pointerPrefix: "/data")
            return try read(try knownType(envelope.type, path: "/type"), &reader, receivedAt)
        }
        let type = try knownType(type, path: nil)
        var reader = JSONReader(body)
        return try read(type, &reader, receivedAt)
    }

    /// The channel and the order a refused body speaks of, as far as they can be read: for telling its sender.
    package static func order(contentType: String?, body: [UInt8]) -> (channel: String?, orderID: String?) {
        guard body.count <= maximumBodyBytes else { return (nil, nil) }
        if CloudEventEnvelope.isContentType(contentType) {
            guard let envelope = try? CloudEventEnvelope(body) else { return (nil, nil) }
            return OrderHint.read(JSONReader(body, range: envelope.data, depth: 1, pointerPrefix: "/data"))
        }
        return OrderHint.read(JSONReader(body))
    }

    private static func knownType(_ name: String, path: String?) throws(MessageRefusal) -> InboundType {
        guard let type = InboundType(rawValue: name) else {
            throw MessageRefusal(.unsupportedType, path: path, "No message of this type is known.")
        }
        return type
    }

    private static func read(
        _ type: InboundType,
        _ reader: inout JSONReader,
        _ receivedAt: Timestamp
    ) throws(MessageRefusal) -> InboundMessage {
        let message = try readBody(type, &reader, receivedAt)
        try reader.finish()
        return message
    }

    private static func readBody(
        _ type: InboundType,
        _ reader: inout JSONReader,
        _ receivedAt: Timestamp
    ) throws(MessageRefusal) -> InboundMessage {
        switch type {
        case .orderPlaced: .orderPlaced(try reader.placedOrder(receivedAt: receivedAt))
        case .orderCancelled: .orderCancelled(try reader.orderCancelled(receivedAt: receivedAt))
        case .stockReported: .stockReported(try reader.stockReported(receivedAt: receivedAt))
        case .stockAdjusted: .stockAdjusted(try reader.stockAdjusted(receivedAt: receivedAt))
        case .stockBlocked: .stockBlocked(try reader.stockBlocked(receivedAt: receivedAt))
        case .stockReleased: .stockReleased(try reader.stockReleased(receivedAt: receivedAt))
        case .stockExpected: .stockExpected(try reader.stockExpected(receivedAt: receivedAt))
        case .locationDefined: .locationDefined(try reader.locationDefined(receivedAt: receivedAt))
        case .fulfillmentAccepted: .fulfillmentAccepted(try reader.fulfillmentAccepted(receivedAt: receivedAt))
        case .fulfillmentRejected: .fulfillmentRejected(try reader.fulfillmentRejected(receivedAt: receivedAt))
        case .shipmentDispatched: .shipmentDispatched(try reader.shipmentDispatched(receivedAt: receivedAt))
        case .shipmentDelivered: .shipmentEnded(try reader.shipmentEnded(.delivered, receivedAt: receivedAt))
        case .shipmentFailed: .shipmentEnded(try reader.shipmentEnded(.failed, receivedAt: receivedAt))
        case .paymentAuthorized: .payment(try reader.paymentReported(.authorized, receivedAt: receivedAt))
        case .paymentCaptured: .payment(try reader.paymentReported(.captured, receivedAt: receivedAt))
        case .paymentRefunded: .payment(try reader.paymentReported(.refunded, receivedAt: receivedAt))
        case .paymentFailed: .payment(try reader.paymentReported(.failed, receivedAt: receivedAt))
        case .returnRequested: .returnRequested(try reader.returnRequested(receivedAt: receivedAt))
        case .returnReceived: .returnReceived(try reader.returnReceived(receivedAt: receivedAt))
        case .reservationRequested: .reservationRequested(try reader.reservationRequested())
        case .reservationReleased: .reservationReleased(try reader.reservationReleased())
        case .orderReroute: .orderReroute(try reader.orderReroute(receivedAt: receivedAt))
        case .orderRelease: .orderRelease(try reader.orderRelease(receivedAt: receivedAt))
        case .pickupReady: .pickupReady(try reader.pickupReady(receivedAt: receivedAt))
        case .pickupCollected: .pickupCollected(try reader.pickupCollected(receivedAt: receivedAt))
        }
    }
}

/// Finds `channel` and `orderId` in a body that may be wrong anywhere else.
private enum OrderHint: String, FieldName {
    case channel, orderId
    static let names = FieldNames<Self>()

    static func read(_ reader: consuming JSONReader) -> (channel: String?, orderID: String?) {
        var channel: String?
        var orderID: String?
        do throws(MessageRefusal) {
            var object = try reader.beginObject()
            while let field = try reader.nextField(names, &object) {
                switch field {
                case .channel: channel = try reader.token()
                case .orderId: orderID = try reader.id()
                }
            }
        } catch {
            // What was found before the fault is what can be told.
            return (channel, orderID)
        }
        return (channel, orderID)
    }
}
