internal import Commerce

/// Turns an invoice's amounts into what is printed.
struct InvoiceFigures {
    let invoice: Invoice
    let locale: DocumentLocale
    let currency: DocumentCurrency
    /// The prices the customer saw include tax when a unit's price times the quantity is not the net.
    let pricesIncludeTax: Bool
    private let hasSeveralRates: Bool
    /// The exemptions that occur, in the order of the tax table: a footnote each.
    private let exemptions: [TaxExemption]

    init(_ invoice: Invoice) {
        self.invoice = invoice
        locale = DocumentLocale(invoice.locale)
        currency = DocumentCurrency(invoice.currency)
        pricesIncludeTax = invoice.lines.contains {
            let (product, overflow) = $0.shownUnitPrice.multipliedReportingOverflow(by: $0.quantity)
            return overflow || product != $0.netBeforeDiscount
        }
        hasSeveralRates = invoice.taxes.count > 1
        var exemptions: [TaxExemption] = []
        for tax in invoice.taxes {
            if let exemption = TaxExemption(tax.category), !exemptions.contains(exemption) { exemptions.append(exemption) }
        }
        self.exemptions = exemptions
    }

    private var words: DocumentWords { locale.words }

    func row(_ line: InvoiceLine, position: Int) -> InvoiceContent.Row {
        InvoiceContent.Row(
            position: String(position),
            name: line.name.or(line.sku),
            sku: line.sku,
            quantity: locale.integer(line.quantity),
            unitPrice: locale.amount(line.shownUnitPrice, currency),
            discount: line.discount == 0 ? "" : locale.amount(-line.discount, currency),
            taxRate: rate(line.rate, line.category),
            amount: locale.amount(line.net, currency)
        )
    }

    func taxRow(_ tax: InvoiceTax) -> InvoiceContent.TaxRow {
        InvoiceContent.TaxRow(
            rate: rate(tax.rate, tax.category),
            taxable: locale.amount(tax.taxable, currency),
            tax: locale.amount(tax.tax, currency)
        )
    }

    var sums: [InvoiceContent.Sum] {
        let totals = invoice.totals
        var sums: [InvoiceContent.Sum] = []
        func add(_ label: String, _ amount: Int64, _ weight: InvoiceContent.Sum.Weight = .plain) {
            sums.append(.init(label: label, value: locale.amount(amount, currency), weight: weight))
        }
        if !invoice.allowances.isEmpty || !invoice.charges.isEmpty {
            add(words.subtotal, totals.lineNet)
            for allowance in invoice.allowances { add(rated(allowance.name.or(words.discount), allowance), -allowance.net) }
            for charge in invoice.charges { add(rated(words.charge(charge.name), charge), charge.net) }
        }
        add(words.netTotal, totals.taxExclusive, .bold)
        for tax in invoice.taxes where tax.category != .notSubject { add(words.tax(rate(tax.rate, tax.category)), tax.tax) }
        if totals.prepaid != 0 || totals.rounding != 0 {
            add(words.total, totals.taxInclusive, .bold)
            if totals.prepaid != 0 { add(words.paid, -totals.prepaid) }
            if totals.rounding != 0 { add(words.rounding, totals.rounding) }
            sums.append(.init(label: words.due, value: locale.money(totals.payable, currency), weight: .due))
        } else {
            sums.append(.init(label: words.total, value: locale.money(totals.payable, currency), weight: .due))
        }
        return sums
    }

    /// `¹ Intra-community supply, exempt from VAT`.
    var exemptionNotes: [String] {
        exemptions.enumerated().map { "\(Self.footnote($0))\u{A0}\(words.exemption($1))" }
    }

    var paymentNotes: [String] {
        let totals = invoice.totals
        let method = invoice.paymentMethod.flatMap { $0.isBlank ? nil : $0 }
        guard totals.payable > 0 else {
            return [words.paidInFull(totals.prepaid > 0 ? method.map(words.methodName) : nil), words.thanks]
        }
        if let method, PaymentMeans.Kind(method) != .transfer {
            return [words.payBy(words.methodName(method)) + ".", words.thanks]
        }
        let amount = locale.money(totals.payable, currency)
        guard let iban = invoice.seller.iban, !iban.isBlank else {
            return [words.transferWithoutAccount(amount, invoice.number), words.thanks]
        }
        return [words.transfer(amount, Self.groupedIBAN(iban), invoice.number), words.thanks]
    }

    /// In groups of four, which stay on one line.
    static func groupedIBAN(_ iban: String) -> String {
        var text = ""
        for (index, character) in iban.filter({ !$0.isWhitespace }).enumerated() {
            if index > 0, index.isMultiple(of: 4) { text += "\u{A0}" }
            text.append(character)
        }
        return text
    }

    /// Which rate an adjustment belongs to, where there are several.
    private func rated(_ name: String, _ adjustment: InvoiceAdjustment) -> String {
        hasSeveralRates ? "\(name), \(words.taxRate) \(rate(adjustment.rate, adjustment.category))" : name
    }

    /// The rate with its footnote; a dash where tax does not apply at all.
    private func rate(_ rate: TaxRate, _ category: TaxCategory) -> String {
        let text = category == .notSubject ? "–" : locale.percent(rate)
        guard let exemption = TaxExemption(category), let index = exemptions.firstIndex(of: exemption) else { return text }
        return text + Self.footnote(index)
    }

    private static func footnote(_ index: Int) -> String { ["¹", "²", "³", "⁴", "⁵"][index % 5] }
}
