internal import Commerce
internal import Messages

/// Messages that are wrong, each in another way, for the dead-letter desk.
enum ShopMishaps {
    static func messages(at time: Timestamp) -> [ScriptMessage] {
        let order = order(at: time)
        var mistotaled = order
        (mistotaled.orderID, mistotaled.total) = ("broken-total", order.total - 1)
        var misplaced = order
        (misplaced.orderID, misplaced.channel) = ("broken-channel", "shop-fr")
        var foreign = order
        (foreign.orderID, foreign.currency) = ("broken-currency", "USD")
        var negative = order
        negative.orderID = "broken-quantity"
        negative.lines[0].quantity = -2
        let truncated = Array(order.json().dropLast(40))
        let returned = ReturnRequested(
            channel: "shop-de",
            orderID: "100001",
            returnID: "return-1",
            lines: [ReturnRequested.Line(lineID: "1", quantity: 1, reason: "too small")],
            occurredAt: time
        )
        let broken: [(String, [UInt8], String)] = [
            ("order.placed", mistotaled.json(), "total_mismatch"),
            ("order.placed", misplaced.json(), "unknown_channel"),
            ("order.placed", foreign.json(), "currency_mismatch"),
            ("order.placed", negative.json(), "invalid_field"),
            ("order.placed", truncated, "invalid_json"),
            ("return.requested", returned.json(), "unsupported_type"),
        ]
        return broken.enumerated().map { index, entry in
            ScriptMessage(time: time.adding(seconds: Int64(index) * 600), type: entry.0, body: entry.1, expectedRefusal: entry.2)
        }
    }

    private static func order(at time: Timestamp) -> PlacedOrder {
        PlacedOrder(
            channel: "shop-de",
            orderID: "broken",
            placedAt: time,
            currency: "EUR",
            pricesIncludeTax: true,
            customer: Customer(name: "Ada Lovelace", email: "ada@example.com"),
            shippingAddress: Address(name: "Ada Lovelace", street: "Jungfernstieg 1", postalCode: "20095", city: "Hamburg", country: "DE"),
            lines: [
                OrderLine(lineID: "1", sku: "P-10001", name: "Lampe", quantity: 2, unitPrice: 1_999, taxRate: TaxRate(micros: 19_000_000))
            ],
            total: 3_998
        )
    }
}
