internal import Commerce

/// Which way an amount on the whole document goes, and its code: UNTDID 5189's discount, UNTDID 7161's freight service.
enum UBLAdjustmentKind {
    case allowance, charge

    var isCharge: String { self == .charge ? "true" : "false" }
    var reasonCode: String { self == .charge ? "FC" : "95" }
}

extension UBLInvoice {
    /// A document level allowance (BG-20) or charge (BG-21).
    static func write(
        _ adjustment: InvoiceAdjustment,
        as kind: UBLAdjustmentKind,
        _ context: UBLContext,
        to xml: inout XMLWriter
    ) {
        xml.group("cac:AllowanceCharge") { xml in
            let words = context.words
            xml.element("cbc:ChargeIndicator", kind.isCharge)
            xml.element("cbc:AllowanceChargeReasonCode", kind.reasonCode)
            xml.element("cbc:AllowanceChargeReason", kind == .charge ? words.charge(adjustment.name) : adjustment.name.or(words.discount))
            xml.amount("cbc:Amount", adjustment.net, context.currency)
            writeCategory("cac:TaxCategory", adjustment.category, adjustment.rate, to: &xml)
        }
    }

    /// The tax total (BT-110) and its breakdown (BG-23).
    static func writeTaxes(of invoice: Invoice, _ context: UBLContext, to xml: inout XMLWriter) {
        xml.group("cac:TaxTotal") { xml in
            xml.amount("cbc:TaxAmount", invoice.totals.tax, context.currency)
            for tax in invoice.taxes {
                xml.group("cac:TaxSubtotal") { xml in
                    xml.amount("cbc:TaxableAmount", tax.taxable, context.currency)  // BT-116
                    xml.amount("cbc:TaxAmount", tax.tax, context.currency)  // BT-117
                    let exemption = TaxExemption(tax.category)
                    writeCategory("cac:TaxCategory", tax.category, tax.rate, to: &xml) { xml in
                        guard let exemption else { return }
                        xml.element("cbc:TaxExemptionReasonCode", ifPresent: exemption.code)  // BT-121
                        xml.element("cbc:TaxExemptionReason", context.words.exemption(exemption))  // BT-120
                    }
                }
            }
        }
    }

    /// The document's totals (BG-22).
    static func writeTotals(of invoice: Invoice, _ context: UBLContext, to xml: inout XMLWriter) {
        let (totals, currency) = (invoice.totals, context.currency)
        xml.group("cac:LegalMonetaryTotal") { xml in
            xml.amount("cbc:LineExtensionAmount", totals.lineNet, currency)
            xml.amount("cbc:TaxExclusiveAmount", totals.taxExclusive, currency)
            xml.amount("cbc:TaxInclusiveAmount", totals.taxInclusive, currency)
            if !invoice.allowances.isEmpty { xml.amount("cbc:AllowanceTotalAmount", totals.allowances, currency) }
            if !invoice.charges.isEmpty { xml.amount("cbc:ChargeTotalAmount", totals.charges, currency) }
            if totals.prepaid != 0 { xml.amount("cbc:PrepaidAmount", totals.prepaid, currency) }
            if totals.rounding != 0 { xml.amount("cbc:PayableRoundingAmount", totals.rounding, currency) }
            xml.amount("cbc:PayableAmount", totals.payable, currency)
        }
    }

    /// A position (BG-25).
    static func write(_ line: InvoiceLine, _ context: UBLContext, to xml: inout XMLWriter) {
        xml.group("cac:InvoiceLine") { xml in
            xml.element("cbc:ID", line.lineID.or("-"))  // BT-126
            xml.element("cbc:InvoicedQuantity", String(line.quantity), attribute: "unitCode", piece)  // BT-129, BT-130
            xml.amount("cbc:LineExtensionAmount", line.net, context.currency)  // BT-131
            if line.discount != 0 {
                xml.group("cac:AllowanceCharge") { xml in  // BG-27
                    xml.element("cbc:ChargeIndicator", "false")
                    xml.element("cbc:AllowanceChargeReasonCode", UBLAdjustmentKind.allowance.reasonCode)
                    xml.element("cbc:AllowanceChargeReason", context.words.discount)
                    xml.amount("cbc:Amount", line.discount, context.currency)
                }
            }
            xml.group("cac:Item") { xml in
                xml.element("cbc:Name", line.name.or(line.sku).or("-"))  // BT-153
                if !line.sku.isBlank {
                    xml.group("cac:SellersItemIdentification") { $0.element("cbc:ID", line.sku) }  // BT-155
                }
                writeCategory("cac:ClassifiedTaxCategory", line.category, line.rate, to: &xml)  // BT-151, BT-152
            }
            writePrice(of: line, context, to: &xml)
        }
    }

    /// The net price (BT-146). Where a unit's does not come out even, as with prices that include tax, the price is that of the
    /// whole quantity (BT-149): price × quantity ÷ base quantity is then exactly the line's net.
    private static func writePrice(of line: InvoiceLine, _ context: UBLContext, to xml: inout XMLWriter) {
        let isEven = line.quantity > 0 && line.netBeforeDiscount % line.quantity == 0
        xml.group("cac:Price") { xml in
            let price = isEven ? line.netBeforeDiscount / line.quantity : line.netBeforeDiscount
            xml.amount("cbc:PriceAmount", price, context.currency)
            guard !isEven, line.quantity > 0 else { return }
            xml.element("cbc:BaseQuantity", String(line.quantity), attribute: "unitCode", piece)
        }
    }

    /// Category and rate; O has no rate (BR-O-05).
    private static func writeCategory(
        _ name: StaticString,
        _ category: TaxCategory,
        _ rate: TaxRate,
        to xml: inout XMLWriter,
        more: (inout XMLWriter) -> Void = { _ in }
    ) {
        xml.group(name) { xml in
            xml.element("cbc:ID", category.rawValue)
            if category != .notSubject { xml.element("cbc:Percent", rate.description) }
            more(&xml)
            xml.group("cac:TaxScheme") { $0.element("cbc:ID", "VAT") }
        }
    }

    /// UN/ECE Recommendation 20's code for a piece.
    private static var piece: String { "H87" }
}
