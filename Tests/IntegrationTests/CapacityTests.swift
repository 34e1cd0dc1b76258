import Commerce
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork
import Workers

/// Parcels per location and day: held with the reservation, given back with it, used once something leaves.
@Suite(.timeLimit(.minutes(15)))
struct CapacityTests {
    /// The standard network, whose locations take so many parcels a day: `ber`, `ham`, `muc`.
    static func network(_ perDay: [Int64?]) -> Commerce.Network {
        var network = ShopNetwork.standard
        for (index, parcels) in perDay.enumerated() { network.locations[index].dailyCapacity = parcels }
        return network
    }

    /// Everybody works every day. It takes 1 day from `ham`, 2 from `ber`, 4 from `muc`.
    private func withCapacity(
        _ perDay: Int64?...,
        rules: [RoutingStrategy] = [],
        roles: [Role] = Role.allCases,
        lanes: Int = 1,
        hearing: [String] = ["#"],
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: (Shop) async throws -> Void
    ) async throws {
        let network = Self.network(perDay)
        try await withShop(roles, lanes: lanes, network: network, hearing: hearing, sourceLocation: sourceLocation) { shop in
            var settings = DeliveryTests.settings
            settings.rules = RoutingRules(live: rules)
            let sections = settings.sections(["calendars", "transit", "rules"])
            try await shop.session.write { tx in _ = try NetworkStore.apply(network, sections: sections, content: "", in: tx) }
            try await body(shop)
        }
    }

    /// Held and used per day of a location, from the first day that has a row.
    private func days(_ shop: Shop, at location: String = "ber") async throws -> [[Int64]] {
        try await shop.query(
            "SELECT c.held, c.used FROM location_capacity c JOIN location l ON l.key = c.location WHERE l.id = $1 ORDER BY c.day",
            [.text(location)]
        ).map { [try $0.int8(0), try $0.int8(1)] }
    }

    @Test func parcels_beyond_a_day_are_planned_for_the_next() async throws {
        try await withCapacity(2) { shop in
            try await shop.stock("ber", [("A", 10)])
            try await shop.stock("ham", [("A", 10)])
            let orders = (1...5).map { Order("\($0)", of: "A") }
            for order in orders {
                try await shop.place(order)
                #expect(try await shop.sourced(order).first?.location == "ber", "a full day is later delivery, no other location")
            }
            #expect(try await days(shop) == [[2, 0], [2, 0], [1, 0]])

            // Cancelled, its place is free for the next; what left stays used; what comes twice counts once.
            try await shop.accepted("order.cancelled", shop.cancellation(orders[1]))
            #expect(try await days(shop) == [[1, 0], [2, 0], [1, 0]])
            let first = try #require(try await shop.sourced(orders[0]).first)
            try await shop.dispatch(first)
            try await shop.dispatch(first)
            #expect(try await days(shop) == [[0, 1], [2, 0], [1, 0]])
            let young = Order("young", of: "A")
            try await shop.place(young)
            _ = try await shop.sourced(young)
            #expect(try await days(shop) == [[1, 1], [2, 0], [1, 0]])

            // Rejected, it goes elsewhere, and its day has room again.
            let rejected = try #require(try await shop.sourced(orders[2]).first)
            try await shop.accepted(
                "fulfillment.rejected",
                [
                    "fulfillmentId": .string(rejected.id), "rejectionId": "r", "reason": "capacity",
                    "occurredAt": "2026-11-22T12:00:00Z",
                ]
            )
            #expect(try await shop.sourced(orders[2], count: 2).first?.location == "ham")
            #expect(try await days(shop) == [[1, 1], [1, 0], [1, 0]])

            let (status, output) = try await shop.oms(["capacity", "--location", "ber", "--days", "3", "--json"])
            #expect(status == 0, "\(output)")
            let lines = try output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
            #expect(lines.map { $0["held"].integer } == [1, 1, 1] && lines.map { $0["used"].integer } == [1, 0, 0])
            #expect(lines.map { $0["left"].integer } == [0, 1, 1] && lines.first?["capacity"] == 2)
            let page = try await shop.oms(["capacity"])
            #expect(page.status == 0 && page.output.split(separator: "\n").count == 8, "\(page.output)")
            #expect(try await shop.oms(["capacity", "--location", "nowhere"]).status == 2)
        }
    }

    @Test func a_parcel_cancelled_and_shipped_all_the_same_is_work_done() async throws {
        try await withCapacity(2) { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A")
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.accepted("order.cancelled", shop.cancellation(order))
            #expect(try await days(shop) == [[0, 0]])
            try await shop.dispatch(parcel)
            #expect(try await days(shop) == [[0, 1]])
        }
    }

    @Test func a_location_without_room_ships_nothing_and_holds_nobody_up() async throws {
        try await withCapacity(1) { shop in
            try await shop.stock("ber", [("A", 100), ("B", 100)])
            let orders = (1...32).map { Order("\($0)", of: "A") }
            for order in orders.prefix(30) {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            #expect(try await days(shop).count == 30)
            for order in orders.dropFirst(30) {
                try await shop.place(order)
                try await shop.event("order.backordered", of: order)
            }
            // Another location has it: the oldest who waits is served first.
            try await shop.stock("ham", [("A", 1)])
            #expect(try await shop.sourced(orders[30]).first?.location == "ham")
            // Room again: the next one.
            try await shop.accepted("order.cancelled", shop.cancellation(orders[7]))
            #expect(try await shop.sourced(orders[31]).first?.location == "ber")
        }
    }

    @Test func whoever_waits_for_room_is_looked_at_again() async throws {
        try await withCapacity(0) { shop in
            try await shop.stock("ber", [("A", 5)])
            let order = Order("1", of: "A")
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            try await shop.session.write { tx in _ = try NetworkStore.apply(Self.network([1]), content: "", in: tx) }
            #expect(try await shop.sourced(order).first?.location == "ber")
            #expect(try await days(shop) == [[1, 0]])
        }
    }

    @Test(arguments: [true, false]) func a_location_that_fills_up_within_a_batch_gets_its_next_days(byRules: Bool) async throws {
        let rules = byRules ? [RoutingStrategy(id: "any")] : []
        try await withCapacity(2, rules: rules, roles: [.intake, .stock, .relay]) { shop in
            try await shop.stock("ber", [("A", 100)])
            try await shop.stock("ham", [("A", 1)])
            // One message to sourcing, one batch: 30 days take 60 parcels, the last orders find none.
            let orders = (1...62).map { Order("\($0)", of: "A") }
            try await shop.place(orders)
            try await eventually("all are accepted") { try await shop.number("SELECT count(*) FROM orders WHERE status = 2") == 62 }
            let sourcing = try shop.work([.sourcing])
            try await shop.event("order.backordered", of: orders[61])
            #expect(try await days(shop) == [[Int64]](repeating: [2, 0], count: 30))
            #expect(try await shop.sourced(orders[60]).first?.location == "ham")
            let planned = try await shop.query(
                """
                SELECT o.id, f.capacity_day - min(f.capacity_day) OVER (), f.deliver_to - f.capacity_day
                FROM fulfillment f JOIN orders o ON o.key = f.order_key WHERE f.capacity_day IS NOT NULL ORDER BY f.key
                """
            )
            for (index, row) in planned.enumerated() {
                #expect(try row.text(0) == "\(index + 1)" && Int(try row.int4(1)) == index / 2, "the oldest first, two a day")
                #expect(try row.int4(2) == 2, "told from its day on")
            }
            try await sourcing.stop()
        }
    }

    @Test(arguments: [true, false]) func a_parcel_sourced_again_takes_its_day_elsewhere(byRules: Bool) async throws {
        try await withCapacity(1, 1, rules: byRules ? [RoutingStrategy(id: "any")] : []) { shop in
            try await shop.stock("ber", [("A", 10)])
            let orders = (1...2).map { Order("\($0)", of: "A") }
            for order in orders {
                try await shop.place(order)
                #expect(try await shop.sourced(order).first?.location == "ber")
            }
            #expect(try await days(shop) == [[1, 0], [1, 0]])
            try await shop.stock("ham", [("A", 10)])
            for order in orders {
                try await shop.reject(try #require(try await shop.sourced(order).first), "other")
                #expect(try await shop.sourced(order, count: 2).first?.location == "ham")
            }
            #expect(try await days(shop) == [[0, 0], [0, 0]])
            #expect(try await days(shop, at: "ham") == [[1, 0], [1, 0]])
        }
    }

    @Test func an_agents_parcel_takes_a_day_and_gives_the_old_one_back() async throws {
        try await withCapacity(1, 1, 0) { shop in
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
            let orders = (1...2).map { Order("\($0)", of: "A") }
            var parcels: [Parcel] = []
            for order in orders {
                try await shop.place(order)
                parcels.append(try #require(try await shop.sourced(order).first))
            }
            #expect(try await days(shop) == [[1, 0], [1, 0]])
            try await shop.refused("order.reroute", shop.reroute(orders[0], parcels[0], to: "muc"), "wrong_state", path: "/to")
            #expect(try await days(shop) == [[1, 0], [1, 0]])
            // Both at once: the second one finds the day full that the first one took.
            try await shop.publish(
                zip(orders, parcels).map { shop.message("order.reroute", Array(shop.reroute($0, $1, to: "ham").text().utf8)) }
            )
            for order in orders { #expect(try await shop.sourced(order, count: 2).first?.location == "ham") }
            #expect(try await days(shop) == [[0, 0], [0, 0]])
            #expect(try await days(shop, at: "ham") == [[1, 0], [1, 0]])
            let told = try await shop.query(
                """
                SELECT f.deliver_to - f.capacity_day, f.capacity_day - min(f.capacity_day) OVER ()
                FROM fulfillment f JOIN location l ON l.key = f.location WHERE l.id = 'ham' ORDER BY f.capacity_day
                """
            ).map { [try $0.int4(0), try $0.int4(1)] }
            #expect(told == [[1, 0], [1, 1]], "a day of transit after its day")
            let moved = try #require(try await shop.sourced(orders[0], count: 2).first)
            try await shop.dispatch(moved)
            try await shop.event("order.completed", of: orders[0])
            #expect(try await days(shop, at: "ham").reduce(0) { $0 + $1[1] } == 1)
        }
    }

    @Test func an_agents_parcel_that_is_cancelled_at_once_holds_nothing() async throws {
        try await withCapacity(nil, 1, roles: [.intake, .sourcing, .stock, .relay]) { shop in
            for location in ["ber", "ham"] { try await shop.stock(location, [("A", 10)]) }
            let order = Order("1", of: "A")
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.publish([
                shop.message("order.reroute", Array(shop.reroute(order, parcel, to: "ham").text().utf8)),
                shop.message("order.cancelled", Array(shop.cancellation(order).text().utf8)),
            ])
            try await eventually("both wait") { try await shop.waiting(in: "oms.fulfillment") == 2 }
            let fulfillment = try shop.work([.fulfillment])
            try await shop.event("order.cancelled", of: order)
            #expect(try await shop.count("fulfillment") == 2)
            #expect(try await days(shop, at: "ham").allSatisfy { $0 == [0, 0] })
            try await fulfillment.stop()
        }
    }

    @Test func on_days_of_rest_nothing_is_planned() async throws {
        try await withCapacity(2) { shop in
            try await shop.stock("ber", [("A", 10)])
            // Nobody works there today.
            let weekday = try await shop.number("SELECT extract(isodow FROM now() AT TIME ZONE 'Europe/Berlin')::bigint")
            let working = Set(1...7).subtracting([Int(weekday)]).sorted()
            let calendar = NetworkSettings(calendars: [WorkCalendar(country: "DE", workingDays: working, holidays: [])])
            try await shop.session.write { tx in
                _ = try NetworkStore.apply(Self.network([2]), sections: calendar.sections(["calendars"]), content: "", in: tx)
            }
            let order = Order("1", of: "A")
            try await shop.place(order)
            _ = try await shop.sourced(order)
            let ahead = try await shop.number(
                "SELECT (capacity_day - (created_at AT TIME ZONE 'Europe/Berlin')::date)::bigint FROM fulfillment"
            )
            #expect(ahead == 1)
            let (status, output) = try await shop.oms(["capacity", "--location", "ber", "--days", "2", "--json"])
            let lines = try output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
            #expect(status == 0 && lines.map { $0["capacity"].integer } == [0, 2], "\(output)")
            #expect(lines.map { $0["held"].integer } == [0, 1], "\(output)")
        }
    }

    @Test func two_workers_never_plan_more_than_a_day_can_take() async throws {
        let roles: [Role] = [.intake, .sourcing, .stock, .fulfillment, .relay]
        try await withCapacity(20, roles: roles, lanes: 2, hearing: []) { shop in
            let rival = try shop.work(roles, lanes: 2)
            // Many SKUs: their stock rows keep nobody apart, the last places of a day are all they want at once.
            let skus = (0..<40).map { "S\($0)" }
            try await shop.stock("ber", skus.map { ($0, 100) })
            let orders = (0..<200).map { Order("\($0)", of: skus[$0 % 40]) }
            for start in stride(from: 0, to: orders.count, by: 10) { try await shop.place(Array(orders[start..<start + 10])) }
            try await eventually("all are sourced", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status = 5") == 200
            }
            #expect(try await days(shop) == [[Int64]](repeating: [20, 0], count: 10))

            // Given back and used by both at once, while others are planned.
            let parcels = try await RaceTests.parcels(shop)
            let leaving = Array(parcels.prefix(90))
            let kept = try await shop.query(
                "SELECT o.id FROM orders o JOIN fulfillment f ON f.order_key = o.key WHERE 'F' || f.key <> ALL($1)",
                [.textArray(leaving.map(\.id))]
            ).map { try $0.text(0) }
            let messages =
                leaving.map { shop.message("shipment.dispatched", Array(shop.dispatched($0).text().utf8)) }
                + orders.filter { kept.contains($0.id) }.map {
                    shop.message("order.cancelled", Array(shop.cancellation($0).text().utf8))
                }
            try await shop.publish(messages.shuffled())
            try await shop.place((200..<260).map { Order("\($0)", of: skus[$0 % 40]) })
            try await eventually("all is done", within: .seconds(240)) {
                let statuses = try await shop.query("SELECT status, count(*) FROM orders GROUP BY status ORDER BY status")
                return try statuses.map { [Int64(try $0.int2(0)), try $0.int8(1)] } == [[5, 60], [7, 90], [8, 110]]
            }
            #expect(try await shop.number("SELECT max(held + used) FROM location_capacity") <= 20)
            #expect(try await shop.number("SELECT sum(held)::bigint FROM location_capacity") == 60)
            try await RaceTests.expectNoDeadlock(shop)
            try await rival.stop()
        }
    }
}
