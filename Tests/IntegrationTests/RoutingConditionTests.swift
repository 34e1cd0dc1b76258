import Commerce
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork

/// What rules know of an order's customer, address and goods, and of locations, from message and network file to decision.
@Suite(.timeLimit(.minutes(15)))
struct RoutingConditionTests {
    private func withRules(
        _ live: [RoutingStrategy],
        terms: [String: LocationTerms] = [:],
        _ body: (Shop) async throws -> Void
    ) async throws {
        try await withShop { shop in
            try await shop.session.write { tx in
                let sections = NetworkSettings(rules: RoutingRules(live: live)).sections(["rules"])
                _ = try NetworkStore.apply(ShopNetwork.standard, terms: terms, sections: sections, content: "", in: tx)
            }
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
            try await body(shop)
        }
    }

    /// Where an order ships from that says more of a part of it.
    private func location(_ shop: Shop, _ id: String, _ part: String, _ more: [String: JSON]) async throws -> String? {
        let order = Order(id, of: "A")
        var body = order.body
        var changed = part == "line" ? body["lines"][0] : body[part]
        for (name, value) in more { changed[name] = value }
        if part == "line" { body["lines"] = [changed] } else { body[part] = changed }
        try await shop.accepted("order.placed", body)
        return try await shop.sourced(order).first?.location
    }

    @Test func a_strategy_is_for_customers_with_an_attribute_and_for_regions() async throws {
        let gold = RoutingStrategy(
            id: "gold",
            when: RoutingCondition(customerAttributes: [CustomerAttributeCondition(name: "tier", values: ["gold"])]),
            fences: [.locations(["muc"])]
        )
        let south = RoutingStrategy(id: "south", when: RoutingCondition(regions: ["DE-BY"]), fences: [.locations(["ham"])])
        try await withRules([gold, south]) { shop in
            #expect(try await location(shop, "1", "customer", ["attributes": ["tier": "gold"]]) == "muc")
            #expect(try await location(shop, "2", "customer", ["attributes": ["tier": "silver"]]) == "ber")
            #expect(try await location(shop, "3", "shippingAddress", ["region": " de-by "]) == "ham")
            #expect(try await location(shop, "4", "shippingAddress", ["region": "DE-HH"]) == "ber")
            let why = try await shop.oms(["order", "why", "shop", "2"])
            let text = why.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let unmatched = "No strategy matched the order: \"gold\" (the customer's attributes), \"south\" (another region)."
            #expect(text.contains(unmatched), "\(why.output)")
            // The location that packs it reads the region too.
            let requested = try await shop.event("fulfillment.requested", of: Order("3", of: "A"))
            #expect(requested["shippingAddress"]["region"] == " de-by ")
            // What counts as the same order, and what does not.
            var body = Order("4", of: "A").body
            try await shop.refused("order.placed", body, "conflict", path: nil)
            var address = body["shippingAddress"]
            address["region"] = "DE-HH"
            body["shippingAddress"] = address
            try await shop.accepted("order.placed", body)
        }
    }

    @Test func dangerous_goods_ship_from_where_they_may_be_kept() async throws {
        let fence = RoutingStrategy(id: "everything", fences: [.attribute("hazard"), .attribute("coldChain")])
        let terms = [
            "ham": LocationTerms(attributes: ["hazard": "gas"]), "muc": LocationTerms(attributes: ["coldChain": "yes", "hazard": "acid"]),
        ]
        try await withRules([fence], terms: terms) { shop in
            #expect(try await location(shop, "1", "line", ["attributes": ["hazard": "gas"]]) == "ham")
            #expect(try await location(shop, "2", "line", ["attributes": ["hazard": "acid", "coldChain": "yes"]]) == "muc")
            #expect(try await location(shop, "3", "line", ["attributes": ["color": "red"]]) == "ber")
            let order = Order("4", of: "A")
            var body = order.body
            var line = body["lines"][0]
            line["attributes"] = ["hazard": "gas", "coldChain": "yes"]
            body["lines"] = [line]
            try await shop.accepted("order.placed", body)
            try await shop.event("order.backordered", of: order)
        }
    }

    @Test(arguments: [[], [RoutingStrategy(id: "all")]])
    func a_warehouse_of_one_customer_ships_for_nobody_else(_ rules: [RoutingStrategy]) async throws {
        try await withRules(rules, terms: ["ber": LocationTerms(customers: ["hotel"])]) { shop in
            let hotel = try await location(shop, "1", "customer", ["id": "hotel"])
            let other = try await location(shop, "2", "customer", ["id": "Hotel"])
            let guest = try await location(shop, "3", "customer", [:])
            #expect([hotel, other, guest] == ["ber", "ham", "ham"])
        }
    }
}
