package import Commerce

/// An invoice as UBL 2.1 XML after EN 16931, the European standard for electronic invoices.
///
/// The numbers in comments are the standard's business terms (BT) and groups (BG). The XML says what the invoice says; it is a pure
/// function of it, the same bytes every time. Where the invoice lacks what the standard asks for, everything else is still there:
/// - A seller whose number is not a VAT id (no country prefix) gets it as tax registration (BT-32), which suffices for taxed invoices.
/// - A seller without any number can issue conforming invoices only in category O (BR-S-02 and its sisters ask for one otherwise). The
///   prefix of the invoice's number, unique per seller, stands as seller identifier (BT-29), which BR-CO-26 asks for.
/// - Category O (not subject to tax) forbids VAT ids (BR-O-02) and other categories beside it (BR-O-11): the ids are left out when
///   all is O; an invoice that mixes O with others is valid UBL, not EN 16931.
/// - Currencies with three decimals (KWD) give valid UBL; EN 16931 allows two.
package enum UBLInvoice {
    /// The XML document, UTF-8. Never fails: characters XML 1.0 has no room for become U+FFFD.
    package static func xml(for invoice: Invoice) -> [UInt8] {
        var xml = XMLWriter(reservingCapacity: 6_000 + invoice.lines.count * 1_100)
        let context = UBLContext(invoice)
        xml.group("Invoice", attributes: namespaces) { xml in
            writeHead(of: invoice, to: &xml)
            writeParties(of: invoice, context, to: &xml)
            writePayment(of: invoice, context, to: &xml)
            for allowance in invoice.allowances { write(allowance, as: .allowance, context, to: &xml) }
            for charge in invoice.charges { write(charge, as: .charge, context, to: &xml) }
            writeTaxes(of: invoice, context, to: &xml)
            writeTotals(of: invoice, context, to: &xml)
            for line in invoice.lines { write(line, context, to: &xml) }
        }
        return xml.bytes
    }

    private static let namespaces: StaticString = """
         xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" \
        xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" \
        xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
        """

    private static func writeHead(of invoice: Invoice, to xml: inout XMLWriter) {
        xml.element("cbc:CustomizationID", "urn:cen.eu:en16931:2017")  // BT-24
        xml.element("cbc:ID", invoice.number)  // BT-1
        xml.element("cbc:IssueDate", invoice.issueDate.description)  // BT-2
        xml.element("cbc:InvoiceTypeCode", "380")  // BT-3: commercial invoice
        xml.element("cbc:DocumentCurrencyCode", invoice.currency)  // BT-5
        xml.element("cbc:BuyerReference", ifPresent: invoice.buyerReference)  // BT-10
        xml.group("cac:OrderReference") { xml in
            xml.element("cbc:ID", invoice.orderID.or("-"))  // BT-13
            xml.element("cbc:SalesOrderID", ifPresent: invoice.orderID)  // BT-14
        }
        guard !invoice.shipmentID.isBlank else { return }
        xml.group("cac:DespatchDocumentReference") { $0.element("cbc:ID", invoice.shipmentID) }  // BT-16
    }

    private static func writeParties(of invoice: Invoice, _ context: UBLContext, to xml: inout XMLWriter) {
        xml.group("cac:AccountingSupplierParty") { xml in
            xml.group("cac:Party") { writeSeller(invoice.seller, context, to: &$0) }
        }
        xml.group("cac:AccountingCustomerParty") { xml in
            xml.group("cac:Party") { writeBuyer(invoice.buyer, context, to: &$0) }
        }
        xml.group("cac:Delivery") { xml in
            xml.element("cbc:ActualDeliveryDate", invoice.deliveryDate.description)  // BT-72
            xml.group("cac:DeliveryLocation") { xml in
                xml.group("cac:Address") { writePlace(UBLPlace(invoice.deliverTo), to: &$0) }  // BG-15
            }
            guard !invoice.deliverTo.name.isBlank else { return }
            xml.group("cac:DeliveryParty") { xml in
                xml.group("cac:PartyName") { $0.element("cbc:Name", invoice.deliverTo.name) }  // BT-70
            }
        }
    }

    /// The due amount is asked for by terms of payment (BT-20): BR-CO-25 wants a due date or terms.
    private static func writePayment(of invoice: Invoice, _ context: UBLContext, to xml: inout XMLWriter) {
        if let means = PaymentMeans(of: invoice) {
            xml.group("cac:PaymentMeans") { xml in
                if let name = means.name {
                    xml.element("cbc:PaymentMeansCode", means.code, attribute: "name", name)  // BT-81, BT-82
                } else {
                    xml.element("cbc:PaymentMeansCode", means.code)
                }
                xml.element("cbc:PaymentID", invoice.number)  // BT-83
                guard let account = means.account else { return }
                xml.group("cac:PayeeFinancialAccount") { xml in
                    xml.element("cbc:ID", account)  // BT-84
                    xml.element("cbc:Name", ifPresent: invoice.seller.name)  // BT-85
                }
            }
        }
        guard invoice.totals.payable > 0 else { return }
        xml.group("cac:PaymentTerms") { $0.element("cbc:Note", context.words.paymentTerms(invoice.paymentMethod)) }
    }
}

/// What every part of one document needs to know.
struct UBLContext {
    let currency: DocumentCurrency
    let words: DocumentWords
    /// Every line, allowance and charge is outside the scope of tax (O): no VAT id may stand on it.
    let isOutsideTax: Bool
    /// The seller's series of numbers, unique per seller.
    let series: String

    init(_ invoice: Invoice) {
        currency = DocumentCurrency(invoice.currency)
        words = DocumentLocale(invoice.locale).words
        isOutsideTax = !invoice.taxes.isEmpty && invoice.taxes.allSatisfy { $0.category == .notSubject }
        let prefix = String(invoice.number.dropLast(8))
        series = prefix.isBlank ? invoice.number : prefix
    }
}
