package import Commerce

/// `return.requested`: a customer wants to send units back. Natural key: channel, order id, return id.
package struct ReturnRequested: InboundBody {
    package struct Line: Hashable, Sendable {
        package var lineID: String
        package var quantity: Int64
        package var reason: String

        package init(lineID: String, quantity: Int64, reason: String) {
            self.lineID = lineID
            self.quantity = quantity
            self.reason = reason
        }
    }

    package var channel: String
    package var orderID: String
    package var returnID: String
    package var lines: [Line]
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        channel: String,
        orderID: String,
        returnID: String,
        lines: [Line],
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.channel = channel
        self.orderID = orderID
        self.returnID = returnID
        self.lines = lines
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .returnRequested }
    package var senderID: String { returnID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("orderId", orderID)
        json.member("returnId", returnID)
        json.list("lines", lines) { json, line in
            json.beginObject()
            json.member("lineId", line.lineID)
            json.member("quantity", line.quantity)
            json.member("reason", line.reason)
            json.endObject()
        }
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

/// `return.received`: units came back to a location. Natural key: channel, return id, receipt id.
package struct ReturnReceived: InboundBody {
    package enum Condition: String, Sendable, CaseIterable {
        case sellable, inspect, damaged
    }

    package struct Line: Hashable, Sendable {
        package var lineID: String
        package var quantity: Int64
        package var condition: Condition

        package init(lineID: String, quantity: Int64, condition: Condition) {
            self.lineID = lineID
            self.quantity = quantity
            self.condition = condition
        }
    }

    package var channel: String
    package var returnID: String
    package var receiptID: String
    package var location: String
    /// The same line may stand here once per condition.
    package var lines: [Line]
    /// Never later than the receipt of the message.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        channel: String,
        returnID: String,
        receiptID: String,
        location: String,
        lines: [Line],
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.channel = channel
        self.returnID = returnID
        self.receiptID = receiptID
        self.location = location
        self.lines = lines
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .returnReceived }
    package var senderID: String { receiptID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("returnId", returnID)
        json.member("receiptId", receiptID)
        json.member("location", location)
        json.list("lines", lines) { json, line in
            json.beginObject()
            json.member("lineId", line.lineID)
            json.member("quantity", line.quantity)
            json.member("condition", line.condition.rawValue)
            json.endObject()
        }
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}
