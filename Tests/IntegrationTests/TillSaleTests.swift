import TestSupport
import Testing
import Workers

/// What left over a store's counter: the stock falls at once, nobody is asked to ship it, and it is invoiced.
@Suite(.timeLimit(.minutes(15)))
struct TillSaleTests {
    private func sale(_ id: String, _ items: [(sku: String, quantity: Int64)], at till: String = "ham") -> Order {
        Order(id, items).with { order in
            for index in order.lines.indices { order.lines[index].till = till }
        }
    }

    @Test func a_till_sale_takes_stock_there_and_is_invoiced_and_done() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 10), ("B", 5)])
            try await shop.stock("ber", [("A", 10)])
            let order = sale("1", [("A", 2), ("B", 1)])
            try await shop.place(order)
            let told = try await shop.event("order.handed_over", of: order)
            #expect(told["location"] == "ham")
            #expect(told["lines"] == [["lineId": "1", "sku": "A", "quantity": 2], ["lineId": "2", "sku": "B", "quantity": 1]])
            try await shop.event("order.completed", of: order)
            #expect(try await shop.status(order) == 7)
            #expect(try await shop.level("A", at: "ham") == (8, 0))
            #expect(try await shop.level("B", at: "ham") == (4, 0))
            #expect(try await shop.level("A", at: "ber") == (10, 0))
            let invoice = try await shop.event("invoice.issued", of: order)
            #expect(invoice["total"].integer == order.total)
            #expect(invoice["shipmentId"] == told["shipmentId"])
            try await shop.everythingTold()
            for type in ["order.sourced", "fulfillment.requested", "shipment.dispatched"] {
                #expect(try shop.events(type, of: order).isEmpty, "\(type)")
            }
            #expect(try await shop.number("SELECT count(*) FROM stock_movement WHERE kind = 3") == 2)
            // Nothing of it can be shipped, or taken back.
            let parcel = Parcel(id: told["fulfillmentId"].string ?? "", location: "ham", lines: [.init(lineID: "1", quantity: 1)])
            try await shop.refused("shipment.dispatched", shop.dispatched(parcel), "over_shipped")
            try await shop.refused("order.cancelled", shop.cancellation(order), "not_cancellable")
        }
    }

    @Test func a_repeated_till_sale_is_one_and_a_channel_without_invoices_gets_none() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 10)])
            let order = sale("1", [("A", 3)]).with { $0.channel = "paperless" }
            for _ in 1...3 { try await shop.place(order) }
            try await shop.event("order.completed", of: order)
            try await shop.refused("order.placed", order.with { $0.lines[0].till = "ber" }.body, "conflict", path: "/orderId")
            try await shop.everythingTold()
            #expect(try await shop.level("A", at: "ham") == (7, 0))
            #expect(try shop.events("order.handed_over").count == 1)
            #expect(try await shop.count("invoice") == 0)
        }
    }

    @Test func more_sold_than_known_is_a_shortfall_that_is_told_and_never_a_refusal() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 2)])
            // Two units are promised to somebody; three are sold over the counter all the same.
            let promised = Order("1", of: "A", 2)
            try await shop.place(promised)
            _ = try await shop.sourced(promised)
            let order = sale("2", [("A", 3), ("NEVER-SEEN", 1)])
            try await shop.place(order)
            try await shop.event("order.completed", of: order)
            #expect(try await shop.level("A", at: "ham") == (-1, 2))
            #expect(try await shop.level("NEVER-SEEN", at: "ham") == (-1, 0))
            try await eventually("both shortfalls are told") {
                Set(try shop.events("stock.shortfall").compactMap { $0["data"]["sku"].string }) == ["A", "NEVER-SEEN"]
            }
            // What is short is not promised to the next one.
            let next = Order("3", of: "A", 1)
            try await shop.place(next)
            try await shop.event("order.backordered", of: next)
        }
    }

    @Test func a_count_made_after_the_sale_knows_of_it() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 5)], at: "2026-11-22T12:00:00Z")
            let order = sale("1", [("A", 2)]).with { $0.placedAt = "2026-11-22T11:00:00Z" }
            try await shop.place(order)
            try await shop.event("order.completed", of: order)
            #expect(try await shop.level("A", at: "ham") == (5, 0))
        }
    }

    @Test func of_a_mixed_order_the_till_lines_are_handed_over_and_the_rest_is_sourced() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 5)])
            try await shop.stock("ber", [("B", 5)])
            let order = Order("1", [("A", 1), ("B", 2), ("C", 1)]).with {
                $0.acceptPartial = true
                $0.lines[0].till = "ham"
            }
            try await shop.place(order)
            try await shop.event("order.handed_over", of: order)
            let parcel = try #require(try await shop.sourced(order).first)
            #expect(parcel.location == "ber" && parcel.lines == [.init(lineID: "2", quantity: 2)])
            #expect(try await shop.event("order.backordered", of: order)["lines"] == [["lineId": "3", "sku": "C", "quantity": 1]])
            #expect(try await shop.status(order) == 6)
            #expect(try await shop.level("A", at: "ham") == (4, 0))
            try await shop.dispatch(parcel)
            try await shop.stock("muc", [("C", 1)])
            let last = try #require(try await shop.sourced(order, count: 2).first)
            try await shop.dispatch(last)
            try await shop.event("order.completed", of: order)
            try await shop.event("invoice.issued", of: order, count: 3)
            #expect(try await shop.number("SELECT sum(total)::bigint FROM invoice") == order.total)
        }
    }

    @Test func a_till_of_an_unknown_location_waits_for_it() async throws {
        try await withShop { shop in
            try await shop.tell("order.placed", sale("1", [("A", 1)], at: "new-store").body)
            try await eventually("it waits") { try await shop.waiting(in: "oms.retry.5s") == 1 }
            try await shop.accepted(
                "location.defined",
                [
                    "location": "new-store", "kind": "store", "name": "New", "country": "DE", "timeZone": "Europe/Berlin",
                    "updatedAt": "2026-11-22T08:00:00Z",
                ]
            )
            try await shop.event("order.handed_over")
            #expect(try await shop.level("A", at: "new-store") == (-1, 0))
        }
    }

    @Test func a_pending_payment_holds_the_goods_back() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 5)])
            let order = sale("1", [("A", 2)]).with {
                $0.payments = [["paymentId": "p-1", "method": "card", "status": "pending", "amount": 2_000]]
            }
            try await shop.place(order)
            #expect(try await shop.level("A", at: "ham") == (5, 0))
            try await shop.accepted("payment.captured", shop.payment(order, "t-1"))
            try await shop.event("order.completed", of: order)
            #expect(try await shop.level("A", at: "ham") == (3, 0))
        }
    }

    @Test func many_tills_and_shippers_of_one_shelf_add_up() async throws {
        let roles = Role.allCases.filter { $0 != .mailing }
        try await withShop(roles, lanes: 2) { shop in
            let rival = try shop.work(roles, lanes: 2)
            try await shop.stock("ham", (0..<5).map { ("S\($0)", 60) })
            let orders = (0..<400).map { number in
                number.isMultiple(of: 2)
                    ? sale("\(number)", [("S\(number % 5)", 1), ("S\((number + 1) % 5)", 1)])
                    : Order("\(number)", [("S\(number % 5)", 1)])
            }
            try await shop.place(orders)
            try await eventually("all are decided", within: .seconds(240), every: .milliseconds(100)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status > 2") == 400
            }
            try await eventually("all sales are invoiced", within: .seconds(240), every: .milliseconds(100)) {
                try await shop.count("invoice") == 200
            }
            #expect(try await shop.number("SELECT sum(on_hand)::bigint FROM stock") == -100)
            try await shop.everythingTold()
            try await rival.stop()
        }
    }
}
