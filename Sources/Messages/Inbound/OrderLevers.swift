package import Commerce

/// `order.reroute`: an agent takes a parcel away from its location. Natural key: channel, order id, request id.
package struct OrderReroute: InboundBody {
    package var channel: String
    package var orderID: String
    package var fulfillmentID: String
    /// The location that shall ship instead; `nil`: any other.
    package var to: String?
    package var requestID: String
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        channel: String,
        orderID: String,
        fulfillmentID: String,
        to: String? = nil,
        requestID: String,
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.channel = channel
        self.orderID = orderID
        self.fulfillmentID = fulfillmentID
        self.to = to
        self.requestID = requestID
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .orderReroute }
    package var senderID: String { requestID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("orderId", orderID)
        json.member("fulfillmentId", fulfillmentID)
        json.member("to", optional: to)
        json.member("requestId", requestID)
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

/// `order.release`: an agent lets a held order go. Natural key: channel, order id, request id.
package struct OrderRelease: InboundBody {
    package var channel: String
    package var orderID: String
    package var requestID: String
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(channel: String, orderID: String, requestID: String, occurredAt: Timestamp, claimedAt: Timestamp? = nil) {
        self.channel = channel
        self.orderID = orderID
        self.requestID = requestID
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .orderRelease }
    package var senderID: String { requestID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("orderId", orderID)
        json.member("requestId", requestID)
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

private enum RerouteField: String, FieldName {
    case channel, orderId, fulfillmentId, to, requestId, occurredAt
    static let names = FieldNames<Self>()
}

private enum ReleaseField: String, FieldName {
    case channel, orderId, requestId, occurredAt
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func orderReroute(receivedAt: Timestamp) throws(MessageRefusal) -> OrderReroute {
        var channel: String?
        var orderID: String?
        var fulfillmentID: String?
        var to: String?
        var requestID: String?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(RerouteField.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .orderId: orderID = try id()
            case .fulfillmentId: fulfillmentID = try id()
            case .to: to = try token()
            case .requestId: requestID = try id()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return OrderReroute(
            channel: try required(channel, "channel"),
            orderID: try required(orderID, "orderId"),
            fulfillmentID: try required(fulfillmentID, "fulfillmentId"),
            to: to,
            requestID: try required(requestID, "requestId"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }

    mutating func orderRelease(receivedAt: Timestamp) throws(MessageRefusal) -> OrderRelease {
        var channel: String?
        var orderID: String?
        var requestID: String?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(ReleaseField.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .orderId: orderID = try id()
            case .requestId: requestID = try id()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return OrderRelease(
            channel: try required(channel, "channel"),
            orderID: try required(orderID, "orderId"),
            requestID: try required(requestID, "requestId"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }
}
