package import Commerce

/// `payment.authorized`, `.captured`, `.refunded`, `.failed`: what a payment provider did. Natural key: type, channel, payment id, transaction id.
package struct PaymentReported: InboundBody {
    package enum Kind: String, Sendable, CaseIterable {
        case authorized, captured, refunded, failed
    }

    package var kind: Kind
    package var channel: String
    package var orderID: String
    package var paymentID: String
    package var transactionID: String
    /// Minor units, 0 to 10^15.
    package var amount: Int64
    package var currency: String
    package var method: String
    package var reason: String?
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        kind: Kind,
        channel: String,
        orderID: String,
        paymentID: String,
        transactionID: String,
        amount: Int64,
        currency: String,
        method: String,
        reason: String? = nil,
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.kind = kind
        self.channel = channel
        self.orderID = orderID
        self.paymentID = paymentID
        self.transactionID = transactionID
        self.amount = amount
        self.currency = currency
        self.method = method
        self.reason = reason
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType {
        switch kind {
        case .authorized: .paymentAuthorized
        case .captured: .paymentCaptured
        case .refunded: .paymentRefunded
        case .failed: .paymentFailed
        }
    }

    package var senderID: String { transactionID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("orderId", orderID)
        json.member("paymentId", paymentID)
        json.member("transactionId", transactionID)
        json.member("amount", amount)
        json.member("currency", currency)
        json.member("method", method)
        json.member("reason", optional: reason)
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

private enum Field: String, FieldName {
    case channel, orderId, paymentId, transactionId, amount, currency, method, reason, occurredAt
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func paymentReported(_ kind: PaymentReported.Kind, receivedAt: Timestamp) throws(MessageRefusal) -> PaymentReported {
        var channel: String?
        var orderID: String?
        var paymentID: String?
        var transactionID: String?
        var amount: Int64?
        var currency: String?
        var method: String?
        var reason: String?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(Field.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .orderId: orderID = try id()
            case .paymentId: paymentID = try id()
            case .transactionId: transactionID = try id()
            case .amount: amount = try total()
            case .currency: currency = try self.currency()
            case .method: method = try id()
            case .reason: reason = try self.reason()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return PaymentReported(
            kind: kind,
            channel: try required(channel, "channel"),
            orderID: try required(orderID, "orderId"),
            paymentID: try required(paymentID, "paymentId"),
            transactionID: try required(transactionID, "transactionId"),
            amount: try required(amount, "amount"),
            currency: try required(currency, "currency"),
            method: try required(method, "method"),
            reason: reason,
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }
}
