import Postgres
import TestSupport
import Testing
import Workers

/// What quality management blocks is not sold; what was sold of it is looked for elsewhere.
@Suite(.timeLimit(.minutes(15)))
struct BlockTests {
    @Test func what_is_blocked_is_not_sold_until_it_is_released() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            try await shop.accepted("stock.blocked", shop.block("ber", "q-1", "A", 7))
            try await shop.told("A", 3)
            let order = Order("1", of: "A", 5)
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            // Again, and with other content.
            try await shop.accepted("stock.blocked", shop.block("ber", "q-1", "A", 7))
            try await shop.refused("stock.blocked", shop.block("ber", "q-1", "A", 8), "conflict", path: "/blockId")
            #expect(try await shop.blocked("A", at: "ber") == 7)
            // The same id elsewhere is another block.
            try await shop.accepted("stock.blocked", shop.block("ham", "q-1", "A", 2))
            try await shop.accepted("stock.released", shop.release("ham", "q-1"))

            try await shop.accepted("stock.released", shop.release("ber", "q-1"))
            _ = try await shop.sourced(order)
            try await shop.accepted("stock.released", shop.release("ber", "q-1"))
            let other = shop.release("ber", "q-1", at: "2026-11-22T10:00:00Z")
            try await shop.refused("stock.released", other, "conflict", path: "/blockId")
            #expect(try await shop.blocked("A", at: "ber") == 0)
            #expect(try await shop.level("A", at: "ber") == (10, 5))
            #expect(try await shop.count("stock_change") == 4)
        }
    }

    @Test func a_release_that_comes_before_its_block_waits_for_it() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            try await shop.tell("stock.released", shop.release("ber", "q-1"))
            try await shop.accepted("stock.blocked", shop.block("ber", "q-1", "A", 4))
            try await eventually("it is released") {
                try await shop.number("SELECT count(*) FROM stock_block WHERE released_at IS NULL") == 0
            }
            #expect(try await shop.blocked("A", at: "ber") == 0)
        }
    }

    @Test func what_was_promised_of_it_comes_from_elsewhere() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let (old, young) = (Order("old", of: "A", 4), Order("young", of: "A", 4))
            try await shop.place(old)
            _ = try await shop.sourced(old)
            try await shop.place(young)
            let parcel = try #require(try await shop.sourced(young).first)
            #expect(parcel.location == "ber")
            let accepted: JSON = ["fulfillmentId": .string(parcel.id), "occurredAt": "2026-11-22T10:30:00Z"]
            try await shop.accepted("fulfillment.accepted", accepted)
            try await shop.stock("ham", [("A", 10)])
            // Five of ten are left, eight are promised: the youngest order gives three back, although the location has accepted it.
            try await shop.accepted("stock.blocked", shop.block("ber", "q-1", "A", 5))
            let cancelled = try await shop.event("fulfillment.cancelled", of: young)
            #expect(cancelled["reason"] == "blocked")
            #expect(cancelled["location"] == "ber")
            #expect(cancelled["lines"] == [["lineId": "1", "sku": "A", "quantity": 3]])
            let again = try await shop.sourced(young, count: 2)
            #expect(again == [Parcel(id: again[0].id, location: "ham", lines: [.init(lineID: "1", quantity: 3)])])
            #expect(try await shop.level("A", at: "ber") == (10, 5))
            #expect(try shop.events("fulfillment.cancelled", of: old).isEmpty)
            #expect(try shop.events("order.backordered").isEmpty, "nobody had to wait")
            #expect(try shop.events("stock.shortfall").isEmpty)
            // What is left of the parcel still leaves.
            try await shop.dispatch(parcel, [("1", 1)])
            #expect(try await shop.level("A", at: "ber") == (9, 4))
        }
    }

    @Test func what_cannot_be_had_elsewhere_is_backordered_and_told() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5), ("B", 1)])
            let order = Order("1", [("A", 5), ("B", 1)])
            try await shop.place(order)
            _ = try await shop.sourced(order)
            try await shop.accepted("stock.blocked", shop.block("ber", "q-1", "A", 2))
            let first = try await shop.event("order.backordered", of: order)
            #expect(first["lines"] == [["lineId": "1", "sku": "A", "quantity": 2]])
            #expect(try await shop.status(order) == 4)
            // More than there is: the rest comes back too, and the shortfall is told.
            try await shop.accepted("stock.blocked", shop.block("ber", "q-2", "A", 100))
            let second = try await shop.event("order.backordered", of: order, count: 2)
            #expect(second["lines"] == [["lineId": "1", "sku": "A", "quantity": 5]])
            let short = try await shop.event("stock.shortfall")
            #expect(short["locations"] == [["location": "ber", "available": -97]])
            #expect(try await shop.level("A", at: "ber") == (5, 0))
            #expect(try await shop.level("B", at: "ber") == (1, 1), "only what is blocked is taken back")
            try await shop.accepted("stock.released", shop.release("ber", "q-2"))
            #expect(try await shop.status(order) == 4, "the order takes all that it waits for, or nothing")
            try await shop.accepted("stock.released", shop.release("ber", "q-1"))
            #expect(try await shop.sourced(order, count: 2).first?.lines == [.init(lineID: "1", quantity: 5)])
            #expect(try shop.events("order.backordered", of: order).count == 2)
            #expect(try await shop.number("SELECT count(*) FROM waiting_line WHERE untold_since IS NOT NULL") == 0)
        }
    }

    @Test func an_order_that_a_location_rejects_is_told_to_wait_again() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 2)])
            let order = Order("1", of: "A", 2)
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            let rejection: JSON = [
                "fulfillmentId": .string(parcel.id), "rejectionId": "r", "reason": "damaged", "occurredAt": "2026-11-22T12:00:00Z",
            ]
            try await shop.accepted("fulfillment.rejected", rejection)
            let told = try await shop.event("order.backordered", of: order)
            #expect(told["lines"] == [["lineId": "1", "sku": "A", "quantity": 2]])
        }
    }

    @Test func blocks_dispatches_and_cancellations_of_the_same_orders_race() async throws {
        let roles = Role.allCases.filter { $0 != .mailing }
        try await withShop(roles, lanes: 2) { shop in
            let rival = try shop.work(roles, lanes: 2)
            var random = SplitMix64(seed: 20_261_125)
            var dispatched: Set<String> = []
            for round in 0..<12 {
                let skus = ["A\(round)", "B\(round)"]
                for location in ["ber", "ham"] { try await shop.stock(location, skus.map { ($0, 20) }) }
                let orders = (0..<12).map { number in
                    Order("\(round)-\(number)", [(skus[0], Int64.random(in: 1...3, using: &random)), (skus[1], 1)]).with {
                        $0.acceptPartial = number.isMultiple(of: 2)
                    }
                }
                try await shop.place(orders)
                try await eventually("all are decided", within: .seconds(240)) {
                    try await shop.number("SELECT count(*) FROM orders WHERE status <= 2") == 0
                }
                var messages: [(String, JSON)] = []
                for parcel in try await RaceTests.parcels(shop, notShipped: true) where dispatched.insert(parcel.id).inserted {
                    messages.append(("shipment.dispatched", shop.dispatched(parcel)))
                }
                for order in orders where Bool.random(using: &random) { messages.append(("order.cancelled", shop.cancellation(order))) }
                for number in 0..<4 {
                    let location = ["ber", "ham"][number % 2]
                    messages.append(
                        ("stock.blocked", shop.block(location, "\(round)-\(number)", skus[number / 2], .random(in: 1...25, using: &random)))
                    )
                    if number > 1 { messages.append(("stock.released", shop.release(location, "\(round)-\(number)"))) }
                }
                try await shop.publish(messages.shuffled(using: &random).map { shop.message($0.0, Array($0.1.text().utf8)) })
            }
            try await eventually("every block is in, every release too", within: .seconds(240), every: .milliseconds(100)) {
                try await shop.number("SELECT count(*) FILTER (WHERE released_at IS NULL) * 1000 + count(*) FROM stock_block") == 24_048
            }
            try await eventually("whoever waits again was looked at", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM waiting_line WHERE untold_since IS NOT NULL") == 0
            }
            let codes = Set(try await shop.desk().map(\.code))
            #expect(codes.isSubset(of: ["not_cancellable", "over_shipped"]), "\(codes)")
            // Who waits was told so.
            let untold = try await shop.number(
                """
                SELECT count(*) FROM (SELECT DISTINCT order_key FROM waiting_line) w
                WHERE NOT EXISTS (SELECT FROM order_event e WHERE e.order_key = w.order_key AND e.type = 3)
                """
            )
            #expect(untold == 0)
            try await RaceTests.expectNoDeadlock(shop)
            try await shop.everythingTold()
            try await rival.stop()
        }
    }
}
