/// What a mail to a customer is about. The raw value names its template files and stands in the event `email.sent`.
package enum MailKind: String, Sendable, CaseIterable {
    case orderConfirmation = "order_confirmation"
    case orderBackordered = "order_backordered"
    case shipmentDispatched = "shipment_dispatched"
    case shipmentDelivered = "shipment_delivered"
    case invoiceIssued = "invoice_issued"
    case orderCancelled = "order_cancelled"
    case pickupReady = "pickup_ready"
    case pickupExpired = "pickup_expired"
    case promiseChanged = "promise_changed"
}
