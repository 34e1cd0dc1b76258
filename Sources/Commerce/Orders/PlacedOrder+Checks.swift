extension PlacedOrder {
    /// The most units one line may ask for.
    package static let maximumQuantity: Int64 = 1_000_000
    /// The most lines one order may have.
    package static let maximumLines = 5_000
    /// The most discounts on the whole order: each is shared over all lines, so their number bounds the work one message can cause.
    package static let maximumOrderDiscounts = 100

    /// Everything that can be said against an order without looking at the network: its lines, discounts, total and payments.
    /// - Returns: the rounding amount in minor units: `total` minus what was computed; 0 with prices that include tax.
    /// - Throws: `invalid_field`, `total_mismatch` or `payment_mismatch`.
    @discardableResult
    package func check() throws(OrderRefusal) -> Int64 {
        try checkLines()
        let rounding = try checkTotal()
        try checkPayments()
        return rounding
    }

    /// Computes again what the customer pays.
    ///
    /// Prices that include tax: Σ unit price × quantity − discounts + shipping, to the minor unit. Prices without tax: plus the tax of each
    /// category and rate, rounded half up once per group (as EN 16931 BR-CO-17 does); shops that round line by line differ,
    /// so up to one minor unit per line is let through and becomes the rounding amount (BT-114).
    /// - Returns: the rounding amount, `total` − computed.
    /// - Throws: `total_mismatch`, and what `OrderPricing` refuses.
    @discardableResult
    package func checkTotal() throws(OrderRefusal) -> Int64 {
        // Where the seller is decides between untaxed categories only, so it cannot change the total.
        let computed = try OrderPricing(self, sellerCountry: shippingAddress.country).payable
        guard (0...Amount.maximumTotal).contains(total) else {
            throw OrderRefusal(.invalidField, "/total", "A total is 0 to 10^15.")
        }
        let tolerance = pricesIncludeTax ? 0 : Int64(lines.count)
        guard (total - computed).magnitude <= tolerance.magnitude else {
            throw OrderRefusal(
                .totalMismatch,
                "/total",
                "The total is \(total), but lines, discounts, shipping and tax come to \(computed)."
            )
        }
        return total - computed
    }

    /// - Throws: `invalid_field` for no or too many lines, and for a line id that stands twice.
    package func checkLines() throws(OrderRefusal) {
        guard (1...Self.maximumLines).contains(lines.count) else {
            throw OrderRefusal(.invalidField, "/lines", "An order has 1 to 5,000 lines.")
        }
        if lines.count > 1, let index = ExactID.firstRepeated(in: lines.map(\.lineID)) {
            throw OrderRefusal(.invalidField, "/lines/\(index)/lineId", "The line id stands on an earlier line too.")
        }
    }

    /// - Throws: `payment_mismatch` where payments come to more than the total, `invalid_field` for a payment id that stands twice
    ///   and for an amount that no order can have.
    package func checkPayments() throws(OrderRefusal) {
        if payments.count > 1, let index = ExactID.firstRepeated(in: payments.map(\.paymentID)) {
            throw OrderRefusal(.invalidField, "/payments/\(index)/paymentId", "The payment id stands on an earlier payment too.")
        }
        var paid: Int64 = 0
        for (index, payment) in payments.enumerated() {
            guard (0...Amount.maximumTotal).contains(payment.amount) else {
                throw OrderRefusal(.invalidField, "/payments/\(index)/amount", "A payment is 0 to 10^15.")
            }
            paid += payment.amount
            guard paid <= total else {
                throw OrderRefusal(.paymentMismatch, "/payments/\(index)/amount", "The payments come to more than the order's total.")
            }
        }
    }

    /// - Throws: `unknown_currency` for a code ISO 4217 does not have in force, `currency_mismatch` where it is not the channel's.
    package func checkCurrency(of channel: Channel) throws(OrderRefusal) {
        guard currency != channel.currency else { return }
        guard Currency(code: currency) != nil else {
            throw OrderRefusal(.unknownCurrency, "/currency", "ISO 4217 has no such currency in force.")
        }
        throw OrderRefusal(.currencyMismatch, "/currency", "The channel sells in \(channel.currency).")
    }
}
