import Commerce
import Foundation
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork

/// Orders decided by the rules of the network file.
@Suite(.timeLimit(.minutes(15)))
struct RoutingTests {
    /// Three locations: the one that the default rule prefers is the dearest, the last one keeps things cold.
    private static let network: Commerce.Network = {
        var network = ShopNetwork.standard
        for index in network.locations.indices { network.locations[index].parcelCost = Int64(900 - 300 * index) }
        return network
    }()

    private static let cheapest = RoutingStrategy(id: "cheapest", objective: .lexicographic([.cost]))

    private func withRules(
        _ live: [RoutingStrategy],
        shadow: [RoutingStrategy]? = nil,
        _ body: (Shop) async throws -> Void
    ) async throws {
        try await withShop(network: Self.network) { shop in
            try await shop.session.write { tx in
                let sections = NetworkSettings(rules: RoutingRules(live: live, shadow: shadow)).sections(["rules", "shadowRules"])
                _ = try NetworkStore.apply(Self.network, sections: sections, content: "", in: tx)
            }
            try await body(shop)
        }
    }

    private func place(_ shop: Shop, _ order: Order, attributes: [String: String]) async throws {
        var body = order.body
        body["lines"] = .array(
            body["lines"].array.map { line in
                var line = line
                line["attributes"] = .object(attributes.map { JSON.Member(name: $0.key, value: .string($0.value)) })
                return line
            }
        )
        try await shop.accepted("order.placed", body)
    }

    @Test func a_rule_ships_from_where_it_is_cheaper_and_the_command_tells_why() async throws {
        try await withRules([RoutingStrategy(id: "elsewhere", when: RoutingCondition(channels: ["other"])), Self.cheapest]) { shop in
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
            let order = Order("1", of: "A")
            try await shop.place(order)
            #expect(try await shop.sourced(order).map(\.location) == ["muc"])

            let why = try await shop.oms(["order", "why", "shop", "1"])
            #expect(why.status == 0, "\(why.output)")
            #expect(why.output.contains("Strategy \"cheapest\" decided."), "\(why.output)")
            #expect(why.output.contains("Passed over: \"elsewhere\" (another channel)."), "\(why.output)")
            #expect(why.output.contains("Chosen: muc (cost 3.00 EUR"), "\(why.output)")
            #expect(why.output.contains("Runner-up: ham (cost 6.00 EUR"), "\(why.output)")
            #expect(why.output.contains("1 unit ships from muc."), "\(why.output)")
            #expect(why.output.split(separator: "\n").allSatisfy { $0.count <= 80 })

            let json = try JSON(Array(try await shop.oms(["order", "why", "shop", "1", "--json"]).output.utf8))
            let decision = json["decisions"][0]
            #expect(json["decisions"].array.count == 1 && decision["strategy"] == "cheapest" && decision["cost"] == 300)
            #expect(decision["winner"]["locations"] == ["muc"] && decision["runnerUp"]["values"]["cost"] == 600)
            #expect(decision["passedOver"] == [["strategy": "elsewhere", "reason": "channel"]])

            #expect(try await shop.oms(["order", "why", "shop", "no"]).status == 1)
            #expect(try await shop.oms(["order", "why", "nowhere", "1"]).status == 2)
        }
    }

    @Test func without_rules_it_is_kept_why_the_default_rule_decided() async throws {
        try await withRules([]) { shop in
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
            let order = Order("1", of: "A")
            try await shop.place(order)
            #expect(try await shop.sourced(order).map(\.location) == ["ber"])
            #expect(try await shop.count("sourcing_decision") == 1)
            let why = try await shop.oms(["order", "why", "shop", "1"])
            #expect(why.status == 0, "\(why.output)")
            let text = why.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            for sentence in [
                "The default rule decided, as no strategy is in force:", "3 locations could ship some of it.",
                "Of 1 unit there were: ber 1 (253 km), ham 1 (0 km), muc 1 (", "Chosen: ber (1 parcel, priority 10, 253 km).",
                "Runner-up: ham (1 parcel, priority 20, 0 km).", "1 unit ships from ber.",
            ] {
                #expect(text.contains(sentence), "\(why.output)")
            }
            #expect(why.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            let json = try JSON(Array(try await shop.oms(["order", "why", "shop", "1", "--json"]).output.utf8))
            let decision = json["decisions"][0]
            #expect(decision["strategy"] == .null && decision["cost"] == 900 && decision["wanted"] == 1)
            #expect(decision["runnerUp"]["locations"] == ["ham"])
            #expect(decision["had"][2]["location"] == "muc" && decision["had"][2]["units"] == 1)
            #expect(try await shop.oms(["rules", "shadow"]).output.contains("no shadow rules are in force"))
        }
    }

    @Test func where_no_strategy_matches_the_default_rule_explains_itself_as_fully() async throws {
        let elsewhere = RoutingStrategy(id: "elsewhere", when: RoutingCondition(channels: ["other"]))
        let abroad = RoutingStrategy(id: "never", when: RoutingCondition(countries: ["FR"]))
        try await withRules([elsewhere, abroad]) { shop in
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
            try await shop.stock("muc", [("B", 10)])
            let (order, single) = (Order("1", of: "A"), Order("2", of: "B"))
            for order in [order, single] {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            let why = try await shop.oms(["order", "why", "shop", "1"])
            let text = why.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            for sentence in [
                "No strategy matched the order: \"elsewhere\" (another channel), \"never\" (another country).",
                "So the default rule decided: fewest parcels, then location priority, then distance.",
                "3 locations could ship some of it.", "ber 1 (253 km), ham 1 (0 km), muc 1 (",
                "Chosen: ber (1 parcel, priority 10, 253 km).", "Runner-up: ham (1 parcel, priority 20, 0 km).",
                "1 unit ships from ber.",
            ] {
                #expect(text.contains(sentence), "\(why.output)")
            }
            #expect(!text.contains("No other location"), "\(why.output)")
            #expect(why.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            let alone = try await shop.oms(["order", "why", "shop", "2"])
            #expect(alone.output.contains("No other location that may ship had everything."), "\(alone.output)")
            let json = try JSON(Array(try await shop.oms(["order", "why", "shop", "1", "--json"]).output.utf8))["decisions"][0]
            #expect(json["decidedBy"] == "defaultRule" && json["strategy"] == .null)
            #expect(json["runnerUp"]["locations"] == ["ham"] && json["had"][1]["kilometers"] == 0)
            #expect(json["passedOver"][1] == ["strategy": "never", "reason": "country"])
        }
    }

    @Test(arguments: [[], [RoutingStrategy(id: "elsewhere", when: RoutingCondition(channels: ["other"]))], [cheapest]])
    func what_refused_an_order_and_what_has_no_room_is_told_apart(rules: [RoutingStrategy]) async throws {
        let network = {
            var network = Self.network
            network.locations[0].dailyCapacity = 0
            return network
        }()
        try await withShop(network: network) { shop in
            try await shop.session.write { tx in
                let sections = NetworkSettings(rules: RoutingRules(live: rules)).sections(["rules"])
                _ = try NetworkStore.apply(network, sections: sections, content: "", in: tx)
            }
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
            let order = Order("1", of: "A")
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            #expect(first.location == (rules.first?.id == "cheapest" ? "muc" : "ham"))
            try await shop.reject(first, "capacity")
            _ = try await shop.sourced(order, count: 2)
            let why = try await shop.oms(["order", "why", "shop", "1"])
            let text = why.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let noRoom = "Kept out: ber has no room left, that day or on any to come."
            let refused = "Kept out: \(first.location) has refused this order, or was taken off it."
            let decisions = text.components(separatedBy: "order.sourced, event").dropFirst()
            #expect(decisions.map { $0.contains(noRoom) } == [true, true], "\(why.output)")
            #expect(decisions.map { $0.contains(refused) } == [false, true], "\(why.output)")
            let json = try JSON(Array(try await shop.oms(["order", "why", "shop", "1", "--json"]).output.utf8))["decisions"][1]
            #expect(json["had"][0]["noRoom"] == true && json["had"][0]["excluded"] == .null)
            #expect(json["had"].array.first { $0["location"].string == first.location }?["excluded"] == true)
        }
    }

    @Test func an_order_no_rule_can_ship_is_held_until_an_agent_lets_it_go() async throws {
        let near = RoutingStrategy(id: "near", fences: [.locations(["ham"])], otherwise: .hold(RoutingHold(timeOutMinutes: 60)))
        try await withRules([near]) { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A", 2)
            try await shop.place(order)
            let held = try await shop.event("order.held", of: order)
            #expect(held["reason"] == "near: not enough stock within the fences")
            #expect(held["lines"] == [["lineId": "1", "sku": "A", "quantity": 2]])
            #expect(try await shop.isHeld(order))
            #expect(try await shop.status(order) == 3)
            let why = try await shop.oms(["order", "why", "shop", "1"])
            #expect(why.output.contains("2 units held for an agent."), "\(why.output)")
            #expect(why.output.contains("Kept out: ber is not among the locations that may ship."), "\(why.output)")

            // More stock alone does not let it go.
            try await shop.stock("ham", [("A", 10)])
            #expect(try shop.events("order.sourced").isEmpty)
            try await shop.accepted("order.release", shop.release(order))
            #expect(try await shop.sourced(order).map(\.location) == ["ham"])
            #expect(try shop.events("order.backordered").isEmpty)
        }
    }

    @Test func a_released_order_is_not_held_again() async throws {
        let near = RoutingStrategy(id: "near", fences: [.locations(["ham"])], otherwise: .hold(RoutingHold()))
        try await withRules([near]) { shop in
            let order = Order("1", of: "A")
            try await shop.place(order)
            try await shop.event("order.held", of: order)
            try await shop.accepted("order.release", shop.release(order))
            try await shop.event("order.backordered", of: order)
            try await shop.stock("ham", [("A", 1)])
            #expect(try await shop.sourced(order).map(\.location) == ["ham"])
            #expect(try shop.events("order.held").count == 1)
        }
    }

    @Test func when_the_time_of_a_hold_is_over_its_rule_says_what_then() async throws {
        let near = RoutingStrategy(
            id: "near",
            fences: [.locations(["ham"])],
            otherwise: .hold(RoutingHold(timeOutMinutes: 60, then: .cancel(reason: "not to be had")))
        )
        try await withRules([near]) { shop in
            try await shop.stock("ham", [("B", 1)])
            let order = Order("1", [("A", 1), ("B", 1)])
            try await shop.place(order)
            try await shop.event("order.held", of: order)
            try await shop.session.write { tx in
                try tx.execute("UPDATE order_hold SET until = clock_timestamp() - interval '1 second'")
            }
            let cancelled = try await shop.event("order.cancelled", of: order)
            #expect(cancelled["reason"] == "not to be had")
            #expect(cancelled["lines"] == [["lineId": "1", "sku": "A", "quantity": 1]])
            #expect(try await shop.sourced(order).map(\.location) == ["ham"], "what can be shipped is")
            #expect(try await shop.status(order) == 5)
        }
    }

    @Test func what_no_location_with_the_attribute_has_is_cancelled() async throws {
        let cold = RoutingStrategy(
            id: "cold",
            when: RoutingCondition(lineAttributes: [LineAttributeCondition(name: "cold")]),
            fences: [.locations(["muc"])],
            otherwise: .cancel(reason: "cannot be kept cold")
        )
        try await withRules([cold]) { shop in
            for location in ["ber", "muc"] { try await shop.stock(location, [("A", 1)]) }
            let (first, second, third) = (Order("1", of: "A"), Order("2", of: "A"), Order("3", of: "A"))
            try await place(shop, first, attributes: ["cold": "yes"])
            #expect(try await shop.sourced(first).map(\.location) == ["muc"])
            try await place(shop, second, attributes: ["cold": "yes"])
            let cancelled = try await shop.event("order.cancelled", of: second)
            #expect(cancelled["reason"] == "cannot be kept cold")
            try await shop.event("order.completed", of: second)
            #expect(try await shop.status(second) == 8)
            // Others still go by the default rule.
            try await shop.place(third)
            #expect(try await shop.sourced(third).map(\.location) == ["ber"])
            let why = try await shop.oms(["order", "why", "shop", "3"])
            #expect(why.output.contains("So the default rule decided: "), "\(why.output)")
        }
    }

    @Test func a_location_needs_the_attribute_that_lines_ask_for() async throws {
        try await withRules([RoutingStrategy(id: "same", fences: [.attribute("zone")])]) { shop in
            try await shop.stock("ber", [("A", 1)])
            let order = Order("1", of: "A")
            try await place(shop, order, attributes: ["zone": "cold"])
            try await shop.event("order.backordered", of: order)
            let why = try await shop.oms(["order", "why", "shop", "1"])
            #expect(why.output.contains("Kept out: ber has not the attribute"), "\(why.output)")
        }
    }

    @Test func the_next_strategy_decides_where_the_first_cannot() async throws {
        let first = RoutingStrategy(id: "first", fences: [.locations(["muc"])], otherwise: .next)
        try await withRules([first, Self.cheapest]) { shop in
            for location in ["ber", "ham"] { try await shop.stock(location, [("A", 1)]) }
            let order = Order("1", of: "A")
            try await shop.place(order)
            #expect(try await shop.sourced(order).map(\.location) == ["ham"])
            let why = try await shop.oms(["order", "why", "shop", "1"])
            #expect(why.output.contains("Tried: \"first\" (not enough stock within its fences)"), "\(why.output)")
            // What none can ship waits, and each says what came of it.
            let none = Order("2", of: "B")
            try await shop.place(none)
            try await shop.event("order.backordered", of: none)
            let waits = try await shop.oms(["order", "why", "shop", "2"]).output.split(whereSeparator: \.isWhitespace)
                .joined(separator: " ")
            for sentence in [
                "Strategy \"cheapest\" decided and could not ship it: not enough stock within its fences.",
                "Tried: \"first\" (not enough stock within its fences), which leaves such orders to the next.", "1 unit waits for stock.",
            ] {
                #expect(waits.contains(sentence), "\(waits)")
            }
        }
    }

    @Test func lines_kept_together_ship_from_one_location() async throws {
        try await withRules([RoutingStrategy(id: "sets", keepTogether: ["set"])]) { shop in
            try await shop.stock("ber", [("A", 1)])
            try await shop.stock("ham", [("B", 1)])
            let order = Order("1", [("A", 1), ("B", 1)])
            try await place(shop, order, attributes: ["set": "s"])
            try await shop.event("order.backordered", of: order)
            try await shop.stock("ham", [("A", 1), ("B", 1)])
            #expect(try await shop.sourced(order).map(\.location) == ["ham"])
        }
    }

    @Test func shadow_rules_are_kept_and_never_acted_on() async throws {
        try await withRules([], shadow: [Self.cheapest]) { shop in
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
            let order = Order("1", of: "A")
            try await shop.place(order)
            #expect(try await shop.sourced(order).map(\.location) == ["ber"])
            #expect(try await shop.level("A", at: "muc").reserved == 0)
            let why = try await shop.oms(["order", "why", "shop", "1"])
            #expect(why.output.contains("The shadow rules would have decided otherwise:"), "\(why.output)")
            let shadow = try await shop.oms(["rules", "shadow", "--json"])
            let json = try JSON(Array(shadow.output.utf8))
            #expect(json["decisions"] == 1 && json["differingOrders"] == 1, "\(shadow.output)")
            #expect(json["live"]["cost"] == 900 && json["shadow"]["cost"] == 300, "\(shadow.output)")
            let text = try await shop.oms(["rules", "shadow"])
            #expect(text.output.contains("1 order would have been decided otherwise"), "\(text.output)")
        }
    }
}
