/// The types of events on `oms.events` (contract, section 5); the raw value is the CloudEvents `type`.
package enum EventType: String, Sendable, Hashable, CaseIterable {
    case orderAccepted = "order.accepted"
    case orderBackordered = "order.backordered"
    case orderCancelled = "order.cancelled"
    case orderCompleted = "order.completed"
    case orderSourced = "order.sourced"
    case orderPromiseChanged = "order.promise_changed"
    case fulfillmentRequested = "fulfillment.requested"
    case fulfillmentCancelled = "fulfillment.cancelled"
    case shipmentDispatched = "shipment.dispatched"
    case shipmentDelivered = "shipment.delivered"
    case shipmentFailed = "shipment.failed"
    case shipmentUnexpected = "shipment.unexpected"
    case invoiceIssued = "invoice.issued"
    case creditNoteIssued = "credit_note.issued"
    case paymentCaptureRequested = "payment.capture_requested"
    case paymentRefundRequested = "payment.refund_requested"
    case stockChanged = "stock.changed"
    case stockShortfall = "stock.shortfall"
    case emailSent = "email.sent"
    case messageRejected = "message.rejected"
}

/// The workers that tell of events; the CloudEvents `source` is `/oms/<role>`.
package enum EventRole: String, Sendable, Hashable, CaseIterable {
    case intake, sourcing, stock, fulfillment, invoicing, mailing, relay
}
