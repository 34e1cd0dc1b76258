internal import Commerce

/// Builds invoices whose sums are right, from what a test wants to say.
struct SampleInvoice {
    var currency = "EUR"
    var locale = "de-DE"
    var seller = InvoiceParty(
        name: "Hanse Leuchten GmbH",
        street: "Am Sandtorkai 1",
        postalCode: "20457",
        city: "Hamburg",
        country: "DE",
        vatID: "DE123456789",
        email: "rechnung@hanse-leuchten.example",
        phone: "+49 40 1234567",
        contact: "Buchhaltung",
        iban: "DE02 1203 0000 0000 2020 51"
    )
    var buyer = InvoiceParty(name: "Ada Lovelace", street: "Jungfernstieg 1", postalCode: "20095", city: "Hamburg", country: "DE")
    var deliverTo = Address(name: "Ada Lovelace", street: "Jungfernstieg 1", postalCode: "20095", city: "Hamburg", country: "DE")
    var buyerReference: String?
    var orderID = "100042"
    var lines: [InvoiceLine] = []
    var allowances: [InvoiceAdjustment] = []
    var charges: [InvoiceAdjustment] = []
    var prepaid: Int64 = 0
    var rounding: Int64 = 0
    var paymentMethod: String?

    mutating func line(
        _ name: String,
        quantity: Int64 = 1,
        price: Int64,
        discount: Int64 = 0,
        _ category: TaxCategory = .standard,
        _ rate: String = "19",
        sku: String? = nil
    ) {
        lines.append(
            InvoiceLine(
                lineID: String(lines.count + 1),
                sku: sku ?? "SKU-\(1000 + lines.count)",
                name: name,
                quantity: quantity,
                shownUnitPrice: price,
                netBeforeDiscount: price * quantity,
                discount: discount,
                net: price * quantity - discount,
                category: category,
                rate: TaxRate(rate) ?? .zero
            )
        )
    }

    /// The same seller, to a business elsewhere.
    mutating func sell(to name: String, country: String, vatID: String? = nil) {
        buyer = InvoiceParty(name: name, street: "Main 1", postalCode: "1010", city: "Town", country: country, vatID: vatID)
        deliverTo = Address(name: name, street: "Main 1", postalCode: "1010", city: "Town", country: country)
    }

    var invoice: Invoice {
        let taxes = breakdown
        let lineNet = lines.reduce(0) { $0 + $1.net }
        let allowanceTotal = allowances.reduce(0) { $0 + $1.net }
        let chargeTotal = charges.reduce(0) { $0 + $1.net }
        let taxExclusive = lineNet - allowanceTotal + chargeTotal
        let tax = taxes.reduce(0) { $0 + $1.tax }
        return Invoice(
            number: "R00000042",
            issueDate: CivilDate(year: 2026, month: 11, day: 23),
            deliveryDate: CivilDate(year: 2026, month: 11, day: 22),
            currency: currency,
            seller: seller,
            buyer: buyer,
            deliverTo: deliverTo,
            channel: "shop-de",
            orderID: orderID,
            buyerReference: buyerReference,
            shipmentID: "shp-77",
            lines: lines,
            allowances: allowances,
            charges: charges,
            taxes: taxes,
            totals: InvoiceTotals(
                lineNet: lineNet,
                allowances: allowanceTotal,
                charges: chargeTotal,
                taxExclusive: taxExclusive,
                tax: tax,
                taxInclusive: taxExclusive + tax,
                prepaid: prepaid,
                rounding: rounding,
                payable: taxExclusive + tax - prepaid + rounding
            ),
            paymentMethod: paymentMethod,
            locale: locale
        )
    }

    private var breakdown: [InvoiceTax] {
        struct Key: Hashable {
            let category: TaxCategory
            let rate: TaxRate
        }
        var taxable: [Key: Int64] = [:]
        for line in lines { taxable[Key(category: line.category, rate: line.rate), default: 0] += line.net }
        for allowance in allowances { taxable[Key(category: allowance.category, rate: allowance.rate), default: 0] -= allowance.net }
        for charge in charges { taxable[Key(category: charge.category, rate: charge.rate), default: 0] += charge.net }
        return taxable.map { key, net in
            let (tax, rest) = UInt64(100_000_000).dividingFullWidth(net.magnitude.multipliedFullWidth(by: key.rate.micros.magnitude))
            return InvoiceTax(category: key.category, rate: key.rate, taxable: net, tax: Int64(tax) + (rest >= 50_000_000 ? 1 : 0))
        }
        .sorted { ($1.rate, $0.category.rawValue) < ($0.rate, $1.category.rawValue) }
    }
}
