import Commerce
import Messages
import Postgres
import Store
import TestSupport
import Testing
import Workers

/// Goods on their way, and what those who wait for them are promised.
@Suite(.timeLimit(.minutes(15)))
struct PromiseTests {
    private func expected(
        _ sku: String,
        _ quantity: Int64,
        at date: String,
        _ reference: String = "po-1",
        location: String = "ber",
        updatedAt: String? = nil
    ) -> JSON {
        var body: JSON = [
            "location": .string(location), "reference": .string(reference), "sku": .string(sku), "quantity": .integer(quantity),
            "expectedAt": .string(date),
        ]
        if let updatedAt { body["updatedAt"] = .string(updatedAt) }
        return body
    }

    private let january = "2030-01-10T08:00:00Z"
    private let february = "2030-02-10T08:00:00Z"

    /// What the newest event of the order says of its first line.
    private func promise(_ event: JSON) -> String? { event["lines"][0]["promisedAt"].string }

    @Test func dates_are_promised_first_come_first_served() async throws {
        try await withShop { shop in
            let orders = (1...4).map { Order("\($0)", of: "A", 2) }
            for order in orders {
                try await shop.place(order)
                #expect(promise(try await shop.event("order.backordered", of: order)) == nil)
            }
            try await shop.accepted("stock.expected", expected("A", 3, at: january))
            try await shop.accepted("stock.expected", expected("A", 3, at: february, "po-2"))
            // The first delivery alone may have been seen by the second order as by the first: in the end this stands.
            try await eventually("three are promised") {
                try await shop.query("SELECT promised_at FROM waiting_line ORDER BY order_key").map { try $0.optionalTimestamp(0) }
                    == [january, february, february, nil].map { $0.flatMap { Timestamp(rfc3339: $0)?.rawValue } }
            }
            #expect(promise(try await shop.event("order.promise_changed", of: orders[0])) == january)
            #expect(promise(try await shop.event("order.promise_changed", of: orders[1])) == february)
            #expect(try shop.events("order.promise_changed", of: orders[3]).isEmpty)

            // Who comes later is told at once, from what the others leave.
            try await shop.accepted("stock.expected", expected("A", 5, at: "2030-03-10T09:00:00+01:00", "po-3"))
            #expect(promise(try await shop.event("order.promise_changed", of: orders[3])) == "2030-03-10T08:00:00Z")
            let young = Order("young", of: "A", 3)
            try await shop.place(young)
            #expect(promise(try await shop.event("order.backordered", of: young)) == "2030-03-10T08:00:00Z")

            // The oldest wants it no more: the others move up.
            try await shop.accepted("order.cancelled", shop.cancellation(orders[0]))
            #expect(promise(try await shop.event("order.promise_changed", of: orders[1], count: 2)) == january)
            #expect(promise(try await shop.event("order.promise_changed", of: orders[3], count: 2)) == february)

            let (status, output) = try await shop.oms(["order", "show", "shop", "2"])
            // Without a transit table the day with the customer is the day it comes.
            #expect(status == 0 && output.contains("expected 2030-01-10 08:00:00, with the customer by 2030-01-10"), "\(output)")
            #expect(output.contains("its date is another than was told, or no longer known"), "\(output)")
            let json = try await shop.oms(["order", "show", "shop", "2", "--json"])
            let line = try JSON(Array(json.output.utf8))["lines"][0]
            #expect(line["promisedAt"].string == january && line["deliverTo"].string == "2030-01-10")
        }
    }

    @Test func the_newest_word_on_a_delivery_counts() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A")
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            try await shop.accepted("stock.expected", expected("A", 5, at: february, updatedAt: "2026-11-21T08:00:00Z"))
            #expect(promise(try await shop.event("order.promise_changed", of: order)) == february)
            // Older, and the same again: no news.
            try await shop.accepted("stock.expected", expected("A", 5, at: january, updatedAt: "2026-11-20T08:00:00Z"))
            try await shop.accepted("stock.expected", expected("A", 5, at: february, updatedAt: "2026-11-21T08:00:00Z"))
            try await shop.accepted("stock.expected", expected("A", 5, at: january, updatedAt: "2026-11-22T08:00:00Z"))
            #expect(promise(try await shop.event("order.promise_changed", of: order, count: 2)) == january)
            // Called off, without saying when that was known.
            try await shop.accepted("stock.expected", expected("A", 0, at: january))
            let changed = try await shop.event("order.promise_changed", of: order, count: 3)
            #expect(promise(changed) == nil && changed["lines"][0]["quantity"] == 1)
            try await shop.refused("stock.expected", expected("A", -1, at: january), "invalid_field", path: "/quantity")
        }
    }

    @Test func a_count_after_its_date_closes_a_delivery() async throws {
        try await withShop { shop in
            for sku in ["A", "B", "C"] { try await shop.accepted("stock.expected", expected(sku, 5, at: "2026-11-20T08:00:00Z")) }
            try await shop.accepted("stock.expected", expected("A", 5, at: january, "po-2"))
            let open = "SELECT count(*) FROM stock_expected WHERE closed_at IS NULL"
            try await shop.stock("ber", [("A", 5)], at: "2026-11-20T07:00:00Z")
            #expect(try await shop.number(open) == 4)
            try await shop.stock("ham", [("A", 5)], at: "2026-11-20T09:00:00Z")
            #expect(try await shop.number(open) == 4, "another location's count says nothing")
            try await shop.stock("ber", [("A", 5)], at: "2026-11-20T09:00:00Z")
            #expect(try await shop.number(open) == 3)
            try await shop.accepted(
                "stock.reported",
                shop.feed("ber", sequence: shop.next(), mode: "full", [("B", 1)], at: "2026-11-20T10:00:00Z")
            )
            #expect(try await shop.number(open) == 1, "a full count says of every SKU what is there")
            // What was counted already is closed as it comes in; a new date opens it again.
            try await shop.accepted("stock.expected", expected("B", 5, at: "2026-11-20T09:30:00Z"))
            #expect(try await shop.number(open) == 1)
            try await shop.accepted("stock.expected", expected("B", 5, at: february))
            #expect(try await shop.number(open) == 2)
        }
    }

    @Test func what_does_not_come_is_promised_no_more() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A")
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            let soon = SystemClock.now().adding(seconds: 10)
            try await shop.accepted("stock.expected", expected("A", 5, at: soon.rfc3339))
            #expect(promise(try await shop.event("order.promise_changed", of: order)) == soon.rfc3339)
            try await eventually("the date has passed") { SystemClock.now() > soon }
            try await shop.stock("ber", [("A", 0)], at: SystemClock.now().rfc3339)
            #expect(promise(try await shop.event("order.promise_changed", of: order, count: 2)) == nil)
        }
    }

    @Test func goods_that_came_go_to_whom_they_were_promised() async throws {
        try await withShop { shop in
            let orders = (1...3).map { Order("\($0)", of: "A", 2) }
            for order in orders {
                try await shop.place(order)
                try await shop.event("order.backordered", of: order)
            }
            try await shop.accepted("stock.expected", expected("A", 4, at: january))
            try await shop.event("order.promise_changed", of: orders[1])
            // They come early; the rest of the delivery is announced with it.
            try await shop.accepted("stock.expected", expected("A", 2, at: january))
            try await shop.stock("ber", [("A", 2)])
            _ = try await shop.sourced(orders[0])
            try await eventually("the second is promised the rest, the third nothing") {
                try await shop.query("SELECT promised_at IS NOT NULL FROM waiting_line ORDER BY order_key").map { try $0.bool(0) } == [
                    true, false,
                ]
            }
        }
    }

    @Test func the_mail_names_the_day() async throws {
        try await withShop { shop in
            let customer = Shop.address()
            try await shop.accepted("stock.expected", expected("A", 4, at: january))
            let order = Order("1", of: "A").with {
                $0.channel = "mails"
                $0.email = customer
            }
            try await shop.place(order)
            try await eventually("two mails are told") { try shop.events("email.sent", of: order).count == 2 }
            let mails = try shop.mails(to: customer)
            #expect(mails.contains { $0.contains("erwartet am 10. Januar 2030") })
        }
    }

    @Test func two_workers_promise_each_unit_once() async throws {
        let roles: [Role] = [.intake, .sourcing, .stock, .fulfillment, .relay]
        try await withShop(roles, lanes: 2, hearing: []) { shop in
            let rival = try shop.work(roles, lanes: 2)
            let orders = (0..<150).map { Order("\($0)", [("A", 1), ("B", 1)]) }
            for start in stride(from: 0, to: orders.count, by: 10) {
                try await shop.place(Array(orders[start..<start + 10]))
                let deliveries = ["A", "B"].map { expected($0, 5, at: "2030-01-\(start / 10 + 10)T08:00:00Z", "po-\(start)") }
                try await shop.publish(deliveries.map { shop.message("stock.expected", Array($0.text().utf8)) })
            }
            try await eventually("75 deliveries' units are promised", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM waiting_line WHERE promised_at IS NOT NULL") == 150
            }
            // The oldest, each of them a day not before those of older ones.
            let unfair = """
                SELECT count(*) FROM waiting_line a JOIN waiting_line b ON b.sku = a.sku AND b.order_key > a.order_key
                WHERE b.promised_at IS NOT NULL AND (a.promised_at IS NULL OR a.promised_at > b.promised_at)
                """
            try await eventually("the oldest are promised the earliest", within: .seconds(240)) { try await shop.number(unfair) == 0 }
            try await shop.publish(orders.prefix(60).map { shop.message("order.cancelled", Array(shop.cancellation($0).text().utf8)) })
            try await eventually("the others moved up", within: .seconds(240)) {
                let promised = try await shop.number("SELECT count(*) FROM waiting_line WHERE promised_at IS NOT NULL")
                let waiting = try await shop.count("waiting_line")
                let late = try await shop.number(unfair)
                return promised == 150 && waiting == 180 && late == 0
            }
            try await RaceTests.expectNoDeadlock(shop)
            try await rival.stop()
        }
    }

    @Test func deliveries_counts_and_orders_at_once_never_deadlock() async throws {
        let roles = Role.allCases.filter { $0 != .mailing && $0 != .invoicing }
        try await withShop(roles, lanes: 2, network: CapacityTests.network([15]), hearing: []) { shop in
            let rival = try shop.work(roles, lanes: 2)
            var random = SplitMix64(seed: 20_261_125)
            let skus = (1...6).map { "S\($0)" }
            try await shop.stock("ber", skus.map { ($0, 20) }, at: "2026-11-20T05:00:00Z")
            let orders = (0..<300).map { number in
                let wanted = skus.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
                return Order("\(number)", wanted.map { ($0, Int64.random(in: 1...3, using: &random)) }).with {
                    $0.acceptPartial = number.isMultiple(of: 2)
                }
            }
            for start in stride(from: 0, to: orders.count, by: 30) {
                let some = Array(orders[start..<start + 30])
                try await shop.place(some)
                var messages = some.prefix(8).map { shop.message("order.cancelled", Array(shop.cancellation($0).text().utf8)) }
                for sku in skus {
                    // One that the count below closes, one that promises something, one that is called off.
                    let deliveries = [
                        expected(sku, 3, at: "2026-11-20T06:\(start / 30 + 10):00Z", "due-\(start)"),
                        expected(sku, Int64.random(in: 1...9, using: &random), at: "2030-01-\(start / 30 + 10)T08:00:00Z", "new-\(start)"),
                        expected(sku, 0, at: january, "new-\(max(0, start - 60))"),
                    ]
                    messages += deliveries.map { shop.message("stock.expected", Array($0.text().utf8)) }
                }
                let counts = skus.map { ($0, Int64.random(in: 10...60, using: &random)) }
                let feed = shop.feed("ber", sequence: shop.next(), mode: "full", counts, at: "2026-11-20T06:\(start / 30 + 10):30Z")
                messages.append(shop.message("stock.reported", Array(feed.text().utf8)))
                try await shop.publish(messages.shuffled(using: &random))
            }
            try await eventually("all are decided", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status > 2") == 300
            }
            let overpromised = """
                SELECT count(*) FROM (
                    SELECT sku, sum(quantity) AS units FROM waiting_line WHERE promised_at IS NOT NULL GROUP BY sku
                ) w
                WHERE units > (SELECT coalesce(sum(greatest(on_hand - reserved, 0)), 0) FROM stock s WHERE s.sku = w.sku)
                    + (SELECT coalesce(sum(quantity), 0) FROM stock_expected e WHERE e.sku = w.sku AND e.closed_at IS NULL)
                """
            try await eventually("nothing is promised twice", within: .seconds(240)) { try await shop.number(overpromised) == 0 }
            #expect(try await shop.number("SELECT max(held + used) FROM location_capacity") <= 15)
            #expect(try await shop.number("SELECT count(*) FROM stock_expected WHERE closed_at IS NOT NULL") > 0)
            try await RaceTests.expectNoDeadlock(shop)
            try await rival.stop()
        }
    }

    @Test func goods_on_their_way_are_listed_with_what_of_them_is_promised() async throws {
        try await withShop { shop in
            #expect(try await shop.oms(["stock", "expected"]).output.contains("nothing is on its way"))
            for order in [Order("1", of: "A", 2), Order("2", of: "A", 2)] {
                try await shop.place(order)
                try await shop.event("order.backordered", of: order)
            }
            try await shop.accepted("stock.expected", expected("A", 9, at: february, "po-2"))
            try await shop.accepted("stock.expected", expected("A", 3, at: january))
            try await shop.accepted("stock.expected", expected("Grün ⚡️", 1, at: january, "po-3", location: "ham"))
            let lines = try await shop.oms(["stock", "expected", "--json"]).output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
            #expect(lines.map { $0["reference"].string } == ["po-1", "po-3", "po-2"], "the earliest first")
            #expect(lines[0]["promised"] == 3 && lines[0]["free"] == 0 && lines[0]["overdue"] == false, "\(lines[0].text())")
            #expect(lines[2]["promised"] == 1 && lines[2]["free"] == 8 && lines[2]["owed"] == 0, "\(lines[2].text())")
            #expect(lines[2]["received"] == 0 && lines[2]["undated"] == 0, "\(lines[2].text())")
            #expect(lines[1]["sku"] == "Grün ⚡️" && lines[1]["location"] == "ham" && lines[1]["promised"] == 0)
            // What is not shown counts all the same.
            let only = try await shop.oms(["stock", "expected", "--sku", "A", "--location", "ber", "--limit", "1"])
            #expect(only.status == 0 && only.output.contains("po-1") && only.output.contains("take a higher --limit"), "\(only.output)")
            #expect(only.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(only.output)")
            #expect(try await shop.oms(["stock", "expected", "--location", "ham"]).output.contains("1 delivery"))
            #expect(try await shop.oms(["stock", "expected", "--location", "nowhere"]).status == 2)
        }
    }
}
