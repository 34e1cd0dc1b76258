internal import Commerce
internal import Store

extension OrderStatus {
    var words: String {
        switch self {
        case .paymentPending: "waits for a payment"
        case .accepted: "accepted"
        case .waiting: "waits for stock"
        case .partlySourced: "partly sourced"
        case .sourced: "sourced"
        case .partlyShipped: "partly shipped"
        case .completed: "completed"
        case .cancelled: "cancelled"
        }
    }
}

extension FulfillmentStatus {
    var words: String {
        switch self {
        case .requested: "requested"
        case .accepted: "accepted"
        case .partlyShipped: "partly shipped"
        case .shipped: "shipped"
        case .cancelled: "not shipped"
        }
    }
}

extension PaymentRows.Kind {
    var words: String {
        switch self {
        case .authorized: "authorized"
        case .captured: "captured"
        case .refunded: "refunded"
        case .failed: "failed"
        }
    }
}

extension Pickups.ReportKind {
    var words: String {
        switch self {
        case .ready: "ready"
        case .collected: "collected"
        case .expired: "never collected"
        }
    }
}
