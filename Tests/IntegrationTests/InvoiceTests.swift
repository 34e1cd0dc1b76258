import TestSupport
import Testing
import Workers

/// Invoices: partial ones sum to the order, and numbers have no gaps.
@Suite(.timeLimit(.minutes(15)))
struct InvoiceTests {
    @Test func partial_invoices_sum_to_the_order_and_shipping_is_on_the_first() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10), ("B", 10)])
            let order = Order("1", [("A", 3), ("B", 2)]).with {
                $0.shipping = 499
                $0.lines[0].price = 333
                $0.lines[1].taxRate = "7"
            }
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.dispatch(parcel, as: "s-1", [("1", 1)])
            let first = try await shop.event("invoice.issued", of: order)
            try await shop.dispatch(parcel, as: "s-2", [("1", 2), ("2", 1)])
            try await shop.dispatch(parcel, as: "s-3", [("2", 1)])
            try await shop.event("invoice.issued", of: order, count: 3)
            let totals = try shop.events("invoice.issued").compactMap { $0["data"]["total"].integer }
            #expect(first["total"] == 832)
            #expect(totals.reduce(0, +) == order.total)
            #expect(
                Set(try shop.events("invoice.issued").compactMap { $0["data"]["number"].string }) == [
                    "R00000001", "R00000002", "R00000003",
                ]
            )
        }
    }

    @Test func a_channel_without_invoices_gets_none() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A").with { $0.channel = "paperless" }
            try await shop.place(order)
            try await shop.dispatch(try #require(try await shop.sourced(order).first))
            try await shop.event("order.completed", of: order)
            try await shop.everythingTold()
            try await eventually("the invoicing queue is empty") {
                try await shop.waiting(in: "oms.invoicing") == 0
            }
            #expect(try await shop.count("invoice") == 0)
        }
    }

    @Test func amounts_without_decimals_stay_whole() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A", 3).with {
                $0.channel = "tokyo"
                $0.lines[0].price = 1_234
                $0.lines[0].taxRate = "10"
            }
            try await shop.place(order)
            try await shop.dispatch(try #require(try await shop.sourced(order).first))
            let invoice = try await shop.event("invoice.issued", of: order)
            #expect(invoice["currency"] == "JPY")
            #expect(invoice["total"] == 3_702)
        }
    }

    @Test func two_invoicing_workers_racing_leave_no_gap() async throws {
        try await withShop { shop in
            let rival = try shop.work([.invoicing])
            try await shop.stock("ber", [("A", 1_000)])
            // Two channels of one seller share a series.
            let orders = (0..<300).map { number in Order("\(number)", of: "A").with { $0.channel = number % 2 == 0 ? "shop" : "other" } }
            try await shop.place(orders)
            try await eventually("all are sourced", within: .seconds(240)) { try await shop.count("fulfillment") == 300 }
            for parcel in try await RaceTests.parcels(shop) { try await shop.tell("shipment.dispatched", shop.dispatched(parcel)) }
            try await eventually("all are invoiced", within: .seconds(240)) { try await shop.count("invoice") == 300 }
            #expect(try await shop.number("SELECT max(number) FROM invoice") == 300)
            #expect(try await shop.number("SELECT last FROM invoice_series WHERE prefix = 'R'") == 300)
            // Dates never run against the numbers.
            let backwards = try await shop.number(
                "SELECT count(*) FROM invoice a JOIN invoice b ON b.prefix = a.prefix AND b.number = a.number + 1 WHERE b.issued_at < a.issued_at"
            )
            #expect(backwards == 0)
            try await rival.stop()
        }
    }
}
