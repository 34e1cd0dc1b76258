/// Why a message is not taken: what its sender and the dead-letter desk are told. Never holds a value of the message.
package struct MessageRefusal: Error, Hashable, Sendable {
    package var code: RefusalCode
    /// JSON Pointer (RFC 6901) of the field; `""` is the whole body, `nil` where no field is to blame.
    package var path: String?
    /// One sentence for a person.
    package var message: String

    package init(_ code: RefusalCode, path: String? = nil, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    /// The same message will be refused again.
    package var isRetriable: Bool { false }
}

extension MessageRefusal: CustomStringConvertible {
    package var description: String {
        guard let path else { return "\(code.rawValue): \(message)" }
        return "\(code.rawValue) at \"\(path)\": \(message)"
    }
}

/// The stable codes of refusals: part of the public contract, never renamed.
package enum RefusalCode: String, Sendable, Hashable, CaseIterable {
    /// The body is not JSON as RFC 8259 and the contract's section 1 have it.
    case invalidJSON = "invalid_json"
    /// A field is missing, of the wrong type, or out of range.
    case invalidField = "invalid_field"
    /// The message type is not known, or not handled yet.
    case unsupportedType = "unsupported_type"
    /// The body is over 1 MiB.
    case tooLarge = "too_large"
    /// The same natural key came before, with other content.
    case conflict
    case unknownChannel = "unknown_channel"
    case unknownCurrency = "unknown_currency"
    case unknownLocation = "unknown_location"
    case unknownOrder = "unknown_order"
    case unknownLine = "unknown_line"
    case unknownFulfillment = "unknown_fulfillment"
    case unknownShipment = "unknown_shipment"
    case unknownPayment = "unknown_payment"
    case unknownBlock = "unknown_block"
    /// The order's currency is not the channel's, or the payment's not the order's.
    case currencyMismatch = "currency_mismatch"
    /// The total is not what the lines, shipping and discounts add up to.
    case totalMismatch = "total_mismatch"
    /// The payments are together more than the total, or more is captured than was authorized.
    case paymentMismatch = "payment_mismatch"
    /// More was shipped than requested.
    case overShipped = "over_shipped"
    /// More was canceled than is left to cancel.
    case overCancelled = "over_cancelled"
    /// Nothing is left that could be canceled.
    case notCancellable = "not_cancellable"
    /// The thing's state does not allow it.
    case wrongState = "wrong_state"
    /// Stock on hand would fall below zero.
    case insufficientStock = "insufficient_stock"
    /// The broker gave up redelivering it: it may crash whoever handles it.
    case deliveryFailed = "delivery_failed"
    /// The mail server will not take the mail, whoever asks: the address is wrong, or the mail.
    case mailRefused = "mail_refused"
    /// The mail server could not be reached or put the mail off, until all tries were spent.
    case mailUnavailable = "mail_unavailable"
    /// A fault of ours.
    case internalError = "internal_error"
}
