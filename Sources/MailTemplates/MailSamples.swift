internal import Commerce

/// Made-up mails that use everything templates can name: for the check at start, for previews and for tests.
package enum MailSamples {
    /// Every kind twice: for a small order whose prices include tax, and for a long one with taxed-on-top prices that is collected.
    package static let all: [MailContext] = [
        order(pricesIncludeTax: true, extraLines: 0), order(pricesIncludeTax: false, extraLines: 100),
    ].flatMap { order in contents.map { context($0, order) } }

    /// The names each kind of mail offers to its templates.
    static func names() throws(MailTemplateError) -> [MailKind: Set<String>] {
        var names: [MailKind: Set<String>] = [:]
        for kind in MailKind.allCases { names[kind] = ["subject"] }
        for sample in all {
            collect(try TemplateValues(sample, locale: .english).all(), into: &names[sample.content.kind, default: []])
        }
        return names
    }

    private static func collect(_ value: Any, into names: inout Set<String>) {
        if let object = value as? [String: Any] {
            names.formUnion(object.keys)
            for child in object.values { collect(child, into: &names) }
        } else if let list = value as? [[String: Any]], let first = list.first {
            collect(first, into: &names)
        }
    }

    private static let lamp = MailItem(sku: "LAMP-01", name: "Desk lamp “Ørsted”, brass", quantity: 2)
    private static let bulb = MailItem(sku: "BULB-E27-08", name: "LED bulb E27, 8 W, warm white", quantity: 6)
    private static let awaitedBulb = MailItem(
        sku: bulb.sku,
        name: bulb.name,
        quantity: bulb.quantity,
        expected: CivilDate(year: 2026, month: 12, day: 7),
        preorder: true
    )
    private static let parcel = MailParcel(
        carrier: "DHL",
        trackingNumber: "00340434292135100186",
        trackingURL: "https://track.example.com/?id=00340434292135100186&lang=en",
        items: [lamp]
    )

    private static let contents: [MailContent] = [
        .orderConfirmation,
        .orderBackordered(waiting: [awaitedBulb], there: [lamp]),
        .shipmentDispatched(parcel, remaining: [bulb]),
        .shipmentDelivered(parcel, remaining: [bulb]),
        .invoiceIssued(MailInvoice(number: "R00000042", date: CivilDate(year: 2026, month: 11, day: 24), total: 12_345)),
        .orderCancelled([bulb], isWholeOrder: false, cause: .requested),
        .pickupReady([lamp], until: CivilDate(year: 2026, month: 12, day: 6), remaining: [bulb]),
        .pickupExpired([lamp]),
        .promiseChanged([awaitedBulb, lamp]),
    ]

    private static func context(_ content: MailContent, _ order: PlacedOrder) -> MailContext {
        MailContext(
            content,
            order: order,
            orderDate: CivilDate(year: 2026, month: 11, day: 22),
            seller: seller,
            channel: Channel(id: "shop-de", seller: "main", currency: "EUR", locale: "de-DE", timeZone: "Europe/Berlin"),
            pickupLocationName: "Berlin Mitte",
            pickupAddress: Address(name: "Berlin Mitte", street: "Torstraße 1", postalCode: "10119", city: "Berlin", country: "DE"),
            delivery: order.shipping?.pickupLocation == nil ? delivery(content.kind) : nil
        )
    }

    /// What is collected at a store has none.
    private static func delivery(_ kind: MailKind) -> DeliveryEstimate? {
        let last = CivilDate(year: 2026, month: 12, day: 1)
        switch kind {
        case .orderConfirmation, .shipmentDispatched, .promiseChanged:
            return DeliveryEstimate(earliest: CivilDate(year: 2026, month: 11, day: 27), latest: last)
        default: return nil
        }
    }

    private static let seller = Seller(
        id: "main",
        name: "Example GmbH",
        vatID: "DE123456789",
        street: "Kai 1",
        postalCode: "20457",
        city: "Hamburg",
        country: "DE",
        email: "billing@example.com",
        phone: "+49 40 123456",
        invoicePrefix: "R"
    )

    private static func order(pricesIncludeTax: Bool, extraLines: Int) -> PlacedOrder {
        let rate = TaxRate(micros: 19_000_000)
        var lines = [
            OrderLine(lineID: "1", sku: lamp.sku, name: lamp.name, quantity: 2, unitPrice: 4_999, taxRate: rate),
            OrderLine(lineID: "2", sku: bulb.sku, name: bulb.name, quantity: 6, unitPrice: 449, taxRate: rate),
        ]
        for number in 0..<extraLines {
            lines.append(
                OrderLine(lineID: "x\(number)", sku: "X-\(number)", name: "Part \(number)", quantity: 1, unitPrice: 100, taxRate: rate)
            )
        }
        return PlacedOrder(
            channel: "shop-de",
            orderID: "100042",
            placedAt: Timestamp(seconds: 1_795_342_500),
            currency: "EUR",
            pricesIncludeTax: pricesIncludeTax,
            customer: Customer(name: "Ada Lovelace", email: "ada@example.com", locale: "de-DE"),
            shippingAddress: Address(name: "Ada Lovelace", street: "Rue du Port 1", postalCode: "1204", city: "Genève", country: "CH"),
            lines: lines,
            shipping: ShippingCharge(method: "standard", price: 499, taxRate: rate, pickupLocation: extraLines > 0 ? "ber-2" : nil),
            discounts: [Discount(name: "Autumn voucher", amount: 846)],
            total: pricesIncludeTax ? 12_345 : 26_591
        )
    }
}
