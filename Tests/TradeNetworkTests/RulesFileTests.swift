import Commerce
import Testing
import TradeNetwork

/// What a strategy of the network file becomes.
struct RulesFileTests {
    private static let known = NetworkFile.Known(suppliers: ["acme"], channels: ["shop", "till"], locations: ["ber", "ham"])

    struct Good: Sendable, CustomTestStringConvertible {
        var keys: String
        var strategy: RoutingStrategy
        var testDescription: String { keys }
    }

    private static func good(_ keys: String, _ change: (inout RoutingStrategy) -> Void) -> Good {
        var strategy = RoutingStrategy(id: "r")
        change(&strategy)
        return Good(keys: keys, strategy: strategy)
    }

    @Test(arguments: [
        good("") { _ in },
        // when
        good("when: { channels: [shop, till] }") { $0.when.channels = ["shop", "till"] },
        good("when: { channels: shop }") { $0.when.channels = ["shop"] },
        good("when: { countries: [DE, \"NO\"] }") { $0.when.countries = ["DE", "NO"] },
        good("when: { regions: [north] }") { $0.when.regions = ["north"] },
        good("when: { postalCodes: [\"20\", \"SW1\"] }") { $0.when.postalCodePrefixes = ["20", "SW1"] },
        good("when: { customers: c-1 }") { $0.when.customers = ["c-1"] },
        good("when: { regions: [\"Baden-Württemberg\"] }") { $0.when.regions = ["Baden-Württemberg"] },
        good("when: { customerAttributes: trade }") { $0.when.customerAttributes = [CustomerAttributeCondition(name: "trade")] },
        good("when: { customerAttributes: [trade, { tier: [gold, silver] }] }") {
            $0.when.customerAttributes = [
                CustomerAttributeCondition(name: "trade"), CustomerAttributeCondition(name: "tier", values: ["gold", "silver"]),
            ]
        },
        good("when: { minValue: 5000 }") { $0.when.orderValue = OrderValueRange(from: 5_000) },
        good("when: { minValue: 0, maxValue: 0 }") { $0.when.orderValue = OrderValueRange(from: 0, to: 0) },
        good("when: { weekdays: [sun, mon] }") { $0.when.weekdays = [1, 7] },
        good("when: { anyLine: hazard }") { $0.when.lineAttributes = [LineAttributeCondition(name: "hazard")] },
        good("when: { anyLine: { bulky: \"yes\" }, everyLine: { class: [\"a\", \"\"] } }") {
            $0.when.lineAttributes = [
                LineAttributeCondition(name: "bulky", values: ["yes"]),
                LineAttributeCondition(name: "class", values: ["a", ""], scope: .all),
            ]
        },
        good("when: { anyLine: [hazard, { b: \"2\", a: \"1\" }] }") {
            $0.when.lineAttributes = [
                LineAttributeCondition(name: "hazard"), LineAttributeCondition(name: "a", values: ["1"]),
                LineAttributeCondition(name: "b", values: ["2"]),
            ]
        },
        // fences
        good("fences: [{ kinds: [warehouse, third-party] }]") { $0.fences = [.kinds([.warehouse, .thirdParty])] },
        good("fences: { suppliers: acme }") { $0.fences = [.suppliers(["acme"])] },
        good("fences: [{ locations: [ham, ber] }]") { $0.fences = [.locations(["ham", "ber"])] },
        good("fences: [{ countries: [DE] }, { regions: [north, south] }]") {
            $0.fences = [.countries(["DE"]), .regions(["north", "south"])]
        },
        good("fences: [{ maxKilometers: 300 }]") { $0.fences = [.withinKilometers(300)] },
        good("fences: [{ stockShareAtLeast: 50 }]") { $0.fences = [.stockShare(percent: 50)] },
        good("fences: { capacityLeft: true, deliversByPromise: true, freshFeed: true }") {
            $0.fences = [.capacityLeft, .onTime, .freshFeed]
        },
        good("fences: [{ sameAttribute: [coldChain, hazard] }]") { $0.fences = [.attribute("coldChain"), .attribute("hazard")] },
        // groups and limits
        good("keepTogether: set") { $0.keepTogether = ["set"] },
        good("keepApart: [hazard, food]") { $0.keepApart = ["hazard", "food"] },
        good("split: { maxParcels: 2, neverBelowValue: 2000, parcelWorthAtLeast: 1500 }") {
            $0.split = SplitLimits(neverBelow: 2_000, furtherParcelWorth: 1_500, maximumParcels: 2)
        },
        // objective
        good("objective: cost") { $0.objective = .lexicographic([.cost]) },
        good("objective: [parcels, cost, deliveryTime]") { $0.objective = .lexicographic([.parcels, .cost, .deliveryTime]) },
        good(
            """
            objective:
                  - distance
                  - locationPriority
                  - supplierPriority
                  - supplierReliability
                  - capacityBalance
                  - stockBalance
                  - markdown
            """
        ) {
            $0.objective = .lexicographic([
                .distance, .locationPriority, .supplierPriority, .supplierReliability, .capacityBalance, .stockBalance, .markdown,
            ])
        },
        good("objective: { weights: { distance: 1, cost: 3 } }") {
            $0.objective = .weighted([RoutingWeight(criterion: .cost, weight: 3), RoutingWeight(criterion: .distance, weight: 1)])
        },
        // otherwise
        good("otherwise: nextStrategy") { $0.otherwise = .next },
        good("otherwise: backorder") { $0.otherwise = .backorder },
        good("otherwise: hold") { $0.otherwise = .hold(RoutingHold()) },
        good("otherwise: { hold: { minutes: 120 } }") { $0.otherwise = .hold(RoutingHold(timeOutMinutes: 120)) },
        good("otherwise: { hold: { minutes: 120, then: nextStrategy } }") {
            $0.otherwise = .hold(RoutingHold(timeOutMinutes: 120, then: .next))
        },
        good("otherwise: { hold: { minutes: 1, then: { cancel: \"Sold out\" } } }") {
            $0.otherwise = .hold(RoutingHold(timeOutMinutes: 1, then: .cancel(reason: "Sold out")))
        },
        good("otherwise: { cancel: \"No longer made\" }") { $0.otherwise = .cancel(reason: "No longer made") },
    ])
    func a_strategy_is_read_stored_and_read_back(_ good: Good) throws {
        for key in ["rules", "shadowRules"] {
            let file = try NetworkFile.read("\(key):\n  - id: r\n    \(good.keys)\n", known: Self.known)
            #expect(file.sections.map(\.name) == [key])
            let settings = try NetworkSettings(sections: file.sections.map { (name: $0.name, json: $0.json) })
            #expect((key == "rules" ? settings.rules.live : settings.rules.shadow) == [good.strategy])
            #expect((key == "rules" ? settings.rules.shadow : nil) == nil)
        }
    }

    @Test func strategies_keep_their_order() throws {
        let yaml = "rules:\n  - { id: z, otherwise: nextStrategy }\n  - { id: a, when: { channels: shop } }\n  - { id: m }\n"
        let file = try NetworkFile.read(yaml, known: Self.known)
        let settings = try NetworkSettings(sections: file.sections.map { (name: $0.name, json: $0.json) })
        #expect(settings.rules.live.map(\.id) == ["z", "a", "m"])
    }

    @Test func an_empty_list_is_the_default_rule_and_ends_a_rehearsal() throws {
        let file = try NetworkFile.read("rules: []\nshadowRules: []\n")
        #expect(file.sections.map(\.json) == ["[]", "null"])
        #expect(try NetworkSettings(sections: file.sections.map { (name: $0.name, json: $0.json) }).rules == .standard)
    }
}
