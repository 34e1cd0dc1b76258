import Commerce
import Testing
import TradeNetwork

/// The lists and mappings of a network file that are no things but rules of the house.
struct SettingsFileTests {
    typealias Case = NetworkFaultTests.Case

    private static let known = NetworkFile.Known(suppliers: ["acme"], channels: ["shop", "till"], locations: ["ber", "ham"])

    struct Good: Sendable, CustomTestStringConvertible {
        var yaml: String
        var settings: NetworkSettings
        var testDescription: String { yaml }
    }

    private static func good(_ yaml: String, _ change: (inout NetworkSettings) -> Void) -> Good {
        var settings = NetworkSettings()
        change(&settings)
        return Good(yaml: yaml, settings: settings)
    }

    @Test(arguments: [
        good("calendars: [{ country: DE }]") { $0.calendars = [WorkCalendar(country: "DE")] },
        good("calendars:\n  - { country: AT, workingDays: [tue, mon], holidays: [2026-12-25, \"2026-01-06\"] }") {
            $0.calendars = [
                WorkCalendar(
                    country: "AT",
                    workingDays: [1, 2],
                    holidays: [CivilDate(year: 2026, month: 1, day: 6), CivilDate(year: 2026, month: 12, day: 25)]
                )
            ]
        },
        good("transit: [{ bands: [{ kilometers: 100, days: 1 }, { days: 3 }] }]") {
            $0.transit = [TransitTable(bands: [.init(kilometers: 100, days: 1), .init(kilometers: nil, days: 3)])]
        },
        good("transit: [{ carrier: dhl, lanes: [{ from: DE, to: AT, days: 2 }, { from: DE, to: DE, days: 0 }] }, { bands: [] }]") {
            $0.transit = [
                TransitTable(
                    carrier: "dhl",
                    bands: [],
                    lanes: [.init(from: "DE", to: "AT", days: 2), .init(from: "DE", to: "DE", days: 0)]
                ),
                TransitTable(bands: []),
            ]
        },
        good("safetyStock:\n  - { units: 1 }\n  - { sku: A, units: 2 }\n  - { location: ber, supplier: acme, units: 0 }") {
            $0.safetyStock = [
                SafetyStock(units: 1), SafetyStock(sku: "A", units: 2), SafetyStock(location: "ber", supplier: "acme", units: 0),
            ]
        },
        good("allotments:\n  - { channel: shop, sku: A, units: 50, since: 2026-11-20T00:00:00+01:00, until: \"2026-12-01T00:00:00Z\" }") {
            $0.allotments = [
                Allotment(
                    channel: "shop",
                    sku: "A",
                    size: .units(50),
                    since: Timestamp(seconds: 1_795_129_200),
                    until: Timestamp(seconds: 1_796_083_200)
                )
            ]
        },
        good(
            "allotments:\n  - { channel: shop, percent: 60 }\n  - { channel: till, percent: 40 }\n  - { channel: shop, sku: A, percent: 30 }"
        ) {
            $0.allotments = [
                Allotment(channel: "shop", size: .percent(60)), Allotment(channel: "till", size: .percent(40)),
                Allotment(channel: "shop", sku: "A", size: .percent(30)),
            ]
        },
        good("preorders: [{ sku: A, location: ham, limit: 100 }]") {
            $0.preorders = [Preorder(sku: "A", location: "ham", limit: 100)]
        },
        good("freshness: { bufferPercentPerMiss: 20, dropAfterMisses: 3, jumpPercent: 50, jumpUnits: 10 }") {
            $0.freshness = FreshnessRule(bufferPercentPerMiss: 20, dropAfterMisses: 3, jumpPercent: 50, jumpUnits: 10)
        },
        good("freshness: { dropAfterMisses: 1 }") { $0.freshness.dropAfterMisses = 1 },
        good("freshness: {}") { _ in },
        good("fulfillment: { maximumRounds: 2, answerWithinMinutes: 90 }") {
            $0.fulfillment = FulfillmentRule(maximumRounds: 2, answerWithinMinutes: 90)
        },
        good("pickup: { keepDays: 7 }") { $0.pickup.keepDays = 7 },
        good("storefront: { lowStock: { units: 10, rearmUnits: 25 } }") {
            $0.storefront = StorefrontRule(lowStock: .init(units: 10, rearmUnits: 25))
        },
        good("storefront: { lowStock: { units: 0 } }") { $0.storefront.lowStock.units = 0 },
        good("storefront: { lowStock: { rearmUnits: 6 } }") { $0.storefront.lowStock.rearmUnits = 6 },
        good("storefront: { lowStock: {} }") { _ in },
        good("storefront: {}") { _ in },
        good("decisions: { keepDays: 30 }") { $0.decisions.keepDays = 30 },
        good("decisions: {}") { _ in },
        good("calendars: []\ntransit: []\nsafetyStock: []\nallotments: []\npreorders: []\nrules: []\nshadowRules: []") { _ in },
    ])
    func a_list_is_read_stored_and_read_back(_ good: Good) throws {
        let file = try NetworkFile.read(good.yaml, known: Self.known)
        #expect(try NetworkSettings(sections: file.sections.map { (name: $0.name, json: $0.json) }) == good.settings)
        // Only what the file names is stored.
        #expect(file.sections.allSatisfy { good.yaml.contains("\($0.name):") })
        #expect(!file.sections.isEmpty)
    }

    @Test(arguments: [
        Case("calendars: {}", .invalidField, 1, "calendars"),
        Case("calendars:\n  - DE", .invalidField, 2, "calendars[0]"),
        Case("calendars:\n  - { holidays: [] , country: DE }", .invalidField, 2, "calendars[0].holidays"),
        Case("calendars:\n  - { workingDays: [mon] }", .missingKey, 2, "calendars[0].country"),
        Case("calendars:\n  - { country: DE, region: BY }", .unknownKey, 2, "calendars[0]"),
        Case("calendars:\n  - country: DE\n    holidays:\n      - 2026-02-29", .invalidField, 4, "calendars[0].holidays[0]"),
        Case("calendars:\n  - country: DE\n    holidays:\n      - 2026-1-6", .invalidField, 4, "calendars[0].holidays[0]"),
        Case("calendars:\n  - country: DE\n    holidays:\n      - 20261225", .invalidField, 4, "calendars[0].holidays[0]"),
        Case(
            "calendars:\n  - country: DE\n    holidays:\n      - 2026-12-25\n      - \"2026-12-25\"",
            .duplicateEntry,
            5,
            "calendars[0].holidays[1]"
        ),
        Case("calendars:\n  - { country: DE }\n  - { country: AT }\n  - { country: DE }", .duplicateEntry, 4, "calendars[2]"),
        Case("transit:\n  - { carrier: dhl }", .missingKey, 2, "transit[0]"),
        Case("transit:\n  - bands:\n      - { kilometers: 10 }", .missingKey, 3, "transit[0].bands[0].days"),
        Case("transit:\n  - bands:\n      - { days: 1 }\n      - { days: 2 }", .missingKey, 3, "transit[0].bands[0].kilometers"),
        Case(
            "transit:\n  - bands:\n      - { kilometers: 50, days: 1 }\n      - { kilometers: 50, days: 2 }",
            .invalidField,
            4,
            "transit[0].bands[1].kilometers"
        ),
        Case("transit:\n  - bands:\n      - { kilometers: 20039, days: 1 }", .invalidField, 3, "transit[0].bands[0].kilometers"),
        Case("transit:\n  - bands:\n      - { days: 366 }", .invalidField, 3, "transit[0].bands[0].days"),
        Case("transit:\n  - bands: { days: 1 }", .invalidField, 2, "transit[0].bands"),
        Case("transit:\n  - lanes:\n      - { from: DE, days: 1 }", .missingKey, 3, "transit[0].lanes[0].to"),
        Case("transit:\n  - lanes:\n      - { from: DE, to: EU, days: 1 }", .invalidField, 3, "transit[0].lanes[0].to"),
        Case(
            "transit:\n  - lanes:\n      - { from: DE, to: AT, days: 1 }\n      - { from: DE, to: AT, days: 2 }",
            .duplicateEntry,
            4,
            "transit[0].lanes[1]"
        ),
        Case("transit:\n  - { bands: [] }\n  - { lanes: [] }", .duplicateEntry, 3, "transit[1]"),
        Case("transit:\n  - { carrier: a, bands: [] }\n  - { carrier: a, bands: [] }", .duplicateEntry, 3, "transit[1]"),
        Case("safetyStock:\n  - { sku: A }", .missingKey, 2, "safetyStock[0].units"),
        Case("safetyStock:\n  - { sku: A, units: -1 }", .invalidField, 2, "safetyStock[0].units"),
        Case("safetyStock:\n  - { sku: 7, units: 1 }", .invalidField, 2, "safetyStock[0].sku"),
        Case("safetyStock:\n  - { location: muc, units: 1 }", .unknownLocation, 2, "safetyStock[0].location"),
        Case("safetyStock:\n  - { supplier: nobody, units: 1 }", .unknownSupplier, 2, "safetyStock[0].supplier"),
        Case("safetyStock:\n  - { channel: shop, units: 1 }", .unknownKey, 2, "safetyStock[0]"),
        Case("safetyStock:\n  - { units: 1 }\n  - { units: 2 }", .duplicateEntry, 3, "safetyStock[1]"),
        Case(
            "safetyStock:\n  - { sku: A, location: ber, units: 1 }\n  - { location: ber, sku: A, units: 1 }",
            .duplicateEntry,
            3,
            "safetyStock[1]"
        ),
        Case("allotments:\n  - { units: 5 }", .missingKey, 2, "allotments[0].channel"),
        Case("allotments:\n  - { channel: web, units: 5 }", .unknownChannel, 2, "allotments[0].channel"),
        Case("allotments:\n  - { channel: shop }", .missingKey, 2, "allotments[0].units"),
        Case("allotments:\n  - { channel: shop, units: 5, percent: 5 }", .invalidField, 2, "allotments[0].percent"),
        Case("allotments:\n  - { channel: shop, percent: 101 }", .invalidField, 2, "allotments[0].percent"),
        Case("allotments:\n  - { channel: shop, units: 5, since: 2026-11-20 }", .invalidField, 2, "allotments[0].since"),
        Case("allotments:\n  - { channel: shop, units: 5, until: 2026-11-20 10:00:00 }", .invalidField, 2, "allotments[0].until"),
        Case(
            "allotments:\n  - channel: shop\n    units: 5\n    since: 2026-12-01T00:00:00Z\n    until: 2026-12-01T01:00:00+01:00",
            .invalidField,
            5,
            "allotments[0].until"
        ),
        Case("allotments:\n  - { channel: shop, units: 5 }\n  - { channel: shop, percent: 5 }", .duplicateEntry, 3, "allotments[1]"),
        Case("allotments:\n  - { channel: shop, percent: 60 }\n  - { channel: till, percent: 41 }", .invalidField, 2, "allotments"),
        Case(
            "allotments:\n  - { channel: shop, percent: 60 }\n  - { channel: till, sku: A, percent: 41 }",
            .invalidField,
            2,
            "allotments"
        ),
        Case("preorders:\n  - { sku: A, location: ber }", .missingKey, 2, "preorders[0].limit"),
        Case("preorders:\n  - { sku: A, location: ber, limit: 0 }", .invalidField, 2, "preorders[0].limit"),
        Case("preorders:\n  - { sku: A, location: muc, limit: 1 }", .unknownLocation, 2, "preorders[0].location"),
        Case("preorders:\n  - { location: ber, limit: 1 }", .missingKey, 2, "preorders[0].sku"),
        Case(
            "preorders:\n  - { sku: A, location: ber, limit: 1 }\n  - { sku: A, location: ber, limit: 2 }",
            .duplicateEntry,
            3,
            "preorders[1]"
        ),
        Case("freshness: []", .invalidField, 1, "freshness"),
        Case("freshness:", .invalidField, 1, "freshness"),
        Case("freshness:\n  bufferPercentPerMiss: 101", .invalidField, 2, "freshness.bufferPercentPerMiss"),
        Case("freshness:\n  dropAfterMisses: 0", .invalidField, 2, "freshness.dropAfterMisses"),
        Case("freshness:\n  jumpPercent: \"80\"", .invalidField, 2, "freshness.jumpPercent"),
        Case("freshness:\n  jumpUnits: -1", .invalidField, 2, "freshness.jumpUnits"),
        Case("freshness:\n  grace: 1", .unknownKey, 2, "freshness"),
        Case("fulfillment:\n  maximumRounds: 0", .invalidField, 2, "fulfillment.maximumRounds"),
        Case("fulfillment:\n  answerWithinMinutes: 0", .invalidField, 2, "fulfillment.answerWithinMinutes"),
        Case("fulfillment:\n  rounds: 1", .unknownKey, 2, "fulfillment"),
        Case("pickup:\n  keepDays: 0", .invalidField, 2, "pickup.keepDays"),
        Case("pickup:\n  days: 3", .unknownKey, 2, "pickup"),
        Case("decisions:\n  keepDays: 0", .invalidField, 2, "decisions.keepDays"),
        Case("decisions:\n  keepDays: 3651", .invalidField, 2, "decisions.keepDays"),
        Case("decisions:\n  days: 3", .unknownKey, 2, "decisions"),
        Case("decisions: 90", .invalidField, 1, "decisions"),
        Case("storefront: []", .invalidField, 1, "storefront"),
        Case("storefront:\n  low: 3", .unknownKey, 2, "storefront"),
        Case("storefront:\n  lowStock: 3", .invalidField, 2, "storefront.lowStock"),
        Case("storefront:\n  lowStock: { threshold: 3 }", .unknownKey, 2, "storefront.lowStock"),
        Case("storefront:\n  lowStock: { units: -1 }", .invalidField, 2, "storefront.lowStock.units"),
        Case("storefront:\n  lowStock: { units: 1.5 }", .invalidField, 2, "storefront.lowStock.units"),
        Case("storefront:\n  lowStock: { rearmUnits: \"9\" }", .invalidField, 2, "storefront.lowStock.rearmUnits"),
        Case("storefront:\n  lowStock:\n    units: 8\n    rearmUnits: 8", .invalidField, 4, "storefront.lowStock.rearmUnits"),
        // The default threshold counts too.
        Case("storefront:\n  lowStock:\n    rearmUnits: 5", .invalidField, 3, "storefront.lowStock.rearmUnits"),
    ])
    func a_bad_entry_is_told_with_its_place(_ fault: Case) throws { try NetworkFaultTests.expectOnly(fault, known: Self.known) }

    @Test func what_the_file_lists_itself_may_be_named_by_its_rules() throws {
        let yaml =
            NetworkFaultTests.head + """
                channels: [{ id: web, seller: s, currency: EUR }]
                suppliers: [{ id: lux, name: Lux }]
                locations: [{ location: muc, kind: store, name: M, country: DE }]
                safetyStock: [{ location: muc, supplier: lux, units: 1 }]
                allotments: [{ channel: web, units: 1 }]
                preorders: [{ sku: A, location: muc, limit: 1 }]
                """
        #expect(try NetworkFile.read(yaml).sections.map(\.name) == ["safetyStock", "allotments", "preorders"])
    }

    @Test func skus_and_customers_are_compared_byte_by_byte() throws {
        let (composed, decomposed) = ("\u{E9}", "e\u{301}")
        let yaml = """
            preorders:
              - { sku: "\(composed)", location: ber, limit: 1 }
              - { sku: "\(decomposed)", location: ber, limit: 2 }
            rules:
              - { id: r, when: { customers: ["\(composed)", "\(decomposed)"] } }
            """
        let file = try NetworkFile.read(yaml, known: Self.known)
        let settings = try NetworkSettings(sections: file.sections.map { (name: $0.name, json: $0.json) })
        #expect(settings.preorders.map { Array($0.sku.utf8) } == [Array(composed.utf8), Array(decomposed.utf8)])
        #expect(settings.rules.live.first?.when.customers.count == 2)
    }

    @Test func a_section_of_a_later_version_is_passed_over_and_a_damaged_one_is_told() throws {
        #expect(try NetworkSettings(sections: [(name: "weather", json: "[]")]) == NetworkSettings())
        #expect(throws: NetworkStorageError.self) { try NetworkSettings(sections: [(name: "rules", json: "{}")]) }
    }

    @Test func a_fault_names_line_column_path_reason_and_code() throws {
        let error = try #require(throws: NetworkFileError.self) {
            try NetworkFile.read("preorders:\n  - sku: A\n    location: muc\n    limit: none\n", known: Self.known)
        }
        #expect(
            error.description == """
                line 3, column 15, preorders[0].location: There is no location "muc". (unknown_location)
                line 4, column 12, preorders[0].limit: A whole number in decimal digits is wanted here, not none. (invalid_field)
                """
        )
    }
}
