internal import Commerce

/// The rows of one invoice, and the order they make.
struct RetailInvoice {
    var number: String
    /// Of its first row.
    var time: Timestamp
    var rows: [RetailRow]

    /// What a sale's rows come to.
    struct Sale {
        var order: PlacedOrder?
        /// Rows that became the order's lines.
        var lines: [RetailRow] = []
        /// Rows told by `order`: its lines, charges and discounts.
        var orderRows = 0
        var adjustments: [RetailRow] = []
        var destinations: [(RowDestination, Int)] = []
    }

    func sale() -> Sale {
        var sale = Sale()
        var (charges, discounts): ([RetailRow], [RetailRow]) = ([], [])
        let hasPricedGoods = rows.contains { $0.price > 0 && $0.quantity > 0 && FeeCode($0.code) == nil }
        for row in rows {
            switch FeeCode(row.code) {
            case .skipped(let reason): sale.destinations.append((reason, 1))
            case .shipping:
                if row.quantity > 0, row.price >= 0 { charges.append(row) } else { sale.destinations.append((.chargeReversal, 1)) }
            case .discount:
                if row.quantity < 0, row.price >= 0 { discounts.append(row) } else { sale.destinations.append((.discountAfterSale, 1)) }
            case nil:
                if row.price < 0 {
                    sale.destinations.append((.negativePrice, 1))
                } else if row.quantity < 0 {
                    if row.price == 0 { sale.adjustments.append(row) } else { sale.destinations.append((.negativeSale, 1)) }
                } else if row.price > 0 || hasPricedGoods || !row.customer.isEmpty {
                    sale.lines.append(row)
                } else {
                    // Nobody bought it and nobody pays: "found", "check", "adjustment".
                    sale.adjustments.append(row)
                }
            }
        }
        let tooMany = sale.adjustments.count { !$0.isWithinBounds }
        sale.adjustments.removeAll { !$0.isWithinBounds }
        sale.destinations += [(.stockAdjustment, sale.adjustments.count), (.outOfBounds, tooMany)]
        guard !sale.lines.isEmpty else {
            sale.destinations.append((.chargeWithoutGoods, charges.count + discounts.count))
            return sale
        }
        let order = RetailOrder(number: number, time: time, lines: sale.lines, charges: charges, discounts: discounts).placed()
        sale.orderRows = sale.lines.count + charges.count + discounts.count
        guard let order else {
            sale.destinations.append((.outOfBounds, sale.orderRows))
            (sale.lines, sale.orderRows) = ([], 0)
            return sale
        }
        sale.order = order
        sale.destinations += [(.orderLine, sale.lines.count), (.shippingCharge, charges.count), (.orderDiscount, discounts.count)]
        return sale
    }
}
