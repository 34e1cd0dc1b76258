/// What is invoiced of an order once so many units of each line are: a function of those quantities alone, so that an invoice is the
/// difference of two of them, and invoices sum to the order whatever the parcels were.
///
/// Amounts are minor units, with or without tax as the order's prices are, unless named otherwise.
struct InvoicedValue {
    /// What belongs to the first units of one line.
    struct Line: Hashable {
        /// Unit price × units.
        var value: Int64
        /// Of the line's own discounts.
        var discount: Int64
        /// Of each discount on the whole order, in the order of `OrderPricing.orderDiscounts`.
        var orderDiscounts: [Int64]
        /// What is left.
        var rest: Int64
    }

    var lines: [Line]
    /// By tax group, what is left of lines and shipping.
    var groupRests: [Int64]
    /// By tax group.
    var groupTaxes: [Int64]
    /// BT-114.
    var rounding: Int64
    /// What the customer pays for it all, tax and rounding included.
    var payable: Int64

    /// - Parameters:
    ///   - invoiced: units per line, 0 to what was ordered.
    ///   - hasShipping: whether the shipping price is among it: from the first invoice on.
    init(_ pricing: OrderPricing, order: PlacedOrder, invoiced: [Int64], hasShipping: Bool) {
        lines = []
        lines.reserveCapacity(invoiced.count)
        groupRests = [Int64](repeating: 0, count: pricing.groups.count)
        for (index, units) in invoiced.enumerated() {
            let line = Self.line(index, units: units, unitPrice: order.lines[index].unitPrice, pricing: pricing)
            groupRests[pricing.lines[index].group] += line.rest
            lines.append(line)
        }
        if hasShipping, let group = pricing.shippingGroup { groupRests[group] += pricing.shippingRest }
        let included = order.pricesIncludeTax
        groupTaxes = zip(pricing.groups, groupRests).map { included ? $0.rate.tax(inGross: $1) : $0.rate.tax(onNet: $1) }
        let inclusive = groupRests.reduce(0, +) + (included ? 0 : groupTaxes.reduce(0, +))
        let rounding = order.total - pricing.payable
        // Shared by what is paid; where nothing is paid at all, the first invoice has it.
        self.rounding = hasShipping ? Shares.cumulative(of: rounding, part: inclusive, whole: pricing.payable) : 0
        payable = inclusive + self.rounding
    }

    /// Each discount's share is taken of what the discounts before it left, not of the number of units: so no share ever exceeds what
    /// it is taken off, for any parcel, although each is rounded (see `Shares.cumulative`).
    private static func line(_ index: Int, units: Int64, unitPrice: Int64, pricing: OrderPricing) -> Line {
        let whole = pricing.lines[index]
        let value = unitPrice * units
        let discount = Shares.cumulative(of: whole.discount, part: value, whole: whole.value)
        var line = Line(value: value, discount: units == 0 ? 0 : discount, orderDiscounts: [], rest: 0)
        line.rest = value - line.discount
        var left = whole.value - whole.discount
        for orderDiscount in pricing.orderDiscounts {
            let total = orderDiscount.lineShares[index]
            let share = units == 0 ? 0 : Shares.cumulative(of: total, part: line.rest, whole: left)
            line.orderDiscounts.append(share)
            line.rest -= share
            left -= total
        }
        return line
    }
}
