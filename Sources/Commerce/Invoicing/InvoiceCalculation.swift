/// Calculates the invoice of one parcel, so that it obeys EN 16931 by itself, and all invoices of an order sum to the order to the minor unit.
///
/// **Cumulative.** An invoice is what all units invoiced so far are worth, minus what those invoiced before are worth (`InvoicedValue`); both
/// depend on quantities only. Shipping is charged on the first invoice, with the part of an order's discount that exceeds its goods.
/// Units that are cancelled are on no invoice, and take their share of the discounts with them.
///
/// **Tax** is per category and rate (BG-23). Prices without tax: tax = net × rate, rounded half up (BR-CO-17). Prices with tax: the gross of
/// the group is what the customer pays, tax = gross × rate / (100 + rate), rounded half up, net = gross − tax (directive
/// 2006/112/EC, articles 73 and 78 (a): the tax itself is no part of the taxable amount). Both cumulatively: a partial invoice's
/// tax may differ by one minor unit from its own net × rate, which the official rules allow (their validation takes a difference below one
/// *major* unit: CEN/TC 434, EN16931-UBL schematron, BR-CO-17 and BR-S-09). Where the minor unit is the major one (JPY) that could be too much;
/// there such an invoice's tax is that of its own amount, and the unit between goes to the net (prices with tax) or to the rounding amount.
///
/// **Lines** of prices with tax get their nets by largest remainder out of the group's net, so that Σ lines − allowances + charges is the taxable
/// amount exactly (BR-S-08 and its likes; BR-CO-10, -13). The whole order's discounts are allowances, shipping is a charge (BG-20, BG-21), one per
/// name and tax group, with net amounts never below 0.
///
/// **Categories.** All of EN 16931's are taken; `L` and `M` are calculated like `S`. `O` leaves both VAT ids off the document (BR-O-02).
package enum InvoiceCalculation {
    /// - Returns: the invoice; its sums hold as `Invoice` says.
    package static func invoice(_ request: InvoiceRequest) throws(InvoiceError) -> Invoice {
        let order = request.order
        let pricing: OrderPricing
        do { pricing = try OrderPricing(order, sellerCountry: request.seller.country) } catch { throw .invalidOrder(error) }
        let shipped = try shippedUnits(request)
        let invoiced = zip(request.previouslyInvoiced, shipped).map { $0 + $1 }
        let before = InvoicedValue(pricing, order: order, invoiced: request.previouslyInvoiced, hasShipping: !request.isFirst)
        let after = InvoicedValue(pricing, order: order, invoiced: invoiced, hasShipping: true)

        var parts = InvoiceParts(order: order, pricing: pricing, shipped: shipped, before: before, after: after)
        if request.isFirst { parts.addShipping() }
        let decimals = Currency(code: order.currency)?.exponent ?? 2
        let sums = parts.close(decimals: decimals)
        return document(request, parts: parts, sums: sums)
    }

    /// What a customer owes, in minor units, for an order of which so many units per line are invoiced: Σ of `payable + prepaid` of all its invoices.
    /// - Parameter invoiced: one entry per line, 0 to what was ordered.
    package static func value(of order: PlacedOrder, invoiced: [Int64]) throws(InvoiceError) -> Int64 {
        guard invoiced.count == order.lines.count else { throw .unknownLine(invoiced.count) }
        for (line, units) in invoiced.enumerated() where units < 0 || units > order.lines[line].quantity {
            throw .quantityOutOfRange(line: line)
        }
        guard invoiced.contains(where: { $0 > 0 }) else { return 0 }
        do {
            let pricing = try OrderPricing(order, sellerCountry: order.shippingAddress.country)
            return InvoicedValue(pricing, order: order, invoiced: invoiced, hasShipping: true).payable
        } catch { throw .invalidOrder(error) }
    }

    private static func shippedUnits(_ request: InvoiceRequest) throws(InvoiceError) -> [Int64] {
        let lines = request.order.lines
        guard request.previouslyInvoiced.count == lines.count else { throw .unknownLine(request.previouslyInvoiced.count) }
        guard !request.shipped.isEmpty else { throw .nothingShipped }
        var shipped = [Int64](repeating: 0, count: lines.count)
        for units in request.shipped {
            guard lines.indices.contains(units.line) else { throw .unknownLine(units.line) }
            let before = request.previouslyInvoiced[units.line]
            guard before >= 0, units.quantity > 0, let sum = Amount.sum(shipped[units.line], units.quantity),
                let all = Amount.sum(sum, before),
                all <= lines[units.line].quantity
            else { throw .quantityOutOfRange(line: units.line) }
            shipped[units.line] = sum
        }
        for (line, units) in request.previouslyInvoiced.enumerated() where units < 0 || units > lines[line].quantity {
            throw .quantityOutOfRange(line: line)
        }
        return shipped
    }

    private static func document(_ request: InvoiceRequest, parts: InvoiceParts, sums: InvoiceParts.Sums) -> Invoice {
        let order = request.order
        let (seller, billing) = (request.seller, order.billingAddress ?? order.shippingAddress)
        let isNotSubject = parts.lines.contains { $0.category == .notSubject }
        let inclusive = sums.taxExclusive + sums.tax
        let prepaid = max(0, min(request.prepaid, inclusive + sums.rounding))
        var methods: [String] = []
        for payment in order.payments where !methods.contains(payment.method) { methods.append(payment.method) }
        return Invoice(
            number: request.number,
            issueDate: request.issueDate,
            deliveryDate: request.deliveryDate,
            currency: order.currency,
            seller: InvoiceParty(
                name: seller.name,
                street: seller.street,
                postalCode: seller.postalCode,
                city: seller.city,
                country: seller.country,
                vatID: isNotSubject ? nil : seller.vatID,
                email: seller.email,
                phone: seller.phone,
                contact: seller.contact,
                iban: seller.iban
            ),
            buyer: InvoiceParty(
                name: billing.name,
                street: billing.street,
                postalCode: billing.postalCode,
                city: billing.city,
                country: billing.country,
                vatID: isNotSubject ? nil : order.customer.vatID,
                email: order.customer.email,
                phone: order.customer.phone,
                contact: order.customer.name == billing.name ? nil : order.customer.name
            ),
            deliverTo: order.shippingAddress,
            channel: order.channel,
            orderID: order.orderID,
            buyerReference: order.customer.reference,
            shipmentID: request.shipmentID,
            lines: parts.lines,
            allowances: parts.allowances,
            charges: parts.charges,
            taxes: sums.taxes,
            totals: InvoiceTotals(
                lineNet: sums.lineNet,
                allowances: sums.allowances,
                charges: sums.charges,
                taxExclusive: sums.taxExclusive,
                tax: sums.tax,
                taxInclusive: inclusive,
                prepaid: prepaid,
                rounding: sums.rounding,
                payable: inclusive - prepaid + sums.rounding
            ),
            paymentMethod: methods.isEmpty ? nil : methods.joined(separator: ", "),
            locale: order.customer.locale ?? request.channel.locale
        )
    }
}
