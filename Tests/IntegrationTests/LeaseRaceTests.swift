import Postgres
import RabbitMQ
import TestSupport
import Testing
import Workers

/// Baskets and orders that want the same units at once, with two workers.
@Suite(.timeLimit(.minutes(15)))
struct LeaseRaceTests {
    private static let roles = Role.allCases.filter { $0 != .mailing && $0 != .invoicing }

    @Test func ten_units_are_promised_and_sold_ten_times() async throws {
        try await withShop(Self.roles, lanes: 2) { shop in
            let rival = try shop.work(Self.roles, lanes: 2)
            try await shop.stock("ber", [("HOT", 6)])
            try await shop.stock("ham", [("HOT", 4)])
            // A hundred baskets and a hundred orders want one each.
            let baskets = (0..<100).map { "b-\($0)" }
            var messages = baskets.map {
                shop.message("reservation.requested", Array(shop.reservation($0, [("HOT", 1)]).text().utf8), correlationID: $0)
            }
            messages += (0..<100).map { shop.message("order.placed", Array(Order("free-\($0)", of: "HOT").body.text().utf8)) }
            var random = SplitMix64(seed: 20_261_125)
            try await shop.publish(messages.shuffled(using: &random))
            try await eventually("every basket has its answer", within: .seconds(240)) {
                baskets.allSatisfy { !shop.listener.replies(to: $0).isEmpty }
            }
            let granted = baskets.filter { shop.listener.replies(to: $0)[0]["accepted"] == true }
            try await shop.place(granted.map { basket in Order(basket, of: "HOT").with { $0.basketID = basket } })
            try await eventually("all are decided", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status > 2") == Int64(100 + granted.count)
            }
            #expect(try await shop.number("SELECT sum(reserved)::bigint FROM stock") == 10)
            #expect(try await shop.number("SELECT count(*) FROM stock WHERE reserved > on_hand") == 0)
            let kept = try await shop.number("SELECT count(*) FROM orders WHERE status = 5 AND id LIKE 'b-%'")
            #expect(kept == Int64(granted.count), "whoever was promised a unit got it")
            #expect(try await shop.count("lease") == 0)
            try await RaceTests.expectNoDeadlock(shop)
            try await shop.everythingTold()
            try await rival.stop()
        }
    }

    @Test func no_competitor_comes_between_a_lease_and_its_order() async throws {
        try await withShop(Self.roles, lanes: 2) { shop in
            let rival = try shop.work(Self.roles, lanes: 2)
            try await shop.stock("ber", [("HOT", 40), ("TOO", 40)])
            for number in 0..<40 {
                #expect(try await shop.keep("b-\(number)", [("HOT", 1), ("TOO", 1)])["accepted"] == true)
            }
            // While the baskets are ordered, everybody else wants the same, and asks again and again.
            var messages: [OutgoingMessage] = []
            for number in 0..<40 {
                let order = Order("kept-\(number)", [("HOT", 1), ("TOO", 1)]).with { $0.basketID = "b-\(number)" }
                messages.append(shop.message("order.placed", Array(order.body.text().utf8)))
                for rival in 0..<5 {
                    let other = Order("rival-\(number)-\(rival)", of: rival.isMultiple(of: 2) ? "HOT" : "TOO")
                    messages.append(shop.message("order.placed", Array(other.body.text().utf8)))
                    let basket = shop.reservation("late-\(number)-\(rival)", [("TOO", 1), ("HOT", 1)])
                    messages.append(shop.message("reservation.requested", Array(basket.text().utf8)))
                }
            }
            for start in stride(from: 0, to: messages.count, by: 44) {
                try await shop.publish(Array(messages[start..<min(start + 44, messages.count)]))
            }
            try await eventually("all are decided", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status > 2") == 240
            }
            #expect(try await shop.number("SELECT count(*) FROM orders WHERE status = 5 AND id LIKE 'kept-%'") == 40)
            #expect(try await shop.number("SELECT count(*) FROM orders WHERE status = 5") == 40)
            #expect(try shop.events("reservation.granted").count == 40)
            try await RaceTests.expectNoDeadlock(shop)
            try await rival.stop()
        }
    }

    @Test func everything_about_baskets_at_once_never_deadlocks_and_adds_up() async throws {
        try await withShop(Self.roles, lanes: 2) { shop in
            let rival = try shop.work(Self.roles, lanes: 2)
            var random = SplitMix64(seed: 5)
            let skus = (1...6).map { "S\($0)" }
            try await shop.stock("ber", skus.map { ($0, 60) })
            for round in 0..<20 {
                var messages: [OutgoingMessage] = []
                for _ in 0..<40 {
                    let basket = "b-\(Int.random(in: 0..<30, using: &random))"
                    let wanted = skus.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
                        .map { ($0, Int64.random(in: 1...3, using: &random)) }
                    let body = shop.reservation(basket, wanted, seconds: Int64.random(in: 1...3, using: &random))
                    messages.append(shop.message("reservation.requested", Array(body.text().utf8)))
                    if Int.random(in: 0..<4, using: &random) == 0 {
                        let release: JSON = ["channel": "shop", "basketId": .string(basket)]
                        messages.append(shop.message("reservation.released", Array(release.text().utf8)))
                    }
                }
                for number in 0..<10 {
                    let order = Order("\(round)-\(number)", [(skus[Int.random(in: 0..<6, using: &random)], 1), ("S1", 1)]).with {
                        $0.basketID = number.isMultiple(of: 3) ? nil : "b-\(Int.random(in: 0..<30, using: &random))"
                        $0.acceptPartial = number.isMultiple(of: 2)
                        if number.isMultiple(of: 5) {
                            $0.payments = [["paymentId": "p-1", "method": "card", "status": "pending", "amount": 1_000]]
                        }
                    }
                    messages.append(shop.message("order.placed", Array(order.body.text().utf8)))
                    if number.isMultiple(of: 5) {
                        messages.append(shop.message("order.cancelled", Array(shop.cancellation(order).text().utf8)))
                    }
                }
                try await shop.publish(messages.shuffled(using: &random))
            }
            try await eventually("all orders are decided or cancelled, and every lease has ended", within: .seconds(240)) {
                try await shop.number("SELECT count(*) - (SELECT count(*) FROM lease) FROM orders WHERE status > 2") == 200
            }
            try await eventually("who can be served is served", within: .seconds(240)) {
                try await shop.number(
                    """
                    SELECT count(*) FROM orders o WHERE o.accept_partial AND EXISTS (
                        SELECT FROM waiting_line w JOIN stock s ON s.sku = w.sku WHERE w.order_key = o.key AND s.on_hand > s.reserved)
                    """
                ) == 0
            }
            #expect(try await shop.number("SELECT count(*) FROM stock WHERE reserved > on_hand") == 0)
            #expect(try await shop.desk().isEmpty)
            try await RaceTests.expectNoDeadlock(shop)
            try await rival.stop()
        }
    }
}
