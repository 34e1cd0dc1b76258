import Commerce
import Testing

struct TaxCategoryTests {
    @Test(
        arguments: [
            ("19", "DE", "DE", nil, "S"), ("19", "DE", "FR", "FR12345678901", "S"), ("0", "DE", "FR", "FR12345678901", "K"),
            ("0", "DE", "FR", nil, "Z"),
            ("0", "DE", "FR", "", "Z"), ("0", "DE", "DE", "DE123456789", "Z"), ("0", "DE", "CH", nil, "G"), ("0", "DE", "GB", "GB123", "G"),
            ("0", "CH", "CH", nil, "Z"), ("0", "CH", "US", nil, "G"), ("0", "CH", "DE", "DE123456789", "Z"), ("0", "FR", "MC", "FR1", "Z"),
            ("0", "DE", "MC", "FR1", "K"),
        ] as [(String, String, String, String?, String)]
    )
    func defaults_follow_rate_countries_and_vat_id(rate: String, seller: String, destination: String, vatID: String?, expected: String) {
        let order = PlacedOrder.sample([.sample(at: 100, rate: rate)], total: 100, country: destination, vatID: vatID)
        #expect(order.taxCategory(of: order.lines[0], sellerCountry: seller).rawValue == expected)
    }

    @Test func a_named_category_stands() {
        let order = PlacedOrder.sample([.sample(at: 100, rate: "0", category: .exempt)], total: 100, country: "CH")
        #expect(order.taxCategory(of: order.lines[0], sellerCountry: "DE") == .exempt)
    }

    @Test func shipping_follows_the_goods_of_its_rate() {
        let lines: [OrderLine] = [.sample("1", at: 100), .sample("2", at: 100, rate: "0", category: .exempt)]
        let order = PlacedOrder.sample(lines, shipping: 10, total: 210)
        #expect(order.shippingTaxCategory(rate: .zero, sellerCountry: "DE") == .exempt)
        #expect(order.shippingTaxCategory(rate: TaxRate("19") ?? .zero, sellerCountry: "DE") == .standard)
        #expect(order.shippingTaxCategory(rate: TaxRate("7") ?? .zero, sellerCountry: "DE") == .standard)
    }

    @Test(
        arguments: [
            (.standard, "0", nil, false), (.standard, "19", nil, true), (.zero, "19", nil, false), (.exempt, "7", nil, false),
            (.exempt, "0", nil, true),
            (.reverseCharge, "0", nil, false), (.reverseCharge, "0", "FR1", true), (.intraCommunity, "0", nil, false),
            (.intraCommunity, "0", "FR1", true),
            (.export, "0", nil, true), (.export, "19", nil, false), (.notSubject, "0", nil, true), (.notSubject, "19", nil, false),
            (.canaryIslands, "7", nil, true),
            (.ceutaAndMelilla, "0", nil, true),
        ] as [(TaxCategory, String, String?, Bool)]
    )
    func a_category_needs_what_en_16931_asks_of_it(category: TaxCategory, rate: String, vatID: String?, isRight: Bool) {
        let order = PlacedOrder.sample([.sample(at: 100, rate: rate, category: category)], total: 100, vatID: vatID)
        if isRight {
            #expect(throws: Never.self) { try order.checkTaxCategories(sellerCountry: "DE") }
        } else {
            #expect(throws: OrderRefusal.self) { try order.checkTaxCategories(sellerCountry: "DE") }
        }
    }

    @Test func not_subject_to_tax_stands_alone() {
        let outside = OrderLine.sample("1", at: 100, rate: "0", category: .notSubject)
        let mixed = PlacedOrder.sample([outside, .sample("2", at: 100)], total: 200)
        #expect(throws: OrderRefusal.self) { try mixed.checkTaxCategories(sellerCountry: "DE") }
        let taxedShipping = PlacedOrder.sample([outside], shipping: 10, total: 110)
        #expect(throws: OrderRefusal.self) { try taxedShipping.checkTaxCategories(sellerCountry: "DE") }
        let alone = PlacedOrder.sample([outside], shipping: 10, shippingRate: "0", total: 110)
        #expect(throws: Never.self) { try alone.checkTaxCategories(sellerCountry: "DE") }
    }
}
