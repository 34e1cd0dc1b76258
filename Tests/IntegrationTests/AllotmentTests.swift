import Commerce
import Postgres
import TestSupport
import Testing
import Workers

/// Units that only one channel may sell.
@Suite(.timeLimit(.minutes(15)))
struct AllotmentTests {
    private func other(_ id: String, _ quantity: Int64) -> Order { Order(id, of: "A", quantity).with { $0.channel = "other" } }

    @Test func a_number_of_units_is_one_channels_alone() async throws {
        try await withShop { shop in
            try await shop.allot([Allotment(channel: "shop", sku: "A", size: .units(4))])
            try await shop.stock("ber", [("A", 6)])
            try await shop.stock("ham", [("A", 4), ("B", 1)])
            let tooMany = other("1", 7)
            try await shop.place(tooMany)
            try await shop.event("order.backordered", of: tooMany)
            // A basket of another channel meets the same limit.
            #expect(try await shop.keep("b", [("A", 7)], channel: "other")["accepted"] == false)
            #expect(try await shop.keep("b", [("A", 6)], channel: "other")["accepted"] == true)
            try await shop.letGo("b", channel: "other")
            try await shop.place(other("2", 6))
            _ = try await shop.sourced(other("2", 6))
            let one = other("3", 1)
            try await shop.place(one)
            try await shop.event("order.backordered", of: one)
            // The channel itself, through a basket and without one.
            #expect(try await shop.keep("b-1", [("A", 3)])["accepted"] == true)
            for order in [Order("1", of: "A", 3).with({ $0.basketID = "b-1" }), Order("2", of: "A", 1)] {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            // All four are sold: what comes in now is everybody's, but what is cancelled is the channel's again.
            try await shop.accepted("order.cancelled", shop.cancellation(Order("1", of: "A", 3)))
            try await shop.stock("muc", [("A", 1)])
            _ = try await shop.sourced(one)
            let last = other("4", 1)
            try await shop.place(last)
            try await shop.event("order.backordered", of: last)
            let own = Order("3", of: "A", 3)
            try await shop.place(own)
            _ = try await shop.sourced(own)
        }
    }

    @Test func a_share_stays_one_channels_however_much_the_others_buy() async throws {
        try await withShop { shop in
            try await shop.allot([Allotment(channel: "shop", size: .percent(20))])
            try await shop.stock("ber", [("A", 10)])
            for number in 1...8 {
                try await shop.place(other("\(number)", 1))
                _ = try await shop.sourced(other("\(number)", 1))
            }
            let ninth = other("9", 1)
            try await shop.place(ninth)
            try await shop.event("order.backordered", of: ninth)
            let own = Order("1", of: "A", 2)
            try await shop.place(own)
            _ = try await shop.sourced(own)
            // A fifth of ten more is kept; a file that says nothing of allotments any more leaves it to everybody.
            try await shop.stock("ham", [("A", 10)])
            _ = try await shop.sourced(ninth)
            let many = other("10", 8)
            try await shop.place(many)
            try await shop.event("order.backordered", of: many)
            try await shop.allot([])
            _ = try await shop.sourced(many)
        }
    }

    @Test func what_was_sold_since_a_day_counts_and_the_rest_is_free_after_another() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let before = Order("1", of: "A", 3)
            try await shop.place(before)
            let parcel = try #require(try await shop.sourced(before).first)
            try await shop.dispatch(parcel, [("1", 1)])
            let until = SystemClock.now().adding(seconds: 8)
            try await shop.allot([
                Allotment(channel: "shop", sku: "A", size: .units(8), since: Timestamp(seconds: 1_700_000_000), until: until)
            ])
            // Seven are left, five of them the channel's.
            let two = other("1", 2)
            try await shop.place(two)
            _ = try await shop.sourced(two)
            let five = other("2", 5)
            try await shop.place(five)
            try await shop.event("order.backordered", of: five)
            #expect(SystemClock.now() < until, "a machine this slow proves nothing")
            _ = try await shop.sourced(five)
            #expect(SystemClock.now() >= until)
        }
    }

    @Test func two_workers_and_two_channels_never_sell_what_is_not_theirs() async throws {
        let roles: [Role] = [.intake, .sourcing, .stock, .fulfillment, .relay]
        try await withShop(roles, lanes: 2, hearing: []) { shop in
            let rival = try shop.work(roles, lanes: 2)
            try await shop.allot([Allotment(channel: "shop", sku: "A", size: .units(40)), Allotment(channel: "other", size: .percent(10))])
            try await shop.stock("ber", [("A", 60)])
            try await shop.stock("ham", [("A", 40)])
            let orders = (0..<150).flatMap { [other("\($0)", 1), other("more-\($0)", 1), Order("\($0)", of: "A")] }
            for start in stride(from: 0, to: orders.count, by: 50) {
                try await shop.place(Array(orders[start..<start + 50]))
                // Some change their minds.
                let cancelled = orders[start..<start + 10]
                try await shop.publish(cancelled.map { shop.message("order.cancelled", Array(shop.cancellation($0).text().utf8)) })
            }
            try await eventually("all are decided", within: .seconds(240)) {
                try await shop.number(
                    """
                    SELECT count(*) FILTER (WHERE status > 2) + count(*) FILTER (WHERE status = 8)
                         + (SELECT sum(reserved)::bigint FROM stock) FROM orders
                    """
                ) == 450 + 90 + 100
            }
            #expect(try await shop.reserved("A", by: "shop") >= 40)
            #expect(try await shop.reserved("A", by: "other") >= 10)
            try await RaceTests.expectNoDeadlock(shop)
            try await rival.stop()
        }
    }
}
