/// What an invoice is made of: the order, what this parcel ships of it, and what earlier invoices hold.
package struct InvoiceRequest: Hashable, Sendable {
    package var order: PlacedOrder
    package var seller: Seller
    package var channel: Channel
    package var number: String
    /// In the seller's time zone.
    package var issueDate: CivilDate
    package var deliveryDate: CivilDate
    package var shipmentID: String
    /// Units shipped now, by the line's place in the order. A line named twice counts with the sum.
    package var shipped: [LineUnits]
    /// Units on earlier invoices, one per line of the order. Units cancelled or shipped without an invoice are in neither.
    package var previouslyInvoiced: [Int64]
    /// Whether it is the order's first invoice, which charges the shipping.
    package var isFirst: Bool
    /// What the customer has paid already towards this invoice, in minor units; at most what is to pay counts.
    package var prepaid: Int64

    package init(
        order: PlacedOrder,
        seller: Seller,
        channel: Channel,
        number: String,
        issueDate: CivilDate,
        deliveryDate: CivilDate,
        shipmentID: String,
        shipped: [LineUnits],
        previouslyInvoiced: [Int64],
        isFirst: Bool,
        prepaid: Int64 = 0
    ) {
        self.order = order
        self.seller = seller
        self.channel = channel
        self.number = number
        self.issueDate = issueDate
        self.deliveryDate = deliveryDate
        self.shipmentID = shipmentID
        self.shipped = shipped
        self.previouslyInvoiced = previouslyInvoiced
        self.isFirst = isFirst
        self.prepaid = prepaid
    }
}

/// Why an invoice cannot be calculated. Never retriable: the same input fails the same way.
package enum InvoiceError: Error, Hashable, Sendable {
    /// No units were shipped.
    case nothingShipped
    /// The order has no such line, or `previouslyInvoiced` does not have one entry per line.
    case unknownLine(Int)
    /// More units than the order has, together with those invoiced before; or not a positive number of them.
    case quantityOutOfRange(line: Int)
    /// The order itself breaks a rule that intake checks.
    case invalidOrder(OrderRefusal)

    package var isRetriable: Bool { false }
}

extension InvoiceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .nothingShipped: "an invoice needs at least one shipped unit"
        case .unknownLine(let line): "the order has no line at place \(line)"
        case .quantityOutOfRange(let line): "line at place \(line) would be invoiced for more units than were ordered, or for none"
        case .invalidOrder(let refusal): "the order cannot be priced: \(refusal)"
        }
    }
}
