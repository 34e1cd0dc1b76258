extension Event {
    /// `invoice.issued` and `credit_note.issued`. Amounts in the currency's minor unit.
    package struct InvoiceIssued: OrderEventData {
        package enum Kind: String, Sendable, CaseIterable {
            case invoice, creditNote
        }

        package var kind: Kind
        package var number: String
        package var channel: String
        package var orderID: String
        package var shipmentID: String?
        package var currency: String
        package var net: Int64
        package var tax: Int64
        package var total: Int64

        package init(
            kind: Kind = .invoice,
            number: String,
            channel: String,
            orderID: String,
            shipmentID: String?,
            currency: String,
            net: Int64,
            tax: Int64,
            total: Int64
        ) {
            self.kind = kind
            self.number = number
            self.channel = channel
            self.orderID = orderID
            self.shipmentID = shipmentID
            self.currency = currency
            self.net = net
            self.tax = tax
            self.total = total
        }

        package var type: EventType { kind == .invoice ? .invoiceIssued : .creditNoteIssued }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("number", number)
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("shipmentId", optional: shipmentID)
            json.member("currency", currency)
            json.member("net", net)
            json.member("tax", tax)
            json.member("total", total)
            json.endObject()
        }
    }

    /// `payment.capture_requested` and `payment.refund_requested`: what a payment provider is asked to do. Amount in minor units.
    package struct PaymentRequested: OrderEventData {
        package enum Kind: String, Sendable, CaseIterable {
            case capture, refund
        }

        package var kind: Kind
        package var channel: String
        package var orderID: String
        package var paymentID: String
        package var amount: Int64
        package var currency: String
        /// The same for every repetition of the same wish.
        package var idempotencyKey: String

        package init(
            kind: Kind,
            channel: String,
            orderID: String,
            paymentID: String,
            amount: Int64,
            currency: String,
            idempotencyKey: String
        ) {
            self.kind = kind
            self.channel = channel
            self.orderID = orderID
            self.paymentID = paymentID
            self.amount = amount
            self.currency = currency
            self.idempotencyKey = idempotencyKey
        }

        package var type: EventType { kind == .capture ? .paymentCaptureRequested : .paymentRefundRequested }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("paymentId", paymentID)
            json.member("amount", amount)
            json.member("currency", currency)
            json.member("idempotencyKey", idempotencyKey)
            json.endObject()
        }
    }
}
