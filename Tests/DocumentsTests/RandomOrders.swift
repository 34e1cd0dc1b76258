internal import Commerce
internal import Testing

/// Orders as channels might send them, always the same for the same seed.
struct RandomOrders: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    static let seller = Seller(
        id: "main",
        name: "Hanse Leuchten GmbH",
        vatID: "DE123456789",
        street: "Am Sandtorkai 1",
        postalCode: "20457",
        city: "Hamburg",
        country: "DE",
        timeZone: "Europe/Berlin",
        email: "rechnung@hanse-leuchten.example",
        iban: "DE02120300000000202051",
        invoicePrefix: "R"
    )

    /// The invoices of one order, a parcel each.
    mutating func invoices(of number: Int) throws -> [Invoice] {
        let order = try order(number)
        let channel = Channel(id: "shop-de", seller: "main", currency: order.currency, locale: "de-DE")
        var invoiced = order.lines.map { _ in Int64(0) }
        var invoices: [Invoice] = []
        while invoices.count < 4 {
            let isLast = invoices.count == 3
            var shipped: [LineUnits] = []
            for (line, before) in invoiced.enumerated() {
                let open = order.lines[line].quantity - before
                let quantity = isLast ? open : Int64.random(in: 0...open, using: &self)
                if quantity > 0 { shipped.append(LineUnits(line: line, quantity: quantity)) }
            }
            guard !shipped.isEmpty else {
                if isLast || !zip(invoiced, order.lines).contains(where: { $0 < $1.quantity }) { break }
                continue
            }
            let invoice = try InvoiceCalculation.invoice(
                InvoiceRequest(
                    order: order,
                    seller: Self.seller,
                    channel: channel,
                    number: "R" + String(String(100_000_000 + number * 10 + invoices.count).dropFirst()),
                    issueDate: CivilDate(year: 2026, month: 11, day: 23),
                    deliveryDate: CivilDate(year: 2026, month: 11, day: 22),
                    shipmentID: "shp-\(number)-\(invoices.count)",
                    shipped: shipped,
                    previouslyInvoiced: invoiced,
                    isFirst: invoices.isEmpty,
                    prepaid: Bool.random(using: &self) ? Int64.random(in: 0...order.total, using: &self) : 0
                )
            )
            invoices.append(invoice)
            for units in shipped { invoiced[units.line] += units.quantity }
        }
        return invoices
    }

    private mutating func order(_ number: Int) throws -> PlacedOrder {
        let destinations = [("DE", nil), ("FR", "FR12345678901"), ("FR", nil), ("CH", nil), ("US", nil)]
        let (country, vatID) = pick(destinations)
        let isTaxed = country == "DE" || (country == "FR" && vatID == nil)
        let address = Address(name: "Ada Lovelace", street: "Jungfernstieg 1", postalCode: "20095", city: "Hamburg", country: country)
        let rates = isTaxed ? ["19", "7", "0", "8.875", "5.5"] : ["0"]
        let lines = try (1...Int.random(in: 1...8, using: &self)).map { index in
            OrderLine(
                lineID: String(index),
                sku: "SKU-\(index)",
                name: pick(["Lampe", "灯", "مصباح", "<b>&\"'", "🎁"]),
                quantity: pick([1, 2, 3, 7, 100]),
                unitPrice: pick([0, 1, 99, 1_999, 123_457]),
                taxRate: try #require(TaxRate(pick(rates)))
            )
        }
        var order = PlacedOrder(
            channel: "shop-de",
            orderID: "order-\(number)",
            placedAt: Timestamp(seconds: 1_795_000_000),
            currency: pick(["EUR", "USD", "JPY"]),
            pricesIncludeTax: Bool.random(using: &self),
            customer: Customer(name: "Ada Lovelace", email: "ada@example.com", locale: "de-DE", vatID: vatID),
            shippingAddress: address,
            lines: lines,
            total: 0
        )
        if Bool.random(using: &self) { order.shipping = ShippingCharge(method: "standard", price: 499, taxRate: lines[0].taxRate) }
        for line in lines where line.unitPrice > 100 && Bool.random(using: &self) {
            order.discounts.append(
                Discount(name: "Mengenrabatt", amount: Int64.random(in: 1...line.unitPrice, using: &self), lineID: line.lineID)
            )
        }
        let worth = try OrderPricing(order, sellerCountry: "DE").groupRests.reduce(0, +)
        if worth > 0, Bool.random(using: &self) {
            order.discounts.append(Discount(name: "Gutschein", amount: Int64.random(in: 1...worth, using: &self)))
        }
        order.total = try OrderPricing(order, sellerCountry: "DE").payable
        if !order.pricesIncludeTax, order.total > 0 { order.total += pick([-1, 0, 1]) }
        if Bool.random(using: &self) {
            order.payments = [OrderPayment(paymentID: "p", method: pick(["card", "paypal"]), status: .captured, amount: order.total)]
        }
        return order
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self)]
    }
}
