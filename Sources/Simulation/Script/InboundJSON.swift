internal import Commerce
internal import Messages

/// Writes the inbound messages a script is made of.
enum InboundJSON {
    typealias LineQuantity = (lineID: String, quantity: Int64)

    static func cancelled(
        channel: String,
        orderID: String,
        cancellationID: String,
        reason: String?,
        lines: [LineQuantity]?,
        at time: Timestamp
    ) -> [UInt8] {
        object { json in
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("cancellationId", cancellationID)
            json.member("reason", optional: reason)
            if let lines { json.list("lines", lines, line) }
            json.member("occurredAt", time)
        }
    }

    static func stockReported(
        location: String,
        sequence: Int64,
        observedAt: Timestamp,
        full: Bool,
        part: Int,
        of parts: Int,
        items: some Sequence<(sku: String, onHand: Int64)>
    ) -> [UInt8] {
        object(capacity: 1 << 16) { json in
            json.member("location", location)
            json.member("sequence", sequence)
            json.member("observedAt", observedAt)
            json.member("mode", full ? "full" : "partial")
            json.member("part", Int64(part))
            json.member("parts", Int64(parts))
            json.list("items", items) { json, item in
                json.beginObject()
                json.member("sku", item.sku)
                json.member("onHand", item.onHand)
                json.endObject()
            }
        }
    }

    static func stockAdjusted(
        location: String,
        adjustmentID: String,
        sku: String,
        delta: Int64,
        reason: String,
        at time: Timestamp
    ) -> [UInt8] {
        object { json in
            json.member("location", location)
            json.member("adjustmentId", adjustmentID)
            json.member("sku", sku)
            json.member("delta", delta)
            json.member("reason", reason)
            json.member("occurredAt", time)
        }
    }

    static func payment(
        _ order: PlacedOrder,
        _ payment: OrderPayment,
        transactionID: String,
        reason: String? = nil,
        at time: Timestamp
    ) -> [UInt8] {
        object { json in
            json.member("channel", order.channel)
            json.member("orderId", order.orderID)
            json.member("paymentId", payment.paymentID)
            json.member("transactionId", transactionID)
            json.member("amount", payment.amount)
            json.member("currency", order.currency)
            json.member("method", payment.method)
            json.member("reason", optional: reason)
            json.member("occurredAt", time)
        }
    }

    static func dispatched(
        fulfillmentID: String,
        shipmentID: String,
        carrier: String,
        trackingNumber: String,
        trackingURL: String?,
        lines: [LineQuantity],
        at time: Timestamp
    ) -> [UInt8] {
        object { json in
            json.member("fulfillmentId", fulfillmentID)
            json.member("shipmentId", shipmentID)
            json.member("carrier", carrier)
            json.member("trackingNumber", trackingNumber)
            json.member("trackingUrl", optional: trackingURL)
            json.list("lines", lines, line)
            json.member("occurredAt", time)
        }
    }

    static func delivered(fulfillmentID: String, shipmentID: String, at time: Timestamp) -> [UInt8] {
        object { json in
            json.member("fulfillmentId", fulfillmentID)
            json.member("shipmentId", shipmentID)
            json.member("occurredAt", time)
        }
    }

    private static func line(_ json: inout JSONWriter, _ line: LineQuantity) {
        json.beginObject()
        json.member("lineId", line.lineID)
        json.member("quantity", line.quantity)
        json.endObject()
    }

    static func object(capacity: Int = 512, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(capacity: capacity)
        json.beginObject()
        members(&json)
        json.endObject()
        return json.bytes
    }
}
