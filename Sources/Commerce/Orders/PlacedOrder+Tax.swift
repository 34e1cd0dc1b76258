/// What is taxed together: one category at one rate (EN 16931 BG-23).
package struct TaxGroup: Hashable, Sendable {
    package var category: TaxCategory
    package var rate: TaxRate

    package init(category: TaxCategory, rate: TaxRate) {
        self.category = category
        self.rate = rate
    }
}

extension PlacedOrder {
    /// The category of a line, given where the seller is registered (ISO 3166-1 alpha-2).
    ///
    /// What the channel named, else by default: a rate above 0 is `S`; at rate 0 goods that an EU seller sends to another EU country,
    /// to a buyer with a VAT id, are `K`; goods that leave the seller's country for one outside the EU are `G`; the rest is `Z`.
    package func taxCategory(of line: OrderLine, sellerCountry: String) -> TaxCategory {
        line.taxCategory ?? defaultTaxCategory(rate: line.taxRate, sellerCountry: sellerCountry)
    }

    /// The category of the shipping price: as ancillary to the goods it takes that of the first line taxed at its rate, else the default.
    package func shippingTaxCategory(rate: TaxRate, sellerCountry: String) -> TaxCategory {
        for line in lines where line.taxRate == rate { return taxCategory(of: line, sellerCountry: sellerCountry) }
        return defaultTaxCategory(rate: rate, sellerCountry: sellerCountry)
    }

    private func defaultTaxCategory(rate: TaxRate, sellerCountry: String) -> TaxCategory {
        guard rate == .zero else { return .standard }
        let (origin, destination) = (EuropeanUnion.vatCountry(sellerCountry), EuropeanUnion.vatCountry(shippingAddress.country))
        guard origin != destination else { return .zero }
        guard EuropeanUnion.members.contains(destination) else { return .export }
        let buyerIsRegistered = customer.vatID.map { !$0.isEmpty } ?? false
        return buyerIsRegistered && EuropeanUnion.members.contains(origin) ? .intraCommunity : .zero
    }

    /// Refuses categories that no valid invoice could carry, each for the rule of EN 16931 named.
    ///
    /// `S` needs a rate above 0 (BR-S-05); `Z E AE K G O` need rate 0 (BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05; `O` has none);
    /// `AE` and `K` need the buyer's VAT id (BR-AE-02, BR-IC-02); `O` stands alone in its document (BR-O-11).
    /// - Throws: `invalid_field` at the line.
    package func checkTaxCategories(sellerCountry: String) throws(OrderRefusal) {
        let buyerIsRegistered = customer.vatID.map { !$0.isEmpty } ?? false
        var (hasNotSubject, hasOther): (Int?, Bool) = (nil, false)
        for (index, line) in lines.enumerated() {
            let category = taxCategory(of: line, sellerCountry: sellerCountry)
            if category == .notSubject { hasNotSubject = hasNotSubject ?? index } else { hasOther = true }
            guard line.taxCategory != nil else { continue }
            switch category {
            case .standard:
                guard line.taxRate > .zero else { throw refusal(index, "Category S needs a tax rate above 0.") }
            case .canaryIslands, .ceutaAndMelilla:
                break
            case .zero, .exempt, .reverseCharge, .intraCommunity, .export, .notSubject:
                guard line.taxRate == .zero else { throw refusal(index, "Category \(category.rawValue) needs tax rate 0.") }
            }
            if category == .reverseCharge || category == .intraCommunity, !buyerIsRegistered {
                throw refusal(index, "Category \(category.rawValue) needs the buyer's VAT id.")
            }
        }
        if let shipping, shipping.price > 0, hasNotSubject != nil {
            hasOther = hasOther || shippingTaxCategory(rate: shipping.taxRate, sellerCountry: sellerCountry) != .notSubject
        }
        if let index = hasNotSubject, hasOther {
            throw refusal(index, "Category O cannot stand in one order with other tax categories.")
        }
    }

    private func refusal(_ line: Int, _ message: String) -> OrderRefusal {
        OrderRefusal(.invalidField, "/lines/\(line)/taxCategory", message)
    }
}
