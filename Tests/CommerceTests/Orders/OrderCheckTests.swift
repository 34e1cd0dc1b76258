import Commerce
import Testing

/// The code and path of the refusal; `nil` where nothing is refused.
private func refused(_ check: () throws(OrderRefusal) -> Void) -> String? {
    do { try check() } catch { return "\(error.code.rawValue) \(error.path)" }
    return nil
}

struct OrderCheckTests {
    @Test func the_contracts_order_is_right() throws {
        let payment = OrderPayment(paymentID: "psp-1", method: "card", status: .authorized, amount: 4_497)
        let order = PlacedOrder.sample([.sample("1", 2, at: 1_999)], shipping: 499, total: 4_497, payments: [payment])
        #expect(try order.check() == 0)
        try order.checkCurrency(of: .sample)
    }

    @Test(arguments: [4_496, 4_498, 0] as [Int64])
    func prices_with_tax_must_come_to_the_total_exactly(total: Int64) {
        let order = PlacedOrder.sample([.sample("1", 2, at: 1_999)], shipping: 499, total: total)
        #expect(refused { () throws(OrderRefusal) in try order.checkTotal() } == "total_mismatch /total")
    }

    /// 3 × 333 + 2 × 105 at 19 %: 1,209 net, 229.71 tax; 599 at 7 %: 41.93 tax; 499 shipping joins the 19 %: 1,708 net, 324.52 tax.
    @Test(arguments: [(2_674, 0), (2_673, -1), (2_676, 2), (2_671, -3), (2_677, 3)] as [(Int64, Int64)])
    func prices_without_tax_may_differ_by_a_unit_per_line(total: Int64, rounding: Int64) throws {
        let lines: [OrderLine] = [.sample("1", 3, at: 333), .sample("2", 2, at: 105), .sample("3", 1, at: 599, rate: "7")]
        let order = PlacedOrder.sample(lines, shipping: 499, total: total, includesTax: false)
        #expect(try order.checkTotal() == rounding)
    }

    @Test(arguments: [2_670, 2_678] as [Int64])
    func prices_without_tax_may_not_differ_by_more(total: Int64) {
        let lines: [OrderLine] = [.sample("1", 3, at: 333), .sample("2", 2, at: 105), .sample("3", 1, at: 599, rate: "7")]
        let order = PlacedOrder.sample(lines, shipping: 499, total: total, includesTax: false)
        #expect(refused { () throws(OrderRefusal) in try order.checkTotal() } == "total_mismatch /total")
    }

    @Test func discounts_come_off_lines_then_the_order_then_shipping() throws {
        let discounts = [
            Discount(name: "Line", amount: 500, lineID: "2"), Discount(name: "A", amount: 700), Discount(name: "B", amount: 2_000),
        ]
        let order = PlacedOrder.sample(
            [.sample("1", 2, at: 1_000), .sample("2", 1, at: 1_000)],
            shipping: 499,
            discounts: discounts,
            total: 299
        )
        try order.check()
        let pricing = try OrderPricing(order, sellerCountry: "DE")
        #expect(pricing.lines.map(\.rest) == [0, 0])
        #expect(pricing.orderDiscounts.map(\.lineShares) == [[560, 140], [1_440, 360]])
        #expect(pricing.orderDiscounts.map(\.shippingShare) == [0, 200])
        #expect(pricing.shippingRest == 299)
    }

    @Test(arguments: [
        ([Discount(name: "x", amount: 1_001, lineID: "1")], "invalid_field /discounts/0/amount"),
        (
            [Discount(name: "x", amount: 600, lineID: "1"), Discount(name: "x", amount: 401, lineID: "1")],
            "invalid_field /discounts/1/amount"
        ),
        ([Discount(name: "x", amount: 1, lineID: "9")], "invalid_field /discounts/0/lineId"),
        ([Discount(name: "x", amount: 1_000), Discount(name: "x", amount: 501)], "invalid_field /discounts/1/amount"),
        ([Discount(name: "x", amount: -1)], "invalid_field /discounts/0/amount"),
        ([Discount(name: "x", amount: .max)], "invalid_field /discounts/0/amount"),
        ([Discount](repeating: Discount(name: "x", amount: 0), count: 101), "invalid_field /discounts/100"),
    ])
    func discounts_that_cannot_be_are_refused(discounts: [Discount], expected: String) {
        let order = PlacedOrder.sample([.sample("1", 1, at: 1_000)], shipping: 500, discounts: discounts, total: 0)
        #expect(refused { () throws(OrderRefusal) in try order.checkTotal() } == expected)
    }

    @Test(arguments: [
        ([OrderLine.sample("1", 1, at: 1_000_000_000_001)], "invalid_field /lines/0/unitPrice"),
        ([OrderLine.sample("1", 1, at: -1)], "invalid_field /lines/0/unitPrice"),
        ([OrderLine.sample("1", 0, at: 1)], "invalid_field /lines/0/quantity"),
        ([OrderLine.sample("1", 1_000_001, at: 1)], "invalid_field /lines/0/quantity"),
        ([OrderLine.sample("1", 1_000_000, at: 1_000_000_000_000)], "invalid_field /lines/0/unitPrice"),
        ([OrderLine.sample("1", 1_000, at: 1_000_000_000_000), OrderLine.sample("2", 1, at: 1)], "invalid_field /lines"),
        ([OrderLine.sample("1", .max, at: .max)], "invalid_field /lines/0/unitPrice"),
    ])
    func amounts_out_of_bounds_are_refused_and_never_trap(lines: [OrderLine], expected: String) {
        let order = PlacedOrder.sample(lines, total: 1)
        #expect(refused { () throws(OrderRefusal) in try order.checkTotal() } == expected)
    }

    @Test(arguments: [-1, 1_000_000_000_000_001, .max, .min] as [Int64])
    func a_total_out_of_bounds_is_refused(total: Int64) {
        let order = PlacedOrder.sample([.sample(at: 1)], total: total)
        #expect(refused { () throws(OrderRefusal) in try order.checkTotal() } == "invalid_field /total")
    }

    @Test func line_ids_are_unique_byte_by_byte() throws {
        let composed = OrderLine.sample("\u{E9}", at: 1)
        let decomposed = OrderLine.sample("e\u{301}", at: 1)
        try PlacedOrder.sample([composed, decomposed], total: 2).checkLines()
        let twice = PlacedOrder.sample([.sample("a", at: 1), composed, composed], total: 3)
        #expect(refused { () throws(OrderRefusal) in try twice.checkLines() } == "invalid_field /lines/2/lineId")
        let many = PlacedOrder.sample((0..<5_000).map { .sample("\($0 % 4_999)", at: 1) }, total: 5_000)
        #expect(refused { () throws(OrderRefusal) in try many.checkLines() } == "invalid_field /lines/4999/lineId")
        #expect(refused { () throws(OrderRefusal) in try PlacedOrder.sample([], total: 0).checkLines() } == "invalid_field /lines")
    }

    @Test(
        arguments: [
            ([("a", 60), ("b", 40)], nil), ([("a", 60), ("b", 41)], "payment_mismatch /payments/1/amount"),
            ([("a", 60), ("a", 1)], "invalid_field /payments/1/paymentId"),
            ([("a", -1)], "invalid_field /payments/0/amount"), ([("a", .max)], "invalid_field /payments/0/amount"), ([("a", 10)], nil),
            ([], nil),
        ] as [([(String, Int64)], String?)]
    )
    func payments_come_to_at_most_the_total(payments: [(String, Int64)], expected: String?) {
        let payments = payments.map { OrderPayment(paymentID: $0.0, method: "card", status: .pending, amount: $0.1) }
        let order = PlacedOrder.sample([.sample(at: 100)], total: 100, payments: payments)
        #expect(refused { () throws(OrderRefusal) in try order.checkPayments() } == expected)
    }

    @Test func the_currency_is_the_channels() {
        let yen = PlacedOrder.sample([.sample(at: 100)], total: 100, currency: "JPY")
        #expect(refused { () throws(OrderRefusal) in try yen.checkCurrency(of: .sample) } == "currency_mismatch /currency")
        let unknown = PlacedOrder.sample([.sample(at: 100)], total: 100, currency: "XXX")
        #expect(refused { () throws(OrderRefusal) in try unknown.checkCurrency(of: .sample) } == "unknown_currency /currency")
    }
}
