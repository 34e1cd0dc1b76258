import Commerce
import Messages
import Postgres
import RabbitMQ
import Store
import TestSupport
import Testing
import TradeNetwork
import Workers

/// Whoever was told a date is told once when it gets worse, whatever it is that makes it worse; and not otherwise.
@Suite(.timeLimit(.minutes(10)))
struct WorseDateTests {
    /// To Hamburg it takes 1 day from `ham`, 2 from `ber`, 4 or 5 from `muc`.
    private static let network: Commerce.Network = {
        var network = DeliveryTests.network
        network.suppliers[0].feedIntervalMinutes = 60
        return network
    }()

    private func withDates(
        _ roles: [Role] = Role.allCases,
        maximumRounds: Int64 = 5,
        transit: Bool = true,
        _ body: (Shop) async throws -> Void
    ) async throws {
        try await withShop(roles, network: Self.network) { shop in
            var settings = DeliveryTests.settings
            settings.freshness = FreshnessRule(bufferPercentPerMiss: 10, dropAfterMisses: 4)
            settings.fulfillment = FulfillmentRule(maximumRounds: maximumRounds, answerWithinMinutes: 60)
            try await shop.configure(settings, ["freshness", "fulfillment"] + (transit ? ["calendars", "transit"] : []))
            try await body(shop)
        }
    }

    private func order(_ id: String = "1", _ lines: [(sku: String, quantity: Int64)] = [("A", 1)]) -> Order {
        Order(id, lines).with {
            $0.channel = "mails-only"
            $0.email = Shop.address()
        }
    }

    private func expect(
        _ shop: Shop,
        _ sku: String,
        at date: String,
        _ quantity: Int64 = 5,
        to location: String = "ber",
        as id: String = "po-1"
    ) async throws {
        try await shop.accepted(
            "stock.expected",
            [
                "location": .string(location), "reference": .string(id), "sku": .string(sku), "quantity": .integer(quantity),
                "expectedAt": .string(date),
            ]
        )
    }

    private func mails(_ shop: Shop, _ template: String, of order: Order) throws -> Int {
        try shop.events("email.sent", of: order).count { $0["data"]["template"].string == template }
    }

    private func day(_ text: String?) -> Int64? { text.flatMap { CivilDate(iso8601: $0) }?.dayNumber }

    /// Waits until the customer was told so often; then that it stays so, with everything done that there is to do.
    private func expectTold(_ shop: Shop, _ order: Order, later: Int, waiting: Int = 0, _ why: String) async throws {
        try await eventually("\(why): \(later) × later, \(waiting) × waiting", within: .seconds(240)) {
            try mails(shop, "promise_changed", of: order) >= later && mails(shop, "order_backordered", of: order) >= waiting
        }
        // The mails of one order are written in the order of its events: once this one is out, so is whatever came before.
        try await shop.accepted("order.cancelled", shop.cancellation(order))
        try await eventually("\(why): the cancellation is mailed", within: .seconds(240)) {
            try mails(shop, "order_cancelled", of: order) == 1
        }
        try await eventually("the mailing queue is empty") { try await shop.waiting(in: "oms.mailing") == 0 }
        #expect(try mails(shop, "promise_changed", of: order) == later, "\(why)")
        #expect(try mails(shop, "order_backordered", of: order) == waiting, "\(why)")
    }

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

    // MARK: Goods that are waited for

    private static let january = "2030-01-10T08:00:00Z"
    private static let february = "2030-02-10T08:00:00Z"

    enum Change: String, CaseIterable {
        case later, withdrawn, sooner, otherWithdrawn, droppedOut, switchedOff, droppedOutElsewhereToo

        var isWorse: Bool {
            switch self {
            case .later, .withdrawn, .droppedOut, .switchedOff: true
            case .sooner, .otherWithdrawn, .droppedOutElsewhereToo: false
            }
        }
    }

    @Test(arguments: Change.allCases) func an_expectation_that_changes_is_told_where_it_is_worse_and_once(change: Change) async throws {
        try await withDates(transit: false) { shop in
            let order = order()
            // A location that never had a feed is never late.
            try await shop.stock("ber", [("Z", 1)])
            try await expect(shop, "A", at: Self.january)
            switch change {
            case .otherWithdrawn: try await expect(shop, "A", at: Self.february, as: "po-2")
            case .droppedOutElsewhereToo: try await expect(shop, "A", at: Self.january, to: "ham", as: "po-2")
            default: break
            }
            try await shop.place(order)
            #expect(try await shop.event("order.backordered", of: order)["lines"][0]["promisedAt"].string == Self.january)
            switch change {
            case .later: try await expect(shop, "A", at: Self.february)
            case .withdrawn: try await expect(shop, "A", at: Self.january, 0)
            case .sooner: try await expect(shop, "A", at: "2030-01-03T08:00:00Z")
            case .otherWithdrawn: try await expect(shop, "A", at: Self.february, 0, as: "po-2")
            case .droppedOut, .droppedOutElsewhereToo:
                try await shop.age("ber", minutes: 250)
                try await shop.event("location.dropped")
            case .switchedOff:
                try await shop.accepted(
                    "location.defined",
                    ["location": "ber", "name": "Berlin", "country": "DE", "updatedAt": "2026-11-22T06:00:00Z", "active": false]
                )
            }
            try await expectTold(shop, order, later: change.isWorse ? 1 : 0, waiting: 1, change.rawValue)
            let changed = try shop.events("order.promise_changed", of: order).map { $0["data"]["lines"][0] }
            #expect(changed.count == (change.isWorse || change == .sooner ? 1 : 0))
            #expect(changed.allSatisfy { $0["promisedBefore"].string == Self.january })
        }
    }

    @Test func the_same_date_at_a_place_farther_away_is_worse() async throws {
        try await withDates { shop in
            let order = order()
            try await shop.stock("ber", [("Z", 1)])
            for place in ["ber", "muc"] { try await expect(shop, "A", at: Self.january, to: place) }
            try await shop.place(order)
            let promised = try await shop.event("order.backordered", of: order)["lines"][0]
            #expect(promised["deliverTo"].string == "2030-01-12")
            try await shop.age("ber", minutes: 250)
            let changed = try await shop.event("order.promise_changed", of: order)["lines"][0]
            #expect(changed["promisedAt"].string == Self.january && changed["deliverTo"].string == "2030-01-15")
            try await expectTold(shop, order, later: 1, waiting: 1, "from farther away")
        }
    }

    @Test func goods_that_lie_there_are_no_news_until_they_do_no_more() async throws {
        try await withDates(transit: false) { shop in
            let order = order("1", [("A", 1), ("B", 1), ("C", 1)])
            try await shop.stock("ber", [("A", 1)])
            try await expect(shop, "B", at: Self.january)
            try await shop.place(order)
            let lines = try await shop.event("order.backordered", of: order)["lines"].array
            #expect(lines.map { $0["inStock"] } == [true, .null, .null])
            #expect(lines.map { $0["promisedAt"].string } == [nil, Self.january, nil])
            // What comes beside them, and what came of them and lies there now, is no news; that something is known of the last one is.
            try await expect(shop, "A", at: Self.february, as: "po-2")
            try await shop.stock("ham", [("B", 1)])
            try await expect(shop, "B", at: Self.january, 0)
            try await expect(shop, "C", at: Self.january, as: "po-3")
            let known = try await shop.event("order.promise_changed", of: order)["lines"].array
            #expect(known.map { $0["lineId"] } == ["3"])
            // Gone again, without another date.
            try await shop.accepted("stock.blocked", shop.block("ham", "q-1", "B", 1))
            let lost = try await shop.event("order.promise_changed", of: order, count: 2)["lines"].array
            #expect(lost.map { $0["lineId"] } == ["2"] && lost.first?["promisedBefore"].string == Self.january)
            #expect(lost.first?["promisedAt"].string == nil)
            try await expectTold(shop, order, later: 1, waiting: 1, "there, and gone")
        }
    }

    @Test(arguments: [true, false]) func goods_that_lay_there_and_are_gone_are_told(isExpected: Bool) async throws {
        try await withDates(transit: false) { shop in
            let order = order("1", [("A", 1), ("B", 1)])
            try await shop.stock("ber", [("A", 1)])
            try await expect(shop, "B", at: Self.january)
            if isExpected { try await expect(shop, "A", at: Self.february, as: "po-2") }
            try await shop.place(order)
            #expect(try await shop.event("order.backordered", of: order)["lines"][0]["inStock"] == true)
            try await shop.accepted("stock.blocked", shop.block("ber", "q-1", "A", 1))
            let changed = try await shop.event("order.promise_changed", of: order)
            #expect(changed["lines"].array.count == 1 && changed["lines"][0]["lineId"] == "1")
            #expect(changed["lines"][0]["promisedAt"].string == (isExpected ? Self.february : nil))
            // Back again: no news; and gone again: that was told.
            try await shop.accepted("stock.released", shop.release("ber", "q-1"))
            try await shop.accepted("stock.blocked", shop.block("ber", "q-2", "A", 1))
            try await expectTold(shop, order, later: 1, waiting: 1, "blocked")
            #expect(try shop.events("order.promise_changed", of: order).count == 1)
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

    // MARK: One mail

    @Test func of_several_changes_before_the_mail_the_newest_is_mailed_once() async throws {
        let roles = Role.allCases.filter { $0 != .mailing }
        try await withDates(roles, transit: false) { shop in
            let (worse, better) = (order("worse"), order("better", [("B", 1)]))
            for (sku, order) in [("A", worse), ("B", better)] {
                try await expect(shop, sku, at: Self.january)
                try await shop.place(order)
                try await shop.event("order.backordered", of: order)
            }
            for (count, date) in [Self.february, "2030-03-10T08:00:00Z"].enumerated() {
                try await expect(shop, "A", at: date)
                try await shop.event("order.promise_changed", of: worse, count: count + 1)
            }
            for (count, date) in [Self.february, Self.january].enumerated() {
                try await expect(shop, "B", at: date)
                try await shop.event("order.promise_changed", of: better, count: count + 1)
            }
            let mailer = try shop.work([.mailing])
            try await eventually("the newest date is mailed", within: .seconds(240)) { try mails(shop, "promise_changed", of: worse) == 1 }
            // As a relay does that could not know of the first time.
            for heard in shop.listener.events where heard.type == "order.promise_changed" {
                var message = shop.message(heard.type, heard.body, messageID: heard.id, contentType: "application/cloudevents+json")
                message.exchange = "oms.events"
                try await shop.publish([message, message])
            }
            try await expectTold(shop, worse, later: 1, waiting: 1, "twice later")
            try await expectTold(shop, better, later: 0, waiting: 1, "later, and back again")
            let mail = try #require(try shop.mails(to: worse.email).first { $0.contains("arrives later") })
            #expect(mail.contains("10 March 2030") && !mail.contains("February"), "\(mail)")
            // From here on it counts anew.
            #expect(try await shop.number("SELECT count(*) FROM delivery_delay WHERE settled_at IS NULL") == 0)
            try await mailer.stop()
        }
    }

    @Test func what_was_mailed_is_compared_with_from_then_on() async throws {
        try await withDates(transit: false) { shop in
            let order = order()
            try await expect(shop, "A", at: Self.january)
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            for (count, date) in ["2030-02-10", "2030-02-11", "2030-02-11"].enumerated() {
                // The last time it is another hour of the same day.
                try await expect(shop, "A", at: "\(date)T\(count == 2 ? "09" : "08"):00:00Z")
                try await shop.event("order.promise_changed", of: order, count: count + 1)
                try await eventually("\(date) is mailed", within: .seconds(240)) {
                    try mails(shop, "promise_changed", of: order) == min(count + 1, 2)
                }
            }
            try await expectTold(shop, order, later: 2, waiting: 1, "two days later, one by one")
        }
    }
}
