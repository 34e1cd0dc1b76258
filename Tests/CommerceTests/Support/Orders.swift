import Commerce

extension Address {
    static func sample(_ country: String = "DE") -> Address {
        Address(name: "Ada Lovelace", street: "Jungfernstieg 1", postalCode: "20095", city: "Hamburg", country: country)
    }
}

extension OrderLine {
    static func sample(
        _ id: String = "1",
        _ quantity: Int64 = 1,
        at price: Int64,
        rate: String = "19",
        category: TaxCategory? = nil
    ) -> OrderLine {
        OrderLine(
            lineID: id,
            sku: "A-\(id)",
            name: "Thing \(id)",
            quantity: quantity,
            unitPrice: price,
            taxRate: TaxRate(rate) ?? .zero,
            taxCategory: category
        )
    }
}

extension PlacedOrder {
    static func sample(
        _ lines: [OrderLine],
        shipping: Int64? = nil,
        shippingRate: String = "19",
        discounts: [Discount] = [],
        total: Int64,
        includesTax: Bool = true,
        currency: String = "EUR",
        country: String = "DE",
        vatID: String? = nil,
        payments: [OrderPayment] = []
    ) -> PlacedOrder {
        PlacedOrder(
            channel: "shop-de",
            orderID: "100042",
            placedAt: Timestamp(seconds: 1_795_342_500),
            currency: currency,
            pricesIncludeTax: includesTax,
            customer: Customer(name: "Ada Lovelace", email: "ada@example.com", vatID: vatID),
            shippingAddress: .sample(country),
            lines: lines,
            shipping: shipping.map { ShippingCharge(method: "standard", price: $0, taxRate: TaxRate(shippingRate) ?? .zero) },
            discounts: discounts,
            total: total,
            payments: payments
        )
    }
}

extension Seller {
    static let sample = Seller(
        id: "main",
        name: "Example GmbH",
        vatID: "DE123456789",
        street: "Kai 1",
        postalCode: "20457",
        city: "Hamburg",
        country: "DE",
        invoicePrefix: "R"
    )
}

extension Channel {
    static let sample = Channel(id: "shop-de", seller: "main", currency: "EUR", locale: "de-DE")
}
