internal import Commerce
internal import Messages
internal import Store

/// An order's story as one JSON object, complete; names and forms are the contract's.
struct OrderPageJSON {
    let story: OrderStory
    let network: NetworkSnapshot

    var text: String {
        var json = JSONWriter(capacity: 8_192)
        json.beginObject()
        json.member("status", "\(story.status)")
        json.member("acceptedAt", story.acceptedAt)
        json.key("order")
        json.raw(story.document.json())
        json.list("lines", story.lines, write)
        let withdrawn = story.withdrawals
        json.list("fulfillments", story.fulfillments) { json, parcel in
            write(&json, parcel, withdrawn: withdrawn[FulfillmentID.text(parcel.key)] ?? [])
        }
        json.list("invoices", story.invoices, write)
        json.list("payments", story.payments, write)
        json.list("cancellations", story.cancellations) { json, row in
            json.beginObject()
            json.member("cancellationId", row.id)
            json.member("reason", optional: row.reason)
            json.member("occurredAt", row.occurredAt)
            json.endObject()
        }
        writePickup(&json)
        json.list("mails", story.mails) { json, mail in
            json.beginObject()
            json.member("template", mail.template)
            json.member("reference", mail.reference)
            json.member("messageId", mail.messageID)
            json.member("sentAt", mail.sentAt)
            json.endObject()
        }
        json.list("events", story.events) { json, event in
            json.beginObject()
            json.member("sequence", Int64(event.sequence))
            json.member("type", optional: event.type?.rawValue)
            json.member("time", event.at)
            json.member("reference", optional: event.reference)
            json.member("detail", optional: event.detail)
            json.endObject()
        }
        json.list("rejections", story.refusals) { json, refusal in
            json.beginObject()
            json.member("fulfillmentId", FulfillmentID.text(refusal.fulfillment))
            json.member("location", network.location(key: refusal.location)?.location.id ?? "")
            json.member("reason", refusal.reason.rawValue)
            json.member("occurredAt", refusal.at)
            json.endObject()
        }
        if let hold = story.hold {
            json.key("hold")
            json.beginObject()
            json.member("reason", hold.reason)
            json.member("since", hold.since)
            json.member("until", optional: hold.until)
            json.endObject()
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ json: inout JSONWriter, _ line: OrderStory.Line) {
        json.beginObject()
        json.member("lineId", line.line.lineID)
        json.member("sku", line.line.sku)
        json.member("ordered", line.quantities.ordered)
        json.member("waiting", line.quantities.waiting)
        json.member("reserved", line.quantities.reserved)
        json.member("shipped", line.quantities.shipped)
        json.member("cancelled", line.quantities.cancelled)
        json.member("promisedAt", optional: line.promisedAt)
        json.member("deliverTo", optional: line.word.day?.description)
        if line.word == .there { json.member("inStock", true) }
        if line.preorder { json.member("preorder", true) }
        json.endObject()
    }

    private func write(_ json: inout JSONWriter, _ parcel: FulfillmentRows.Row, withdrawn: [ParcelWithdrawal]) {
        json.beginObject()
        json.member("fulfillmentId", FulfillmentID.text(parcel.key))
        json.member("location", network.location(key: parcel.location)?.location.id ?? "")
        json.member("status", FulfillmentStatus(rawValue: parcel.status).map { "\($0)" } ?? "")
        json.member("createdAt", parcel.createdAt)
        json.member("acceptedAt", optional: parcel.acceptedAt)
        json.member("transferTo", optional: parcel.transferTo.flatMap { network.location(key: $0)?.location.id })
        json.member("readyAt", optional: parcel.readyAt)
        let refusals = story.refusals.filter { $0.fulfillment == parcel.key }
        json.list("refusals", refusals) { json, refusal in json.string(refusal.reason.rawValue) }
        json.list("withdrawals", withdrawn) { json, withdrawal in
            json.beginObject()
            json.member("cause", withdrawal.cause)
            if case .cancelled(let reason?) = withdrawal { json.member("reason", reason) }
            if case .rerouted(let location?) = withdrawal { json.member("to", location) }
            json.endObject()
        }
        json.member("deliverFrom", optional: parcel.delivery?.earliest.description)
        json.member("deliverTo", optional: parcel.delivery?.latest.description)
        json.list("lines", parcel.lines) { json, line in
            json.beginObject()
            lineID(line.line, &json)
            json.member("requested", line.quantity)
            json.member("shipped", line.shipped)
            json.member("cancelled", line.cancelled)
            json.member("unexpected", line.unexpected)
            if parcel.transferTo != nil { json.member("passedOn", line.passedOn) }
            json.endObject()
        }
        json.list("shipments", story.shipments.filter { $0.fulfillment == parcel.key }, write)
        json.endObject()
    }

    private func write(_ json: inout JSONWriter, _ shipment: ShipmentRows.Row) {
        json.beginObject()
        json.member("shipmentId", shipment.id)
        json.member("carrier", shipment.carrier)
        json.member("trackingNumber", shipment.trackingNumber)
        json.member("trackingUrl", optional: shipment.trackingURL)
        json.member("occurredAt", shipment.occurredAt)
        json.member("arrivedAt", optional: shipment.arrivedAt)
        json.list("lines", shipment.lines) { json, line in
            json.beginObject()
            lineID(line.line, &json)
            json.member("quantity", line.quantity)
            json.member("unexpected", line.unexpected)
            json.endObject()
        }
        json.list("reports", story.reports[shipment.key] ?? []) { json, report in
            json.beginObject()
            json.member("type", report.kind == .delivered ? "delivered" : "failed")
            json.member("occurredAt", report.occurredAt)
            json.member("reason", optional: report.reason)
            json.endObject()
        }
        json.endObject()
    }

    private func writePickup(_ json: inout JSONWriter) {
        guard let pickup = story.pickup else { return }
        json.key("pickup")
        json.beginObject()
        json.member("location", network.location(key: pickup.location)?.location.id ?? "")
        json.member("keepUntil", optional: pickup.keepUntil)
        json.list("reports", story.pickupReports) { json, report in
            json.beginObject()
            json.member("type", "\(report.kind)")
            json.member("pickupId", report.id)
            json.member("occurredAt", report.occurredAt)
            json.endObject()
        }
        json.endObject()
    }

    private func write(_ json: inout JSONWriter, _ invoice: InvoiceStore.Row) {
        json.beginObject()
        json.member("number", invoice.name)
        let shipment = story.shipments.first { $0.key == invoice.shipment }
        json.member("fulfillmentId", optional: shipment.map { FulfillmentID.text($0.fulfillment) })
        json.member("shipmentId", optional: shipment?.id)
        json.member("issuedAt", invoice.issuedAt)
        json.member("currency", story.document.currency)
        json.member("net", invoice.net)
        json.member("tax", invoice.tax)
        json.member("total", invoice.total)
        json.endObject()
    }

    private func write(_ json: inout JSONWriter, _ payment: PaymentRows.Payment) {
        json.beginObject()
        json.member("paymentId", payment.id)
        json.member("method", payment.method)
        json.member("status", payment.status.name)
        json.member("amount", payment.amount)
        json.member("captured", payment.captured)
        json.member("refunded", payment.refunded)
        json.list("transactions", story.paymentReports.filter { ExactID.same($0.payment, payment.id) }) { json, report in
            json.beginObject()
            json.member("transactionId", report.id)
            json.member("type", report.kind.words)
            json.member("amount", report.amount)
            json.member("occurredAt", report.occurredAt)
            json.endObject()
        }
        json.endObject()
    }

    private func lineID(_ line: Int32, _ json: inout JSONWriter) {
        json.member("lineId", story.document.lines[Int(line)].lineID)
    }
}
