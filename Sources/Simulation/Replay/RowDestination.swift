/// What became of a row; each row has exactly one. The raw values are the words of the report.
package enum RowDestination: String, Sendable, CaseIterable {
    // Told to the system
    case orderLine = "line of an order"
    case shippingCharge = "shipping charge of an order (POST, DOT, C2)"
    case orderDiscount = "discount of an order (D)"
    case cancellation = "cancellation before shipment"
    case stockAdjustment = "stock adjusted (write-offs and finds)"

    // Understood, but not supported yet
    case returnNotSupported = "return after shipment: not yet supported"

    // Skipped, with the reason
    case cancellationOfGuest = "skipped: cancellation by a guest, whose order cannot be known"
    case cancellationWithoutSale = "skipped: cancellation of more than was sold before"
    case chargeReversal = "skipped: shipping charge taken back later"
    case chargeWithoutGoods = "skipped: shipping charge or discount on an invoice without goods"
    case discountAfterSale = "skipped: discount granted after the sale"
    case manual = "skipped: manual entry (M)"
    case sample = "skipped: samples (S)"
    case bankCharges = "skipped: bank charges"
    case marketplaceFee = "skipped: marketplace fee (AMAZONFEE)"
    case commission = "skipped: charity commission (CRUK)"
    case cushionPads = "skipped: price below a penny (PADS)"
    case badDebt = "skipped: bad debt adjusted (B)"
    case giftVoucher = "skipped: gift voucher, not goods"
    case negativePrice = "skipped: negative price"
    case negativeSale = "skipped: negative quantity with a price on a sale"
    case outOfBounds = "skipped: more than an order may hold"
    case lateRow = "skipped: row of an invoice that was complete before"

    // Not readable
    case badFields = "bad row: not eight fields"
    case badEncoding = "bad row: not UTF-8"
    case badID = "bad row: invoice, stock code or customer"
    case badQuantity = "bad row: quantity"
    case badTime = "bad row: date"
    case badPrice = "bad row: price"

    /// Whether a message tells of it.
    package var isTold: Bool {
        switch self {
        case .orderLine, .shippingCharge, .orderDiscount, .cancellation, .stockAdjustment: true
        default: false
        }
    }
}

/// How many rows went where.
package struct ReplayCounts: Hashable, Sendable {
    /// Rows read, the header aside.
    package internal(set) var rows = 0
    package internal(set) var destinations: [RowDestination: Int] = [:]
    /// Messages given, by type.
    package internal(set) var messages: [String: Int] = [:]

    package init() {}

    /// Rows that have a destination. Equal to `rows` once all is read.
    package var accounted: Int { destinations.values.reduce(0, +) }

    /// Destinations with at least one row, in the order of the enumeration.
    package var table: [(destination: RowDestination, rows: Int)] {
        RowDestination.allCases.compactMap { destination in
            destinations[destination].map { (destination: destination, rows: $0) }
        }
    }

    mutating func count(_ destination: RowDestination, _ rows: Int = 1) {
        if rows > 0 { destinations[destination, default: 0] += rows }
    }
}
