import Commerce
import Postgres
import Store
import TestSupport
import Testing

/// Orders that an agent has to look at.
@Suite(.timeLimit(.minutes(15)))
struct HoldTests {
    /// Rejected by two locations, and held.
    private func held(_ shop: Shop, _ order: Order, _ units: Int64 = 1) async throws {
        try await shop.setRules(maximumRounds: 2)
        for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
        try await shop.place(order)
        try await shop.reject(try #require(try await shop.sourced(order).first), "capacity")
        try await shop.reject(try #require(try await shop.sourced(order, count: 2).first), "other")
        let told = try await shop.event("order.held", of: order)
        #expect(told["reason"] == "rounds")
        #expect(told["lines"] == [["lineId": "1", "sku": "A", "quantity": .integer(units)]])
    }

    @Test func after_so_many_rounds_an_order_is_held_until_an_agent_lets_it_go() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A")
            try await held(shop, order)
            // Neither more stock nor another order's decision touches it.
            try await shop.stock("muc", [("A", 20)])
            let young = Order("2", of: "A", 20)
            try await shop.place(young)
            _ = try await shop.sourced(young)
            #expect(try await shop.status(order) == 3)
            #expect(try shop.events("order.backordered").isEmpty)
            let list = try await shop.oms(["order", "held", "--json"])
            let line = try JSON(Array(list.output.utf8))
            #expect(list.status == 0 && line["orderId"] == "1" && line["reason"] == "rounds" && line["units"] == 1, "\(list.output)")
            #expect(line["ageSeconds"].integer != nil)
            #expect(try await shop.oms(["order", "show", "shop", "1"]).output.contains("held"))
            try await shop.stock("muc", [("A", 21)])
            #expect(try await shop.oms(["order", "release", "shop", "1"]).status == 0)
            let third = try #require(try await shop.sourced(order, count: 3).first)
            #expect(third.location == "muc", "those that refused are not asked again")
            #expect(try await shop.oms(["order", "held"]).output.contains("nothing is held"))
            // What an agent has seen does not count any more: one more refusal is the first one again.
            try await shop.reject(third, "other")
            try await shop.event("order.backordered", of: order)
            #expect(try await !shop.isHeld(order))
            let again = try await shop.oms(["order", "release", "shop", "1"])
            #expect(again.status == 1, "\(again)")
            #expect(try await shop.oms(["order", "release", "shop", "no"]).status == 1)
            #expect(try await shop.oms(["order", "release", "nowhere", "1"]).status == 2)
        }
    }

    @Test func a_release_is_asked_once_and_refused_where_nothing_is_held() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A")
            try await held(shop, order)
            try await shop.accepted("order.release", shop.release(order))
            _ = try await shop.sourced(order, count: 3)
            try await shop.accepted("order.release", shop.release(order))
            try await shop.refused("order.release", shop.release(order, id: "q-2"), "wrong_state", path: "/orderId")
            var other = shop.release(order)
            other["occurredAt"] = "2026-11-22T13:00:01Z"
            try await shop.refused("order.release", other, "conflict", path: "/requestId")
            try await shop.refused("order.release", shop.release(order.with { $0.channel = "no" }), "unknown_channel", path: "/channel")
        }
    }

    @Test func an_unanswered_request_is_a_round_too() async throws {
        try await withShop { shop in
            try await shop.setRules(answerWithinMinutes: 60, maximumRounds: 2)
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
            let order = Order("1", of: "A")
            try await shop.place(order)
            _ = try await shop.sourced(order)
            try await shop.age(minutes: 61)
            let second = try #require(try await shop.sourced(order, count: 2).first)
            try await shop.age(second, minutes: 61)
            try await shop.event("order.held", of: order)
            #expect(try await shop.count("fulfillment") == 2)
        }
    }

    @Test func a_hold_ends_when_nothing_waits_any_more() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A", 2)
            try await held(shop, order, 2)
            try await shop.accepted("order.cancelled", shop.cancellation(order, "x-1", [("1", 1)]))
            #expect(try await shop.isHeld(order))
            try await shop.accepted("order.cancelled", shop.cancellation(order, "x-2"))
            try await shop.event("order.completed", of: order)
            #expect(try await !shop.isHeld(order))
            try await shop.refused("order.release", shop.release(order), "wrong_state")
        }
    }

    @Test(arguments: OrderHolds.Outcome.allCases)
    func a_hold_ends_by_itself_when_its_time_is_up(outcome: OrderHolds.Outcome) async throws {
        try await withShop { shop in
            let (waiting, young) = (Order("1", of: "A"), Order("2", of: "A"))
            try await shop.place(waiting)
            try await shop.event("order.backordered", of: waiting)
            // As a routing rule holds an order, an hour ago, for an hour.
            let held = try await shop.session.write { tx in
                let keys = try tx.query("SELECT key FROM orders").map { try $0.int8(0) }
                _ = try OrderLocks.lock(keys, in: tx)
                let start = Timestamp(seconds: 1_795_342_500)
                let first = try OrderHolds.hold(keys, reason: "too far", until: nil, then: outcome, at: start, in: tx)
                let again = try OrderHolds.hold(keys, reason: "again", until: nil, then: outcome, at: start, in: tx)
                return [first.count, again.count]
            }
            #expect(held == [1, 0])
            try await shop.stock("ber", [("A", 1)])
            try await shop.place(young)
            _ = try await shop.sourced(young)
            #expect(try await shop.status(waiting) == 3, "a younger one may have what it cannot use")
            try await shop.stock("ber", [("A", 2)])
            try await shop.session.write { tx in
                try tx.execute("UPDATE order_hold SET until = clock_timestamp() + interval '1 second'")
            }
            switch outcome {
            case .backorder, .ruled:
                #expect(try await shop.sourced(waiting).first?.location == "ber")
            case .cancel:
                let cancelled = try await shop.event("order.cancelled", of: waiting)
                #expect(cancelled["reason"] == "hold_expired")
                try await shop.event("order.completed", of: waiting)
            }
            #expect(try await !shop.isHeld(waiting))
        }
    }
}
