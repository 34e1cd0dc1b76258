internal import Commerce

/// How a payment stands, by the number it is stored under.
package enum PaymentStatus: Int16, Sendable, CaseIterable {
    case pending = 1
    case authorized = 2
    case captured = 3
    case refunded = 4
    case failed = 5

    init(_ status: OrderPayment.Status) {
        self =
            switch status {
            case .pending: .pending
            case .authorized: .authorized
            case .captured: .captured
            }
    }

    package var name: String {
        switch self {
        case .pending: "pending"
        case .authorized: "authorized"
        case .captured: "captured"
        case .refunded: "refunded"
        case .failed: "failed"
        }
    }
}
