import Commerce
import Foundation
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork
import Workers

/// Past orders decided again under other rules, and how long it is kept what they found.
@Suite(.timeLimit(.minutes(15)))
struct RehearsalTests {
    /// The location that the default rule prefers is the dearest.
    private static let network: Commerce.Network = {
        var network = ShopNetwork.standard
        for index in network.locations.indices { network.locations[index].parcelCost = Int64(900 - 300 * index) }
        return network
    }()

    private static let always = ["--since", "2020-01-01", "--until", "2100-01-01T00:00:00Z"]
    private static let cheapest = "rules:\n  - id: cheapest\n    objective: [cost]\n"

    /// Runs `oms rules simulate` with a file of this text.
    private func simulate(_ shop: Shop, _ yaml: String, _ options: [String] = always) async throws -> (status: Int32, output: String) {
        let file = NSTemporaryDirectory() + "oms-\(UUID().uuidString).yaml"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        let (status, output) = try await shop.oms(["rules", "simulate", file] + options)
        return (Int32(status), output)
    }

    /// The objects of a run that must succeed.
    private func objects(_ run: (status: Int32, output: String)) throws -> [JSON] {
        try #require(run.status == 0, "\(run.output)")
        return try run.output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
    }

    /// The first order may ship from anywhere, the second from Berlin alone, of the third there is not enough.
    private func place(_ shop: Shop) async throws {
        for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
        try await shop.stock("ber", [("B", 1)])
        for order in [Order("1", of: "A", 2), Order("2", of: "B")] {
            try await shop.place(order)
            #expect(try await shop.sourced(order).map(\.location) == ["ber"])
        }
        let waiting = Order("3", of: "B", 4)
        try await shop.place(waiting)
        try await shop.event("order.backordered", of: waiting)
    }

    @Test func new_rules_are_compared_with_those_in_force_on_the_stock_of_then() async throws {
        try await withShop(network: Self.network) { shop in
            try await place(shop)
            // What came later does not count.
            try await shop.stock("muc", [("A", 0), ("B", 50)], at: "2026-11-21T06:00:00Z")
            _ = try await shop.sourced(Order("3", of: "B", 4))

            let version = try await shop.number("SELECT max(version) FROM network_version")
            let result = try await simulate(shop, Self.cheapest, Self.always + ["--json"])
            let lines = try objects(result)
            let (difference, sums) = (try #require(lines.first), try #require(lines.last))
            #expect(lines.count == 2, "\(result.output)")
            #expect(difference["orderId"] == "1" && difference["channel"] == "shop")
            #expect(difference["before"]["parcels"] == [["location": "ber", "units": 2]] && difference["before"]["cost"] == 900)
            #expect(difference["after"]["parcels"] == [["location": "muc", "units": 2]] && difference["after"]["strategy"] == "cheapest")
            // Four decisions: the third order was backordered, and filled later.
            #expect(sums["decisions"] == 4 && sums["orders"] == 3 && sums["differing"] == 1, "\(result.output)")
            #expect(sums["before"]["cost"] == 2_100 && sums["after"]["cost"] == 1_500, "\(result.output)")
            #expect(sums["before"]["parcels"] == 3 && sums["after"]["backordered"] == 1, "\(result.output)")
            #expect(try await simulate(shop, Self.cheapest, Self.always + ["--json"]).output == result.output)

            let page = try await simulate(shop, Self.cheapest)
            #expect(page.status == 0 && page.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(page.output)")
            #expect(page.output.contains("It ships from muc instead of from ber; costs 3.00 EUR instead of 9.00 EUR."), "\(page.output)")
            #expect(page.output.contains("4 decisions about 3 orders from 2020-01-01 00:00:00 to 2100-01-01 00:00:00"), "\(page.output)")
            #expect(page.output.contains("-600"), "\(page.output)")
            let short = try await simulate(shop, Self.cheapest, Self.always + ["--limit", "0"])
            #expect(short.output.contains("… and 1 more: --all lists them") && !short.output.contains("shop/1"), "\(short.output)")

            let holds = "rules:\n  - { id: ham, fences: { locations: ham }, otherwise: hold }\n"
            let held = try #require(try objects(try await simulate(shop, holds, Self.always + ["--json", "--all"])).last)
            #expect(held["after"]["held"] == 3 && held["after"]["parcels"] == 1 && held["differing"] == 4)

            // Terms of locations are the file's.
            let closed = "locations:\n  - { location: ber, kind: warehouse, name: ber, country: DE, active: false }\n"
            let away = try #require(try objects(try await simulate(shop, closed, Self.always + ["--json"])).last)
            #expect(away["after"]["parcels"] == 2 && away["after"]["backordered"] == 2 && away["differing"] == 2)

            // Nothing was changed by all that.
            #expect(try await shop.number("SELECT max(version) FROM network_version") == version)
            #expect(try await shop.number("SELECT count(*) FROM sourcing_decision") == 4)
        }
    }

    @Test func the_rules_in_force_give_what_they_gave() async throws {
        try await withShop(network: Self.network) { shop in
            try await shop.session.write { tx in
                let rules = RoutingRules(live: [RoutingStrategy(id: "cheapest", objective: .lexicographic([.cost]))])
                let sections = NetworkSettings(rules: rules).sections(["rules"])
                _ = try NetworkStore.apply(Self.network, sections: sections, content: "", in: tx)
            }
            for location in ["ber", "ham"] { try await shop.stock(location, [("A", 2), ("B", 3)]) }
            let orders = [Order("1", of: "A"), Order("2", [("A", 2), ("B", 1)]), Order("3", of: "A", 2).with { $0.acceptPartial = true }]
            for order in orders {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            let same = try await simulate(shop, Self.cheapest)
            #expect(same.status == 0 && same.output.contains("\n0 would have been decided otherwise"), "\(same.output)")
            let sums = try #require(try objects(try await simulate(shop, Self.cheapest, Self.always + ["--json"])).last)
            #expect(sums["before"] == sums["after"] && sums["differing"] == 0)
            // It is what was decided indeed.
            let decided = try await shop.query("SELECT sum(cost)::bigint, sum(parcels)::bigint FROM sourcing_decision").only()
            let (cost, parcels) = (try decided.int8(0), try decided.int8(1))
            #expect(sums["before"]["cost"].integer == cost && sums["before"]["parcels"].integer == parcels)
        }
    }

    @Test func days_are_working_days_of_then_and_what_was_full_then_is_full_on_both_sides() async throws {
        let network = {
            var network = ShopNetwork.standard
            network.locations[0].dailyCapacity = 1
            return network
        }()
        try await withShop(network: network) { shop in
            // The carrier works every day but the second and third from the day of the decision.
            let offset = try #require(TimeZone(identifier: "Europe/Berlin")).secondsFromGMT()
            let today = CivilDate(SystemClock.now(), offsetSeconds: Int64(offset)).dayNumber
            let closed = [today + 2, today + 3].map(CivilDate.init(dayNumber:))
            let settings = NetworkSettings(
                calendars: [WorkCalendar(country: "DE", workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: closed)],
                transit: [TransitTable(bands: [.init(kilometers: nil, days: 1)])]
            )
            try await shop.session.write { tx in
                _ = try NetworkStore.apply(network, sections: settings.sections(["calendars", "transit"]), content: "", in: tx)
            }
            try await shop.stock("ber", [("A", 10)])
            for order in [Order("1", of: "A"), Order("2", of: "A")] {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            // The first is there tomorrow; the second leaves tomorrow, and is there after both holidays: its second working day.
            let days = "{ location: ber, kind: warehouse, name: ber, country: DE, timeZone: Europe/Berlin, dailyCapacity: "
            for capacity in ["1 }", "100 }"] {
                let run = try await simulate(shop, "locations:\n  - \(days)\(capacity)\n", Self.always + ["--json"])
                let sums = try #require(try objects(run).last)
                #expect(sums["differing"] == 0 && sums["decisions"] == 2, "\(run.output)")
                #expect(sums["before"]["daysToDeliver"] == 3 && sums["before"]["ordersWithDays"] == 2, "\(run.output)")
                #expect(sums["after"]["daysToDeliver"] == 3, "\(run.output)")
            }
            let page = try await simulate(shop, "rules: []\n")
            #expect(page.output.contains("working days, ø"), "\(page.output)")
            // Long ago, when there were no holidays: still by the day of then.
            try await shop.session.write { tx in
                try tx.execute("UPDATE sourcing_decision SET decided_at = decided_at - interval '20 days'")
            }
            let past = try #require(try objects(try await simulate(shop, "rules: []\n", Self.always + ["--json"])).last)
            #expect(past["before"]["ordersWithDays"] == 2 && past["before"] == past["after"])
        }
    }

    @Test func a_faulty_file_is_told_with_line_and_reason_and_nothing_is_wrong_with_an_empty_time() async throws {
        try await withShop([], network: Self.network) { shop in
            let faulty = try await simulate(shop, "rules:\n  - { id: x, objective: [beauty] }\n")
            #expect(faulty.status == 1 && faulty.output.contains("line 2") && faulty.output.contains("invalid_field"), "\(faulty.output)")
            let empty = try await simulate(shop, Self.cheapest, [])
            #expect(empty.status == 0 && empty.output.contains("nothing was decided"), "\(empty.output)")
            #expect(try await simulate(shop, Self.cheapest, ["--since", "yesterday"]).status == 2)
            #expect(try await simulate(shop, Self.cheapest, ["--since", "2026-01-02", "--until", "2026-01-01"]).status == 2)
        }
    }

    @Test func decisions_are_cleared_away_after_their_time() async throws {
        try await withShop([.intake, .sourcing, .stock], network: Self.network) { shop in
            try await shop.stock("ber", [("A", 10)])
            let orders = (1...4).map { Order("\($0)", of: "A") }
            for order in orders {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            let sections = NetworkSettings(decisions: DecisionRule(keepDays: 30)).sections(["decisions"])
            try await shop.session.write { tx in
                _ = try NetworkStore.apply(Self.network, sections: sections, content: "", in: tx)
                for (order, days) in [("1", 100), ("2", 31), ("3", 29)] {
                    try tx.execute(
                        """
                        UPDATE sourcing_decision d SET decided_at = d.decided_at - $2 * interval '1 day'
                        FROM orders o WHERE o.key = d.order_key AND o.id = $1
                        """,
                        [.text(order), .int4(Int32(days))]
                    )
                    try tx.execute(
                        "UPDATE order_event e SET at = e.at - $2 * interval '1 day' FROM orders o WHERE o.key = e.order_key AND o.id = $1",
                        [.text(order), .int4(Int32(days))]
                    )
                }
            }
            let relay = try shop.work([.relay])
            try await eventually("the old ones are gone") { try await shop.count("sourcing_decision") == 2 }
            try await relay.stop()
            let why = try await shop.oms(["order", "why", "shop", "1"])
            #expect(why.status == 0 && why.output.contains("It is not kept why"), "\(why.output)")
        }
    }

    @Test func the_audit_finds_a_sourcing_without_its_decision() async throws {
        try await withShop(network: Self.network) { shop in
            try await shop.stock("ber", [("A", 10)])
            for order in [Order("1", of: "A"), Order("2", of: "A")] {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            func broken(_ sql: String) async throws -> Bool {
                try await shop.session.write { tx in try tx.execute(sql) }
                let (status, output) = try await shop.oms(["audit"])
                return status == 1 && output.contains("BROKEN decisions")
            }
            let youngest = "order_key = (SELECT max(order_key) FROM order_event)"
            #expect(try await broken("UPDATE sourcing_decision SET parcels = 2 WHERE \(youngest)"))
            #expect(try await !broken("UPDATE sourcing_decision SET parcels = 1 WHERE \(youngest)"))
            #expect(try await broken("UPDATE sourcing_decision SET shadow = true WHERE \(youngest)"))
            #expect(try await !broken("UPDATE sourcing_decision SET shadow = false WHERE \(youngest)"))
            #expect(try await broken("UPDATE order_event SET reference = 'F0' WHERE type = 10 AND \(youngest)"))
            #expect(
                try await !broken(
                    "UPDATE order_event e SET reference = 'F' || f.key FROM fulfillment f WHERE e.order_key = f.order_key AND e.type = 10"
                )
            )
        }
    }
}
