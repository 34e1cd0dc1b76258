internal import Commerce
internal import Testing

@testable internal import Documents

@Suite(.timeLimit(.minutes(15)))
struct UBLInvoiceTests {
    @Test(.enabled(if: UBLValidator.isWanted, "OMS_VALIDATOR_PYTHON is not set"))
    func every_kind_of_invoice_conforms_to_en_16931() throws {
        let complaints = try UBLValidator.complaints(about: Samples.all.map { ($0.name, UBLInvoice.xml(for: $0.invoice)) })
        #expect(complaints == [:])
    }

    @Test(.enabled(if: UBLValidator.isWanted, "OMS_VALIDATOR_PYTHON is not set"), arguments: [20_261_123 as UInt64])
    func invoices_of_random_orders_conform(seed: UInt64) throws {
        var random = RandomOrders(seed: seed)
        let invoices = try (1...120).flatMap { try random.invoices(of: $0) }
        #expect(invoices.count > 200)
        let complaints = try UBLValidator.complaints(about: invoices.map { ($0.number, UBLInvoice.xml(for: $0)) })
        #expect(complaints == [:], "seed \(seed)")
    }

    /// The validators must be able to say no, or their yes means nothing.
    @Test(.enabled(if: UBLValidator.isWanted, "OMS_VALIDATOR_PYTHON is not set"))
    func the_validators_find_what_is_wrong() throws {
        var wrongSum = Samples.domestic.invoice
        wrongSum.totals.payable += 1
        var noNumber = Samples.domestic.invoice
        noNumber.seller.vatID = nil
        var noBuyerNumber = Samples.intraCommunity.invoice
        noBuyerNumber.buyer.vatID = nil
        let complaints = try UBLValidator.complaints(about: [
            ("sum", UBLInvoice.xml(for: wrongSum)),
            ("number", UBLInvoice.xml(for: noNumber)),
            ("buyer", UBLInvoice.xml(for: noBuyerNumber)),
            ("cut", Array(UBLInvoice.xml(for: wrongSum).dropLast(20))),
            ("dinar", UBLInvoice.xml(for: Samples.dinar.invoice)),
            ("fine", UBLInvoice.xml(for: Samples.domestic.invoice)),
        ])
        #expect(complaints["sum"]?.contains("BR-CO-16") == true)
        #expect(complaints["number"]?.contains("BR-S-02") == true)
        #expect(complaints["buyer"]?.contains("BR-IC-02") == true)
        #expect(complaints["cut"] != nil)
        #expect(complaints["dinar"]?.contains("UBL-DT-01") == true)
        #expect(complaints["fine"] == nil)
    }

    @Test func price_times_quantity_is_exact() {
        let xml = text(Samples.pricesWithTax.invoice)
        #expect(xml.contains(#"<cbc:PriceAmount currencyID="EUR">50.39</cbc:PriceAmount>"#))
        #expect(xml.contains(#"<cbc:BaseQuantity unitCode="H87">3</cbc:BaseQuantity>"#))
        #expect(xml.contains(#"<cbc:LineExtensionAmount currencyID="EUR">50.39</cbc:LineExtensionAmount>"#))
        #expect(!text(Samples.domestic.invoice).contains("BaseQuantity"))
    }

    @Test(arguments: [("EUR", "12.30"), ("JPY", "1230"), ("KWD", "1.230")])
    func amounts_have_the_digits_of_their_currency(currency: String, written: String) {
        var sample = SampleInvoice(currency: currency)
        sample.line("Thing", price: 1_230)
        #expect(text(sample.invoice).contains(#"<cbc:PriceAmount currencyID="\#(currency)">\#(written)</cbc:PriceAmount>"#))
    }

    @Test(arguments: [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-12_345, "-123.45"), (.min, "-92233720368547758.08")])
    func decimals_are_exact(minorUnits: Int64, written: String) {
        #expect(DocumentCurrency("EUR").decimal(minorUnits) == written)
    }

    @Test func markup_in_texts_stays_text() {
        let xml = text(Samples.hostileTexts.invoice)
        #expect(xml.contains("&lt;/cbc:Name&gt;&lt;cbc:Name&gt;&amp;amp;&amp;lt;"))
        #expect(xml.contains("&quot;Söhne&quot; ]]&gt; \u{FFFD}\u{FFFD}"))
        #expect(xml.contains("null\u{FFFD}bell\u{FFFD}noncharacter\u{FFFD}e\u{301}"))
        #expect(xml.contains("a&#13;b"))
    }

    @Test(arguments: [
        ("card", "48"), ("Credit Card", "48"), ("paypal", "68"), ("cash", "10"), ("bank_transfer", "58"), ("sepa-debit", "49"),
        ("moon-beads", "1"), ("card, credit card", "48"), ("card, paypal", "1"),
    ])
    func payment_is_coded(method: String, code: String) {
        var sample = Samples.domestic
        sample.paymentMethod = method
        #expect(PaymentMeans(of: sample.invoice)?.code == code)
    }

    @Test func a_transfer_needs_an_account() {
        var sample = Samples.domestic
        #expect(PaymentMeans(of: sample.invoice) == PaymentMeans(code: "58", name: nil, account: "DE02120300000000202051"))
        sample.currency = "USD"
        #expect(PaymentMeans(of: sample.invoice)?.code == "30")
        sample.seller.iban = nil
        #expect(PaymentMeans(of: sample.invoice)?.code == "1")
        sample.prepaid = sample.invoice.totals.taxInclusive
        #expect(PaymentMeans(of: sample.invoice) == nil)
    }

    @Test func the_same_invoice_gives_the_same_bytes() {
        for sample in Samples.all { #expect(UBLInvoice.xml(for: sample.invoice) == UBLInvoice.xml(for: sample.invoice)) }
    }

    private func text(_ invoice: Invoice) -> String { String(decoding: UBLInvoice.xml(for: invoice), as: UTF8.self) }
}
