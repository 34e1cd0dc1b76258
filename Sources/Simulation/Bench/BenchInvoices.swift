package import Commerce
internal import Messages

/// Invoices of the benchmark's orders, whole in one parcel each.
package enum BenchInvoices {
    /// - Throws: what an order that cannot be read or invoiced throws; those of the benchmark can.
    package static func make(_ count: Int, seed: UInt64, placedAt: Timestamp) throws -> [Invoice] {
        guard let seller = BenchNetwork.network.sellers.first, let channel = BenchNetwork.network.channels.first else { return [] }
        var orders = BenchOrders(seed: seed, prefix: "I-", placedAt: placedAt)
        let day = CivilDate(placedAt, offsetSeconds: 0)
        return try (1...max(1, count)).map { number in
            let order = try PlacedOrder(json: orders.next())
            return try InvoiceCalculation.invoice(
                InvoiceRequest(
                    order: order,
                    seller: seller,
                    channel: channel,
                    number: "\(seller.invoicePrefix)\(number)",
                    issueDate: day,
                    deliveryDate: day,
                    shipmentID: "S\(number)",
                    shipped: order.lines.enumerated().map { LineUnits(line: $0, quantity: $1.quantity) },
                    previouslyInvoiced: order.lines.map { _ in 0 },
                    isFirst: true
                )
            )
        }
    }
}
