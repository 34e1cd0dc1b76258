import Commerce
import Foundation
import RabbitMQ
import TestSupport
import Testing
import Workers

/// Whoever waits for goods, and was told when they come, is told once when that gets worse; and not otherwise.
@Suite(.timeLimit(.minutes(15)))
struct WorsePromiseTests: WorseDates {
    // MARK: Goods that are waited for

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
            try await eventually("the mail is there", within: .seconds(240)) { try mails(shop, "order_backordered", of: order) == 1 }
            let mail = try #require(try shop.mails(to: order.email).first { $0.contains("not in stock") })
            let parts = mail.components(separatedBy: "In stock at the moment")
            #expect(parts.count > 1 && parts[0].contains("(B)") && parts[0].contains("(C)") && !parts[0].contains("(A)"), "\(mail)")
            #expect(parts[1].contains("(A)") && !parts[1].contains("(B)"), "\(mail)")
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
