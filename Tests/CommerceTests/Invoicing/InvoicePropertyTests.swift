import Commerce
import Testing

/// Random orders in random parcels: every invoice obeys EN 16931 by itself, and together they come to the order.
struct InvoicePropertyTests {
    @Test func partial_invoices_sum_to_the_whole() throws {
        for seed in UInt64(0)..<1_200 {
            var random = SplitMix64(seed: seed)
            let order = try randomOrder(&random)
            let invoices = try ship(order, share: 100, &random)
            for invoice in invoices { check(invoice, of: order, "seed \(seed)") }
            #expect(invoices.reduce(0) { $0 + $1.totals.payable + $1.totals.prepaid } == order.total, "seed \(seed)")

            let whole = try ship(order, share: 100, &random, atOnce: true)
            guard let single = whole.first, Currency(code: order.currency)?.exponent != 0 else { continue }
            #expect(invoices.reduce(0) { $0 + $1.totals.tax } == single.totals.tax, "seed \(seed)")
            #expect(invoices.reduce(0) { $0 + $1.totals.taxExclusive } == single.totals.taxExclusive, "seed \(seed)")
            #expect(invoices.reduce(0) { $0 + $1.totals.rounding } == single.totals.rounding, "seed \(seed)")
        }
    }

    @Test func what_is_not_shipped_is_not_invoiced() throws {
        for seed in UInt64(5_000)..<5_400 {
            var random = SplitMix64(seed: seed)
            let order = try randomOrder(&random)
            let invoices = try ship(order, share: 60, &random)
            for invoice in invoices { check(invoice, of: order, "seed \(seed)") }
            var invoiced = order.lines.map { _ in Int64(0) }
            for line in invoices.flatMap(\.lines) {
                let place = try #require(order.lines.firstIndex { $0.lineID == line.lineID })
                invoiced[place] += line.quantity
            }
            let sum = invoices.reduce(0) { $0 + $1.totals.payable + $1.totals.prepaid }
            #expect(try sum == InvoiceCalculation.value(of: order, invoiced: invoiced), "seed \(seed)")
            #expect((0...order.total).contains(sum), "seed \(seed)")
        }
    }

    /// The arithmetic of EN 16931, as its official validation checks it.
    private func check(_ invoice: Invoice, of order: PlacedOrder, _ comment: Comment) {
        let totals = invoice.totals
        #expect(totals.lineNet == invoice.lines.reduce(0) { $0 + $1.net }, comment)  // BR-CO-10
        #expect(totals.allowances == invoice.allowances.reduce(0) { $0 + $1.net }, comment)  // BR-CO-11
        #expect(totals.charges == invoice.charges.reduce(0) { $0 + $1.net }, comment)  // BR-CO-12
        #expect(totals.taxExclusive == totals.lineNet - totals.allowances + totals.charges, comment)  // BR-CO-13
        #expect(totals.tax == invoice.taxes.reduce(0) { $0 + $1.tax }, comment)  // BR-CO-14
        #expect(totals.taxInclusive == totals.taxExclusive + totals.tax, comment)  // BR-CO-15
        #expect(totals.payable == totals.taxInclusive - totals.prepaid + totals.rounding, comment)  // BR-CO-16
        #expect(totals.payable >= 0 && totals.tax >= 0 && totals.taxExclusive >= 0, comment)
        #expect(invoice.lines.allSatisfy { $0.net >= 0 && $0.discount >= 0 && $0.netBeforeDiscount == $0.net + $0.discount }, comment)
        #expect(invoice.allowances.allSatisfy { $0.net > 0 } && invoice.charges.allSatisfy { $0.net >= 0 }, comment)

        let groups = invoice.taxes.map { TaxGroup(category: $0.category, rate: $0.rate) }
        #expect(Set(groups).count == groups.count, comment)  // BR-S-01 and its likes
        let used =
            invoice.lines.map { TaxGroup(category: $0.category, rate: $0.rate) }
            + (invoice.allowances + invoice.charges).map { TaxGroup(category: $0.category, rate: $0.rate) }
        #expect(Set(used) == Set(groups), comment)
        let decimals = Currency(code: invoice.currency)?.exponent ?? 2
        for tax in invoice.taxes {
            func inGroup(_ category: TaxCategory, _ rate: TaxRate) -> Bool { category == tax.category && rate == tax.rate }
            let lines = invoice.lines.filter { inGroup($0.category, $0.rate) }.reduce(0) { $0 + $1.net }
            let allowances = invoice.allowances.filter { inGroup($0.category, $0.rate) }.reduce(0) { $0 + $1.net }
            let charges = invoice.charges.filter { inGroup($0.category, $0.rate) }.reduce(0) { $0 + $1.net }
            #expect(tax.taxable == lines - allowances + charges, comment)  // BR-S-08
            // An odd gross of whole yen at 100 % has no tax within the tolerance: a half either way is a whole yen off.
            if decimals == 0, tax.rate.micros == TaxRate.whole { continue }
            let (major, percent) = ((0..<decimals).reduce(1.0) { value, _ in value * 10 }, Double(tax.rate.micros) / 1e8)
            let expected = (Double(tax.taxable) / major * percent * 100).rounded() / 100
            #expect(abs(Double(tax.tax) / major - expected) < 1, comment)  // BR-CO-17, BR-S-09
        }
    }

    /// Ships the order in random parcels, about `share` percent of its units.
    private func ship(_ order: PlacedOrder, share: Int, _ random: inout SplitMix64, atOnce: Bool = false) throws -> [Invoice] {
        var left = order.lines.map { share == 100 ? $0.quantity : Int64(Double($0.quantity) * Double.random(in: 0...1.2, using: &random)) }
        left = zip(left, order.lines).map { min($0, $1.quantity) }
        var invoiced = order.lines.map { _ in Int64(0) }
        var invoices: [Invoice] = []
        while left.contains(where: { $0 > 0 }) {
            var shipped = left.indices.filter { left[$0] > 0 && (atOnce || random.chance(60)) }.map {
                LineUnits(line: $0, quantity: atOnce ? left[$0] : Int64.random(in: 1...left[$0], using: &random))
            }
            if shipped.isEmpty, let line = left.firstIndex(where: { $0 > 0 }) { shipped = [LineUnits(line: line, quantity: 1)] }
            let request = InvoiceRequest(
                order: order,
                seller: .sample,
                channel: .sample,
                number: "R\(invoices.count)",
                issueDate: CivilDate(dayNumber: 20_000),
                deliveryDate: CivilDate(dayNumber: 20_000),
                shipmentID: "s",
                shipped: shipped,
                previouslyInvoiced: invoiced,
                isFirst: invoices.isEmpty,
                prepaid: random.chance(10) ? 77 : 0
            )
            invoices.append(try InvoiceCalculation.invoice(request))
            for units in shipped {
                left[units.line] -= units.quantity
                invoiced[units.line] += units.quantity
            }
        }
        return invoices
    }

    private func randomOrder(_ random: inout SplitMix64) throws -> PlacedOrder {
        let rates = random.chance(50) ? ["19"] : ["19", "7", "0", "8.875", "25.5", "100"]
        let prices: [Int64] = [0, 1, 2, 3, 7, 99, 1_999, 123_456, 1_000_000_000]
        let lines = (0..<Int.random(in: 1...6, using: &random)).map { place in
            let category: TaxCategory? = random.chance(10) ? .canaryIslands : nil
            return OrderLine.sample(
                "\(place)",
                .random(in: 1...9, using: &random),
                at: random.pick(prices),
                rate: random.pick(rates),
                category: category
            )
        }
        let values = lines.map { $0.unitPrice * $0.quantity }
        var rests = values
        var discounts: [Discount] = []
        for (place, value) in values.enumerated() where random.chance(30) {
            let amount = random.chance(30) ? value : Int64.random(in: 0...value, using: &random)
            discounts.append(Discount(name: "Line", amount: amount, lineID: "\(place)"))
            rests[place] -= amount
        }
        let shipping: Int64? = random.chance(60) ? random.pick([0, 1, 499, 12_345]) : nil
        var value = rests.reduce(0, +) + (shipping ?? 0)
        for name in ["Welcome", "Voucher", "Welcome"] where random.chance(40) {
            let amount = random.chance(20) ? value : Int64.random(in: 0...value, using: &random)
            discounts.append(Discount(name: name, amount: amount))
            value -= amount
        }
        var order = PlacedOrder.sample(
            lines,
            shipping: shipping,
            shippingRate: random.pick(rates),
            discounts: discounts.shuffled(using: &random),
            total: value,
            includesTax: random.chance(50),
            currency: random.pick(["EUR", "EUR", "JPY", "KWD"])
        )
        if !order.pricesIncludeTax {
            let computed = try OrderPricing(order, sellerCountry: "DE").payable
            order.total = max(0, computed + Int64.random(in: -Int64(lines.count)...Int64(lines.count), using: &random))
        }
        try order.check()
        return order
    }
}
