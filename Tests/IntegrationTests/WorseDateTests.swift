import Commerce
import TestSupport
import Testing
import TradeNetwork
import Workers

/// Whoever was told when a parcel arrives is told once when it gets worse, whatever it is that makes it worse; and not otherwise.
@Suite(.timeLimit(.minutes(15)))
struct WorseDateTests: WorseDates {
    // MARK: Goods in a parcel

    enum Loss: String, CaseIterable {
        case rejected, silent, blocked, takenAway
    }

    /// Where else the goods are, and what the customer hears then.
    private static let elsewhere: [(place: String?, later: Int, waiting: Int)] = [("muc", 1, 0), ("ham", 0, 0), (nil, 0, 1)]

    @Test(arguments: Loss.allCases) func a_parcel_that_is_lost_is_told_where_it_is_later_and_once(loss: Loss) async throws {
        try await withDates { shop in
            for (number, expected) in Self.elsewhere.enumerated() {
                let sku = "A\(number)"
                let order = order("\(number)", [(sku, 1)])
                try await shop.stock("ber", [(sku, 1)])
                try await shop.place(order)
                let parcel = try #require(try await shop.sourced(order).first)
                if let place = expected.place { try await shop.stock(place, [(sku, 1)]) }
                switch loss {
                case .rejected: try await shop.reject(parcel, "other")
                case .silent: try await shop.age(parcel, minutes: 61)
                case .blocked: try await shop.accepted("stock.blocked", shop.block("ber", "q-\(number)", sku, 1))
                case .takenAway: try await shop.accepted("order.reroute", shop.reroute(order, parcel, id: "q-\(number)"))
                }
                if let place = expected.place {
                    #expect(try await shop.sourced(order, count: 2).first?.location == place)
                } else {
                    #expect(try await shop.event("order.backordered", of: order)["lines"][0]["promisedAt"].string == nil)
                }
                try await expectTold(
                    shop,
                    order,
                    later: expected.later,
                    waiting: expected.waiting,
                    "\(loss.rawValue), then \(expected.place ?? "nowhere")"
                )
                #expect(try shop.events("order.promise_changed", of: order).count == expected.later)
            }
        }
    }

    @Test func a_parcel_moved_by_an_agent_is_compared_with_the_last_day_told() async throws {
        try await withDates { shop in
            let order = order()
            for place in ["ber", "ham", "muc"] { try await shop.stock(place, [("A", 1)]) }
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            #expect(first.location == "ber")
            try await shop.accepted("order.reroute", shop.reroute(order, first, to: "ham", id: "q-1"))
            let second = try #require(try await shop.sourced(order, count: 2).first)
            // `ber` again is not later than was told at first, and later than was told last.
            try await shop.accepted("order.reroute", shop.reroute(order, second, to: "ber", id: "q-2"))
            let changed = try await shop.event("order.promise_changed", of: order)
            #expect(day(changed["deliverTo"].string) == day(changed["deliverToBefore"].string).map { $0 + 1 })
            try await expectTold(shop, order, later: 1, "ber, ham, ber")
        }
    }

    @Test func a_day_that_nobody_knows_any_more_is_told() async throws {
        try await withDates { shop in
            let order = order()
            try await shop.stock("ber", [("A", 1)])
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            try await shop.stock("ham", [("A", 1)])
            try await shop.configure(NetworkSettings(), ["transit"])
            try await shop.reject(first, "other")
            let changed = try await shop.event("order.promise_changed", of: order)
            #expect(changed["deliverTo"].string == nil && changed["deliverToBefore"].string != nil)
            try await expectTold(shop, order, later: 1, "no transit table any more")
            let mail = try #require(try shop.mails(to: order.email).first { $0.contains("arrives later") })
            #expect(mail.contains("Of goods without a date below"), "\(mail)")
        }
    }

    // MARK: After waiting

    /// Where the goods are expected tomorrow, where they come today, and what that is.
    private static let arrivals: [(expected: String, came: String, later: Int)] = [
        ("ham", "muc", 1), ("ham", "ber", 0), ("ham", "ham", 0), ("muc", "ber", 0),
    ]

    @Test(arguments: arrivals) func after_waiting_the_days_of_the_parcel_are_compared_with_what_was_promised(
        _ arrival: (expected: String, came: String, later: Int)
    ) async throws {
        try await withDates { shop in
            let order = order()
            let tomorrow = SystemClock.now().adding(seconds: 86_400)
            try await expect(shop, "A", at: tomorrow.rfc3339, to: arrival.expected)
            try await shop.place(order)
            let promised = try await shop.event("order.backordered", of: order)["lines"][0]
            #expect(promised["promisedAt"].string == tomorrow.rfc3339)
            let told = try #require(day(promised["deliverTo"].string))
            try await shop.stock(arrival.came, [("A", 1)])
            let sourced = try await shop.event("order.sourced", of: order)
            let arrives = try #require(day(sourced["deliverTo"].string))
            #expect((arrives > told) == (arrival.later == 1), "\(arrives) for \(told)")
            try await expectTold(shop, order, later: arrival.later, waiting: 1, "expected at \(arrival.expected), came to \(arrival.came)")
            let changed = try shop.events("order.promise_changed", of: order).map { $0["data"] }
            #expect(changed.count == arrival.later)
            #expect(changed.allSatisfy { $0["deliverTo"] == sourced["deliverTo"] && $0["deliverToBefore"] == promised["deliverTo"] })
            let mail = try #require(try shop.mails(to: order.email).first { $0.contains("not in stock") })
            #expect(mail.contains("expected "), "\(mail)")
        }
    }

    @Test func what_goes_out_whole_was_told_the_day_of_its_last_goods() async throws {
        try await withDates { shop in
            let order = order("1", [("A", 1), ("B", 1)])
            let now = SystemClock.now()
            try await expect(shop, "A", at: now.adding(seconds: 3_600).rfc3339, to: "ham", as: "po-1")
            try await expect(shop, "B", at: now.adding(seconds: 30 * 86_400).rfc3339, to: "ham", as: "po-2")
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            // Later than `A` alone was told, and long before `B`.
            try await shop.stock("muc", [("A", 1), ("B", 1)])
            _ = try await shop.sourced(order)
            try await expectTold(shop, order, later: 0, waiting: 1, "the whole order is sooner")
        }
    }

    @Test func a_parcel_lost_after_waiting_is_compared_with_its_own_days() async throws {
        try await withDates { shop in
            let order = order()
            try await expect(shop, "A", at: Self.january)
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            try await shop.stock("ham", [("A", 1)])
            let first = try #require(try await shop.sourced(order).first)
            try await shop.stock("muc", [("A", 1)])
            try await shop.reject(first, "other")
            try await shop.event("order.promise_changed", of: order)
            try await expectTold(shop, order, later: 1, waiting: 1, "long before January, and later than from ham")
        }
    }

    @Test func who_waits_again_is_told_the_new_date_with_it() async throws {
        try await withDates(maximumRounds: 1) { shop in
            let order = order()
            try await shop.stock("ber", [("A", 1)])
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            try await expect(shop, "A", at: Self.january, to: "ham")
            try await shop.reject(first, "other")
            try await shop.event("order.held", of: order)
            // As long as an agent has it, nothing is told.
            try await expect(shop, "A", at: Self.february, to: "ham")
            try await shop.accepted("order.release", shop.release(order))
            let told = try await shop.event("order.backordered", of: order)
            #expect(told["lines"][0]["promisedAt"].string == Self.february)
            try await expectTold(shop, order, later: 0, waiting: 1, "told with the waiting")
            #expect(try shop.events("order.promise_changed", of: order).isEmpty)
        }
    }
}
