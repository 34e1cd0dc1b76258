/// Why the domain does not accept something from outside: a value, not a failure of the system.
package struct OrderRefusal: Error, Hashable, Sendable {
    /// The stable code a producer gets back.
    package enum Code: String, Sendable, CaseIterable {
        case invalidField = "invalid_field"
        case unknownCurrency = "unknown_currency"
        case currencyMismatch = "currency_mismatch"
        case totalMismatch = "total_mismatch"
        case paymentMismatch = "payment_mismatch"
        case notCancellable = "not_cancellable"
        case overShipped = "over_shipped"
        case conflict
    }

    package var code: Code
    /// JSON Pointer into the message: `/lines/0/quantity`.
    package var path: String
    /// One sentence for a person; holds no personal data.
    package var message: String

    package init(_ code: Code, _ path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }
}

extension OrderRefusal: CustomStringConvertible {
    package var description: String { "\(code.rawValue) at \(path): \(message)" }
}
