/// What an order is worth, line by line: every discount given its place, every amount its tax group, all sums checked.
///
/// All amounts are minor units, with or without tax as the order's prices are.
/// A discount on a line is taken off first. One on the whole order is then shared over the lines by what is left of their value
/// (largest remainder); where several are given, in their order, each over what the one before left. What exceeds the value
/// of the goods is taken off the shipping price, so that a voucher may make an order free.
package struct OrderPricing: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        /// Unit price × quantity.
        package var value: Int64
        /// What the line's own discounts take off.
        package var discount: Int64
        /// What is left after all discounts.
        package var rest: Int64
        /// Place in `groups`.
        package var group: Int
    }

    /// A discount on the whole order.
    package struct OrderDiscount: Hashable, Sendable {
        package var name: String
        /// What it takes off each line.
        package var lineShares: [Int64]
        /// What it takes off the shipping price.
        package var shippingShare: Int64
    }

    package var lines: [Line]
    package var orderDiscounts: [OrderDiscount]
    /// In order of first appearance.
    package var groups: [TaxGroup]
    package var shippingPrice: Int64
    /// What is left of the shipping price after discounts.
    package var shippingRest: Int64
    /// Place in `groups` of the shipping price; `nil` where nothing is charged.
    package var shippingGroup: Int?
    /// What is left of each group's value, shipping included.
    package var groupRests: [Int64]
    /// What the customer pays, tax included, before the rounding amount.
    package var payable: Int64

    /// - Throws: `invalid_field` where a price is out of bounds, a sum exceeds 10^15, or a discount names a line that is not there
    ///   or exceeds what it is taken off.
    package init(_ order: PlacedOrder, sellerCountry: String) throws(OrderRefusal) {
        (lines, orderDiscounts, groups, groupRests) = ([], [], [], [])
        lines.reserveCapacity(order.lines.count)
        shippingPrice = order.shipping?.price ?? 0
        (shippingRest, payable) = (shippingPrice, 0)
        var goods: Int64 = 0
        for (index, line) in order.lines.enumerated() {
            let value = try Self.value(of: line, at: index)
            goods += value
            guard goods <= Amount.maximumTotal else { throw OrderRefusal(.invalidField, "/lines", "The lines are worth more than 10^15.") }
            let group = place(of: TaxGroup(category: order.taxCategory(of: line, sellerCountry: sellerCountry), rate: line.taxRate))
            lines.append(Line(value: value, discount: 0, rest: value, group: group))
        }
        if let shipping = order.shipping {
            guard (0...Amount.maximumUnitPrice).contains(shipping.price) else {
                throw OrderRefusal(.invalidField, "/shipping/price", "A shipping price is 0 to 10^12.")
            }
            if shipping.price > 0 {
                let category = order.shippingTaxCategory(rate: shipping.taxRate, sellerCountry: sellerCountry)
                shippingGroup = place(of: TaxGroup(category: category, rate: shipping.taxRate))
            }
        }
        if !order.discounts.isEmpty { try takeOff(order.discounts, lineIDs: order.lines.map(\.lineID)) }
        groupRests = [Int64](repeating: 0, count: groups.count)
        for line in lines { groupRests[line.group] += line.rest }
        if let shippingGroup { groupRests[shippingGroup] += shippingRest }
        payable = groupRests.reduce(0, +)
        if !order.pricesIncludeTax { payable += taxes(onRests: groupRests).reduce(0, +) }
    }

    /// The tax on each group's net, rounded half up per group.
    package func taxes(onRests rests: [Int64]) -> [Int64] { zip(groups, rests).map { $0.rate.tax(onNet: $1) } }

    private static func value(of line: OrderLine, at index: Int) throws(OrderRefusal) -> Int64 {
        guard (0...Amount.maximumUnitPrice).contains(line.unitPrice) else {
            throw OrderRefusal(.invalidField, "/lines/\(index)/unitPrice", "A unit price is 0 to 10^12.")
        }
        guard (1...PlacedOrder.maximumQuantity).contains(line.quantity) else {
            throw OrderRefusal(.invalidField, "/lines/\(index)/quantity", "A quantity is 1 to 1,000,000.")
        }
        guard let value = Amount.product(line.unitPrice, line.quantity), value <= Amount.maximumTotal else {
            throw OrderRefusal(.invalidField, "/lines/\(index)/unitPrice", "A line is worth at most 10^15.")
        }
        return value
    }

    private mutating func place(of group: TaxGroup) -> Int {
        if let known = groups.firstIndex(of: group) { return known }
        groups.append(group)
        return groups.count - 1
    }

    private mutating func takeOff(_ discounts: [Discount], lineIDs: [String]) throws(OrderRefusal) {
        let places = Dictionary(zip(lineIDs.map(ExactID.init), lineIDs.indices), uniquingKeysWith: { first, _ in first })
        var onOrder = 0
        for (index, discount) in discounts.enumerated() {
            guard (0...Amount.maximumTotal).contains(discount.amount) else {
                throw OrderRefusal(.invalidField, "/discounts/\(index)/amount", "A discount is 0 to 10^15.")
            }
            guard let lineID = discount.lineID else {
                onOrder += 1
                guard onOrder <= PlacedOrder.maximumOrderDiscounts else {
                    throw OrderRefusal(
                        .invalidField,
                        "/discounts/\(index)",
                        "An order has at most 100 discounts besides those of its lines."
                    )
                }
                continue
            }
            guard let line = places[ExactID(lineID)] else {
                throw OrderRefusal(.invalidField, "/discounts/\(index)/lineId", "The order has no such line.")
            }
            guard discount.amount <= lines[line].rest else {
                throw OrderRefusal(.invalidField, "/discounts/\(index)/amount", "The discount exceeds the value of its line.")
            }
            lines[line].discount += discount.amount
            lines[line].rest -= discount.amount
        }
        for (index, discount) in discounts.enumerated() where discount.lineID == nil {
            let rests = lines.map(\.rest)
            let offGoods = min(discount.amount, rests.reduce(0, +))
            guard discount.amount - offGoods <= shippingRest else {
                throw OrderRefusal(.invalidField, "/discounts/\(index)/amount", "The discount exceeds the value of the order.")
            }
            let shares = Shares.byLargestRemainder(total: offGoods, weights: rests)
            for (line, share) in shares.enumerated() { lines[line].rest -= share }
            shippingRest -= discount.amount - offGoods
            let share = OrderDiscount(name: discount.name, lineShares: shares, shippingShare: discount.amount - offGoods)
            orderDiscounts.append(share)
        }
    }
}
