import TestSupport
import Testing

/// Waiting is fair: the oldest first, and nobody is held back by one that cannot be filled.
@Suite(.timeLimit(.minutes(15)))
struct BackorderTests {
    @Test func stock_goes_to_the_oldest_first() async throws {
        try await withShop { shop in
            let orders = (1...4).map { Order("\($0)", of: "A", 2) }
            for order in orders {
                try await shop.place(order)
                let told = try await shop.event("order.backordered", of: order)
                #expect(told["lines"] == [["lineId": "1", "sku": "A", "quantity": 2]])
            }
            try await shop.stock("ber", [("A", 5)])
            _ = try await shop.sourced(orders[0])
            _ = try await shop.sourced(orders[1])
            #expect(try await shop.status(orders[2]) == 3)
            // One unit is left, which the third order has no use for: a newcomer may have it.
            let young = Order("young", of: "A", 1)
            try await shop.place(young)
            _ = try await shop.sourced(young)
            try await shop.stock("ber", [("A", 9)])
            _ = try await shop.sourced(orders[2])
            _ = try await shop.sourced(orders[3])
            #expect(try shop.events("order.backordered").count == 4, "told once, when the waiting begins")
        }
    }

    @Test func a_younger_order_takes_nothing_an_older_one_can_use() async throws {
        try await withShop { shop in
            let old = Order("old", of: "A", 3).with { $0.acceptPartial = true }
            try await shop.place(old)
            try await shop.event("order.backordered", of: old)
            // Both learn of the stock at the same moment: the newcomer is decided after the older order.
            try await shop.stock("ber", [("A", 2)])
            let young = Order("young", of: "A", 1)
            try await shop.place(young)
            #expect(try await shop.sourced(old).first?.lines.first?.quantity == 2)
            try await shop.event("order.backordered", of: young)
            try await shop.stock("ber", [("A", 3)])
            #expect(try await shop.sourced(old, count: 2).first?.lines.first?.quantity == 1)
            #expect(try await shop.status(young) == 3)
        }
    }

    @Test func one_that_cannot_be_filled_holds_nobody_back() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5)])
            let big = Order("big", [("A", 1), ("NEVER", 1)])
            let huge = Order("huge", of: "A", 100)
            for order in [big, huge] {
                try await shop.place(order)
                try await shop.event("order.backordered", of: order)
            }
            #expect(try await shop.level("A", at: "ber").reserved == 0, "nothing is reserved until everything can be")
            let small = Order("small", of: "A", 5)
            try await shop.place(small)
            _ = try await shop.sourced(small)
            #expect(try await shop.status(big) == 3)
        }
    }

    @Test func partial_acceptance_reserves_what_is_there() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 3)])
            try await shop.stock("ham", [("A", 1)])
            let order = Order("1", [("A", 6), ("B", 1)]).with { $0.acceptPartial = true }
            try await shop.place(order)
            let first = try await shop.sourced(order)
            #expect(first.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.quantity } } == 4)
            let waiting = try await shop.event("order.backordered", of: order)
            #expect(waiting["lines"].array.map { $0["quantity"].integer } == [2, 1])
            try await shop.stock("muc", [("B", 1)])
            let second = try await shop.sourced(order, count: 2)
            #expect(second == [Parcel(id: second[0].id, location: "muc", lines: [.init(lineID: "2", quantity: 1)])])
            try await shop.accepted(
                "stock.adjusted",
                [
                    "location": "ber", "adjustmentId": "found", "sku": "A", "delta": 2, "reason": "Found",
                    "occurredAt": "2026-11-22T08:00:00Z",
                ]
            )
            #expect(try await shop.sourced(order, count: 3).first?.lines == [.init(lineID: "1", quantity: 2)])
            #expect(try await shop.status(order) == 5)
        }
    }

    @Test func many_waiting_orders_are_filled_in_their_order() async throws {
        // More than one transaction decides.
        try await withShop(hearing: []) { shop in
            let orders = (0..<1_300).map { Order("\($0)", of: "A") }
            try await shop.place(orders)
            try await eventually("all of them wait", within: .seconds(240)) { try await shop.count("waiting_line") == 1_300 }
            try await shop.stock("ber", [("A", 1_200)])
            try await eventually("1,200 are sourced", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status = 5") == 1_200
            }
            let fair = "SELECT count(*) FROM orders WHERE status = 5 AND key > (SELECT min(order_key) FROM waiting_line)"
            #expect(try await shop.number(fair) == 0)
        }
    }

    @Test func orders_that_a_location_rejected_hold_up_no_newcomer() async throws {
        try await withShop(hearing: ["order.sourced"]) { shop in
            // The location has them, and cannot ship them: they wait for another location, hundreds of them.
            let orders = (0..<510).map { Order("\($0)", of: "A") }
            try await shop.stock("ber", [("A", 1_000)])
            try await shop.place(orders)
            try await eventually("all are sourced", within: .seconds(240)) { try await shop.count("fulfillment") == 510 }
            try await shop.publish(
                try await RaceTests.parcels(shop).map { parcel in
                    let body: JSON = [
                        "fulfillmentId": .string(parcel.id), "rejectionId": "r", "reason": "capacity",
                        "occurredAt": "2026-11-22T12:00:00Z",
                    ]
                    return shop.message("fulfillment.rejected", Array(body.text().utf8))
                }
            )
            try await eventually("all of them wait", within: .seconds(240)) { try await shop.count("waiting_line") == 510 }
            let young = Order("young", of: "A")
            try await shop.place(young)
            #expect(try await shop.sourced(young).first?.location == "ber")
        }
    }
}
