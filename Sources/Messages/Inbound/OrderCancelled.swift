package import Commerce

/// `order.cancelled`: a customer or an agent takes back an order, or some units of it. Natural key: channel, order id, cancellation id.
package struct OrderCancelled: InboundBody {
    package var channel: String
    package var orderID: String
    package var cancellationID: String
    package var reason: String?
    /// `nil`: all that is not yet shipped.
    package var lines: [LineQuantity]?
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        channel: String,
        orderID: String,
        cancellationID: String,
        reason: String? = nil,
        lines: [LineQuantity]? = nil,
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.channel = channel
        self.orderID = orderID
        self.cancellationID = cancellationID
        self.reason = reason
        self.lines = lines
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .orderCancelled }
    package var senderID: String { cancellationID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("orderId", orderID)
        json.member("cancellationId", cancellationID)
        json.member("reason", optional: reason)
        if let lines { json.list("lines", lines) { json, line in line.write(to: &json) } }
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

private enum Field: String, FieldName {
    case channel, orderId, cancellationId, reason, lines, occurredAt
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func orderCancelled(receivedAt: Timestamp) throws(MessageRefusal) -> OrderCancelled {
        var channel: String?
        var orderID: String?
        var cancellationID: String?
        var reason: String?
        var lines: [LineQuantity]?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(Field.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .orderId: orderID = try id()
            case .cancellationId: cancellationID = try id()
            case .reason: reason = try self.reason()
            case .lines: lines = try lineQuantities()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return OrderCancelled(
            channel: try required(channel, "channel"),
            orderID: try required(orderID, "orderId"),
            cancellationID: try required(cancellationID, "cancellationId"),
            reason: reason,
            lines: lines,
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }
}
