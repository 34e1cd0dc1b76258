import Commerce
import Testing
import TradeNetwork

/// What is wrong with a strategy, and where.
struct RulesFaultTests {
    typealias Case = NetworkFaultTests.Case

    private static let known = NetworkFile.Known(suppliers: ["acme"], channels: ["shop"], locations: ["ber"])

    /// A fault in the strategy's third line.
    private static func at(_ keys: String, _ code: NetworkFault.Code, _ path: String) -> Case {
        Case("rules:\n  - id: r\n    \(keys)\n", code, 3, path.isEmpty ? "rules[0]" : "rules[0].\(path)")
    }

    @Test(arguments: [
        Case("rules:\n  - r", .invalidField, 2, "rules[0]"),
        Case("rules:\n  - { when: { channels: shop } }", .missingKey, 2, "rules[0].id"),
        Case("rules:\n  - { id: \"a b\" }", .invalidField, 2, "rules[0].id"),
        Case("rules:\n  - { id: a, otherwise: nextStrategy }\n  - { id: a }", .duplicateID, 3, "rules[1].id"),
        Case("shadowRules:\n  - { id: a, prio: 1 }", .unknownKey, 2, "shadowRules[0]"),
        Case("shadowRules: true", .invalidField, 1, "shadowRules"),
        Case("rules:\n  - { id: a }\n  - { id: b }", .unreachableRule, 3, "rules[1]"),
        Case("rules:\n  - { id: a, otherwise: hold }\n  - { id: b }", .unreachableRule, 3, "rules[1]"),
        Case("rules:\n  - { id: a, otherwise: wait }\n  - { id: b }", .invalidField, 2, "rules[0].otherwise"),
        at("shadow: true", .unknownKey, ""),
        // when
        at("when: {}", .invalidField, "when"),
        at("when:", .invalidField, "when"),
        at("when: DE", .invalidField, "when"),
        at("when: { channel: shop }", .unknownKey, "when"),
        at("when: { channels: [shop, web] }", .unknownChannel, "when.channels[1]"),
        at("when: { channels: web }", .unknownChannel, "when.channels"),
        at("when: { channels: [] }", .invalidField, "when.channels"),
        at("when: { channels: [shop, shop] }", .duplicateEntry, "when.channels[1]"),
        at("when: { countries: [DE, UK] }", .invalidField, "when.countries[1]"),
        at("when: { countries: [NO] }", .invalidField, "when.countries[0]"),
        at("when: { regions: [\"\"] }", .invalidField, "when.regions[0]"),
        at("when: { customerAttributes: [] }", .invalidField, "when.customerAttributes"),
        at("when: { customerAttributes: { tier: 1 } }", .invalidField, "when.customerAttributes.tier"),
        at("when: { postalCodes: [20] }", .invalidField, "when.postalCodes[0]"),
        at("when: { postalCodes: [\"\"] }", .invalidField, "when.postalCodes[0]"),
        at("when: { customers: [7] }", .invalidField, "when.customers[0]"),
        at("when: { minValue: -1 }", .invalidField, "when.minValue"),
        at("when: { minValue: 49.90 }", .invalidField, "when.minValue"),
        at("when: { minValue: 2, maxValue: 1 }", .invalidField, "when.maxValue"),
        at("when: { weekdays: [monday] }", .invalidField, "when.weekdays[0]"),
        at("when: { anyLine: [] }", .invalidField, "when.anyLine"),
        at("when: { anyLine: {} }", .invalidField, "when.anyLine"),
        at("when: { anyLine: { bulky: yes } }", .invalidField, "when.anyLine.bulky"),
        at("when: { anyLine: { bulky: [] } }", .invalidField, "when.anyLine.bulky"),
        at("when: { everyLine: [{ bulky: [\"1\", \"1\"] }] }", .duplicateEntry, "when.everyLine[0].bulky[1]"),
        at("when: { everyLine: [7] }", .invalidField, "when.everyLine[0]"),
        // fences
        at("fences: []", .invalidField, "fences"),
        at("fences: [freshFeed]", .invalidField, "fences[0]"),
        at("fences: [{}]", .invalidField, "fences[0]"),
        at("fences: [{ kind: store }]", .unknownKey, "fences[0]"),
        at("fences: [{ kinds: [shop] }]", .invalidField, "fences[0].kinds[0]"),
        at("fences: [{ suppliers: [nobody] }]", .unknownSupplier, "fences[0].suppliers[0]"),
        at("fences: { locations: muc }", .unknownLocation, "fences.locations"),
        at("fences: [{ countries: [] }]", .invalidField, "fences[0].countries"),
        at("fences: [{ countries: XX }]", .invalidField, "fences[0].countries"),
        at("fences: [{ regions: \"\" }]", .invalidField, "fences[0].regions"),
        at("fences: [{ maxKilometers: 0 }]", .invalidField, "fences[0].maxKilometers"),
        at("fences: [{ maxKilometers: 20039 }]", .invalidField, "fences[0].maxKilometers"),
        at("fences: [{ stockShareAtLeast: 0 }]", .invalidField, "fences[0].stockShareAtLeast"),
        at("fences: [{ stockShareAtLeast: 101 }]", .invalidField, "fences[0].stockShareAtLeast"),
        at("fences: [{ stockShareAtLeast: 50% }]", .invalidField, "fences[0].stockShareAtLeast"),
        at("fences: [{ capacityLeft: false }]", .invalidField, "fences[0].capacityLeft"),
        at("fences: [{ deliversByPromise: yes }]", .invalidField, "fences[0].deliversByPromise"),
        at("fences: [{ freshFeed: 1 }]", .invalidField, "fences[0].freshFeed"),
        at("fences: [{ sameAttribute: true }]", .invalidField, "fences[0].sameAttribute"),
        at("fences: [{ kinds: store }, { kinds: warehouse }]", .duplicateEntry, "fences[1].kinds"),
        // groups and limits
        at("keepTogether: []", .invalidField, "keepTogether"),
        at("keepTogether: [set, set]", .duplicateEntry, "keepTogether[1]"),
        at("keepApart: { hazard: \"1\" }", .invalidField, "keepApart"),
        at("split: 2", .invalidField, "split"),
        at("split: { maxParcels: 0 }", .invalidField, "split.maxParcels"),
        at("split: { neverBelowValue: -1 }", .invalidField, "split.neverBelowValue"),
        at("split: { parcelWorthAtLeast: \"15\" }", .invalidField, "split.parcelWorthAtLeast"),
        at("split: { max: 2 }", .unknownKey, "split"),
        // objective
        at("objective: []", .invalidField, "objective"),
        at("objective: cheapest", .invalidField, "objective"),
        at("objective: [cost, price]", .invalidField, "objective[1]"),
        at("objective: [cost, cost]", .duplicateEntry, "objective[1]"),
        at("objective: { cost: 3 }", .unknownKey, "objective"),
        at("objective: {}", .missingKey, "objective.weights"),
        at("objective: { weights: {} }", .invalidField, "objective.weights"),
        at("objective: { weights: [cost] }", .invalidField, "objective.weights"),
        at("objective: { weights: { price: 1 } }", .unknownKey, "objective.weights"),
        at("objective: { weights: { cost: 0 } }", .invalidField, "objective.weights.cost"),
        at("objective: { weights: { cost: 1.5 } }", .invalidField, "objective.weights.cost"),
        at("objective: { weights: { cost: 1000001 } }", .invalidField, "objective.weights.cost"),
        // otherwise
        at("otherwise: wait", .invalidField, "otherwise"),
        at("otherwise: [backorder]", .invalidField, "otherwise"),
        at("otherwise: {}", .invalidField, "otherwise"),
        at("otherwise: { cancel: x, hold: { minutes: 1 } }", .invalidField, "otherwise"),
        at("otherwise: { cancel: \"\" }", .invalidField, "otherwise.cancel"),
        at("otherwise: { cancel: true }", .invalidField, "otherwise.cancel"),
        at("otherwise: { hold: 120 }", .invalidField, "otherwise.hold"),
        at("otherwise: { hold: {} }", .missingKey, "otherwise.hold.minutes"),
        at("otherwise: { hold: { minutes: 0 } }", .invalidField, "otherwise.hold.minutes"),
        at("otherwise: { hold: { minutes: 1, then: hold } }", .invalidField, "otherwise.hold.then"),
        at("otherwise: { hold: { minutes: 1, then: { hold: {} } } }", .unknownKey, "otherwise.hold.then"),
        at("otherwise: { hold: { minutes: 1, then: {} } }", .missingKey, "otherwise.hold.then.cancel"),
        at("otherwise: { wait: 1 }", .unknownKey, "otherwise"),
    ])
    func a_bad_key_is_told_with_its_place(_ fault: Case) throws { try NetworkFaultTests.expectOnly(fault, known: Self.known) }

    @Test func every_fault_of_a_rule_set_is_told_at_once() throws {
        let yaml = """
            rules:
              - id: bulky
                when: { channels: [web], countries: [DE] }
                fences: [{ maxKilometers: far }]
                otherwise: nextStrategy
              - id: bulky
                objective: { weights: { cost: -1 } }
            """
        let error = try #require(throws: NetworkFileError.self) { try NetworkFile.read(yaml, known: Self.known) }
        #expect(
            error.description == """
                line 3, column 24, rules[0].when.channels[0]: There is no channel "web". (unknown_channel)
                line 4, column 31, rules[0].fences[0].maxKilometers: A whole number in decimal digits is wanted here, not far. (invalid_field)
                line 6, column 9, rules[1].id: "bulky" is already the id of rules[0]. (duplicate_id)
                line 7, column 35, rules[1].objective.weights.cost: -1 is out of range: 1 to 1000000. (invalid_field)
                """
        )
    }
}
