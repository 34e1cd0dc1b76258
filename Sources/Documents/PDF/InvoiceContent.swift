internal import Commerce

/// What stands on an invoice's pages, in words and figures of its reader; where it stands is decided elsewhere.
struct InvoiceContent {
    struct Fact {
        var label: String
        var value: String
    }

    struct Row {
        var position: String
        var name: String
        var sku: String
        var quantity: String
        var unitPrice: String
        var discount: String
        var taxRate: String
        var amount: String
    }

    struct TaxRow {
        var rate: String
        var taxable: String
        var tax: String
    }

    struct Sum {
        enum Weight { case plain, bold, due }

        var label: String
        var value: String
        var weight: Weight
    }

    var title: String
    var senderLine: String
    var recipient: [String]
    var facts: [Fact]
    var rows: [Row]
    var hasDiscounts: Bool
    var pricesIncludeTax: Bool
    var taxes: [TaxRow]
    var sums: [Sum]
    var notes: [String]
    var words: DocumentWords
    var currency: String

    init(_ invoice: Invoice) {
        let figures = InvoiceFigures(invoice)
        words = figures.locale.words
        currency = invoice.currency
        title = "\(words.invoice) \(invoice.number)"
        senderLine = Self.joined([invoice.seller.name, invoice.seller.street, Self.town(invoice.seller)], by: " · ")
        recipient = Self.recipient(of: invoice, figures.locale)
        facts = Self.facts(of: invoice, figures.locale)
        rows = invoice.lines.enumerated().map { figures.row($1, position: $0 + 1) }
        hasDiscounts = invoice.lines.contains { $0.discount != 0 }
        pricesIncludeTax = figures.pricesIncludeTax
        taxes = invoice.taxes.map(figures.taxRow)
        sums = figures.sums
        notes = figures.exemptionNotes + figures.paymentNotes
    }

    private static func recipient(of invoice: Invoice, _ locale: DocumentLocale) -> [String] {
        let buyer = invoice.buyer
        let country = buyer.country == invoice.seller.country ? "" : locale.country(buyer.country).uppercased()
        return [buyer.name, buyer.street, town(buyer), country].filter { !$0.isBlank }
    }

    private static func facts(of invoice: Invoice, _ locale: DocumentLocale) -> [Fact] {
        let words = locale.words
        var facts = [
            Fact(label: words.invoiceNumber, value: invoice.number),
            Fact(label: words.invoiceDate, value: locale.date(invoice.issueDate)),
            Fact(label: words.deliveryDate, value: locale.date(invoice.deliveryDate)),
            Fact(label: words.order, value: invoice.orderID),
        ]
        if let reference = invoice.buyerReference { facts.append(Fact(label: words.yourReference, value: reference)) }
        if let vatID = invoice.buyer.vatID { facts.append(Fact(label: words.yourVATID, value: vatID)) }
        facts.append(Fact(label: words.shipment, value: invoice.shipmentID))
        let place = invoice.deliverTo
        if (place.name, place.street, place.postalCode, place.city) != address(of: invoice.buyer) || place.country != invoice.buyer.country
        {
            let country = place.country == invoice.seller.country ? "" : locale.country(place.country)
            let town = joined([place.postalCode, place.city], by: " ")
            facts.append(Fact(label: words.deliveredTo, value: joined([place.name, place.street, town, country], by: ", ")))
        }
        return facts.filter { !$0.value.isBlank }
    }

    private static func address(of party: InvoiceParty) -> (String, String, String, String) {
        (party.name, party.street, party.postalCode, party.city)
    }

    static func town(_ party: InvoiceParty) -> String { joined([party.postalCode, party.city], by: " ") }

    static func joined(_ parts: [String], by separator: String) -> String {
        parts.filter { !$0.isBlank }.joined(separator: separator)
    }
}
