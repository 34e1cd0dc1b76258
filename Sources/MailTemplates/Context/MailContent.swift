package import Commerce

/// The news itself, with what belongs to it.
package enum MailContent: Sendable, Hashable {
    /// Why goods were cancelled, as far as it changes what the customer is told.
    package enum CancellationCause: Sendable, Hashable {
        case requested, paymentFailed
    }

    case orderConfirmation
    /// The goods that are waited for are not there yet; `there`, of the same order, lie in stock and go out with them.
    case orderBackordered(waiting: [MailItem], there: [MailItem] = [])
    /// A parcel has left; `remaining` is still to come, empty where this was all.
    case shipmentDispatched(MailParcel, remaining: [MailItem])
    case shipmentDelivered(MailParcel, remaining: [MailItem])
    case invoiceIssued(MailInvoice)
    /// - `isWholeOrder`: nothing of the order is left to be shipped and nothing was shipped.
    case orderCancelled([MailItem], isWholeOrder: Bool, cause: CancellationCause)
    /// Goods lie ready at the store, and are kept until that day; `remaining` is still to come.
    case pickupReady([MailItem], until: CivilDate, remaining: [MailItem])
    /// Goods that lay ready were not collected in time, and are cancelled.
    case pickupExpired([MailItem])
    /// These goods come later than was told: in parcels that arrive when the mail's `delivery` says, or as their `expected` days say.
    case promiseChanged([MailItem])

    package var kind: MailKind {
        switch self {
        case .orderConfirmation: .orderConfirmation
        case .orderBackordered: .orderBackordered
        case .shipmentDispatched: .shipmentDispatched
        case .shipmentDelivered: .shipmentDelivered
        case .invoiceIssued: .invoiceIssued
        case .orderCancelled: .orderCancelled
        case .pickupReady: .pickupReady
        case .pickupExpired: .pickupExpired
        case .promiseChanged: .promiseChanged
        }
    }
}
