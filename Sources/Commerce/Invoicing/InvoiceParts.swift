/// The lines, allowances and charges of one invoice while it is being put together; group by group they become net.
struct InvoiceParts {
    struct Sums {
        var lineNet: Int64 = 0
        var allowances: Int64 = 0
        var charges: Int64 = 0
        var taxExclusive: Int64 = 0
        var tax: Int64 = 0
        var rounding: Int64 = 0
        var taxes: [InvoiceTax] = []
    }

    private let pricing: OrderPricing
    private let pricesIncludeTax: Bool
    private let before: InvoicedValue
    private let after: InvoicedValue
    private(set) var lines: [InvoiceLine] = []
    private(set) var allowances: [InvoiceAdjustment] = []
    private(set) var charges: [InvoiceAdjustment] = []
    private var lineGroups: [Int] = []
    private var allowanceGroups: [Int] = []
    private var chargeGroups: [Int] = []

    /// Until `close`, `net` fields hold amounts as the order's prices are.
    init(order: PlacedOrder, pricing: OrderPricing, shipped: [Int64], before: InvoicedValue, after: InvoicedValue) {
        self.pricing = pricing
        pricesIncludeTax = order.pricesIncludeTax
        self.before = before
        self.after = after
        shippingName = order.shipping?.method ?? ""
        for (index, units) in shipped.enumerated() where units > 0 {
            let line = order.lines[index]
            let value = after.lines[index].value - before.lines[index].value
            let discount = after.lines[index].discount - before.lines[index].discount
            let group = pricing.lines[index].group
            lineGroups.append(group)
            lines.append(
                InvoiceLine(
                    lineID: line.lineID,
                    sku: line.sku,
                    name: line.name,
                    quantity: units,
                    shownUnitPrice: line.unitPrice,
                    netBeforeDiscount: value,
                    discount: discount,
                    net: value - discount,
                    category: pricing.groups[group].category,
                    rate: line.taxRate
                )
            )
            for (place, orderDiscount) in pricing.orderDiscounts.enumerated() {
                let share = after.lines[index].orderDiscounts[place] - before.lines[index].orderDiscounts[place]
                allow(share, name: orderDiscount.name, group: group)
            }
        }
    }

    private let shippingName: String

    /// Charges the shipping, less what vouchers take off it.
    mutating func addShipping() {
        guard let group = pricing.shippingGroup else { return }
        let taxed = pricing.groups[group]
        charges.append(InvoiceAdjustment(name: shippingName, net: pricing.shippingPrice, category: taxed.category, rate: taxed.rate))
        chargeGroups.append(group)
        for orderDiscount in pricing.orderDiscounts { allow(orderDiscount.shippingShare, name: orderDiscount.name, group: group) }
    }

    private mutating func allow(_ amount: Int64, name: String, group: Int) {
        guard amount > 0 else { return }
        if let known = allowances.indices.first(where: { allowanceGroups[$0] == group && ExactID.same(allowances[$0].name, name) }) {
            allowances[known].net += amount
            return
        }
        let taxed = pricing.groups[group]
        allowances.append(InvoiceAdjustment(name: name, net: amount, category: taxed.category, rate: taxed.rate))
        allowanceGroups.append(group)
    }

    /// Takes the tax out of every amount where prices include it, and adds everything up. Taxes come highest rate first, then by category code.
    mutating func close(decimals: Int) -> Sums {
        var sums = Sums()
        sums.rounding = after.rounding - before.rounding
        for (group, taxed) in pricing.groups.enumerated() where lineGroups.contains(group) || chargeGroups.contains(group) {
            let amount = after.groupRests[group] - before.groupRests[group]
            var tax = after.groupTaxes[group] - before.groupTaxes[group]
            let net = pricesIncludeTax ? amount - tax : amount
            if !Self.isTolerated(tax: tax, net: net, rate: taxed.rate, decimals: decimals) {
                let own = pricesIncludeTax ? taxed.rate.tax(inGross: amount) : taxed.rate.tax(onNet: amount)
                if !pricesIncludeTax { sums.rounding += tax - own }
                tax = own
            }
            let taxable = pricesIncludeTax ? amount - tax : amount
            if pricesIncludeTax { takeTaxOut(of: group, rate: taxed.rate, leaving: taxable) }
            sums.taxes.append(InvoiceTax(category: taxed.category, rate: taxed.rate, taxable: taxable, tax: tax))
            sums.tax += tax
        }
        sums.taxes.sort {
            $0.rate == $1.rate ? ExactID($0.category.rawValue) < ExactID($1.category.rawValue) : $0.rate > $1.rate
        }
        sums.lineNet = lines.reduce(0) { $0 + $1.net }
        sums.allowances = allowances.reduce(0) { $0 + $1.net }
        sums.charges = charges.reduce(0) { $0 + $1.net }
        sums.taxExclusive = sums.lineNet - sums.allowances + sums.charges
        return sums
    }

    /// Makes one group's amounts net: allowances each by themselves (never 0, as no rate exceeds 100 %), then lines and charges share what is left by largest remainder.
    private mutating func takeTaxOut(of group: Int, rate: TaxRate, leaving taxable: Int64) {
        var positive = taxable
        for place in allowances.indices where allowanceGroups[place] == group {
            allowances[place].net = rate.net(ofGross: allowances[place].net)
            positive += allowances[place].net
        }
        let linePlaces = lines.indices.filter { lineGroups[$0] == group }
        let chargePlaces = charges.indices.filter { chargeGroups[$0] == group }
        let weights = linePlaces.map { lines[$0].net } + chargePlaces.map { charges[$0].net }
        let nets = Shares.byLargestRemainder(total: positive, weights: weights)
        for (place, net) in zip(linePlaces, nets) {
            lines[place].net = net
            lines[place].discount = rate.net(ofGross: lines[place].discount)
            lines[place].netBeforeDiscount = net + lines[place].discount
        }
        for (place, net) in zip(chargePlaces, nets.dropFirst(linePlaces.count)) { charges[place].net = net }
    }

    /// Whether the official validation takes this tax for this net: |tax − net × rate| below one major unit, the product rounded to two decimals
    /// (BR-CO-17). With two decimals or more a cumulative tax is always within it.
    static func isTolerated(tax: Int64, net: Int64, rate: TaxRate, decimals: Int) -> Bool {
        guard decimals == 0 else { return true }
        let hundredths = Amount.scaled(net, by: rate.micros, over: TaxRate.whole / 100)
        return (tax * 100 - hundredths).magnitude < 100
    }
}
