import Commerce
import Testing
import TradeNetwork

struct LocationTermsTests {
    typealias Case = NetworkFaultTests.Case

    private static let known = NetworkFile.Known(carriers: ["dhl"])

    private static func terms(_ keys: String) throws -> LocationTerms? {
        try NetworkFile.read(NetworkFaultTests.location(keys), known: known).terms["l"]
    }

    @Test(arguments: [
        ("cutOff: \"14:00\"", LocationTerms(cutOffMinute: 840)),
        ("cutOff: 14:00", LocationTerms(cutOffMinute: 840)),
        ("cutOff: 09:05", LocationTerms(cutOffMinute: 545)),
        ("cutOff: \"00:00\"", LocationTerms(cutOffMinute: 0)),
        ("cutOff: 23:59", LocationTerms(cutOffMinute: 1_439)),
        ("workingDays: [sat, mon]", LocationTerms(workingDays: [1, 6])),
        ("workingDays: [mon, tue, wed, thu, fri, sat, sun]", LocationTerms(workingDays: [1, 2, 3, 4, 5, 6, 7])),
        ("carrier: dhl", LocationTerms(carrier: "dhl")),
        ("costPerKilogram: 20", LocationTerms(costPerKilogram: 20)),
        ("costPer100Kilometers: 0", LocationTerms(costPer100Kilometers: 0)),
        ("answerWithinMinutes: 240", LocationTerms(answerWithinMinutes: 240)),
        ("feedIntervalMinutes: 60", LocationTerms(feedIntervalMinutes: 60)),
        ("leadTimeDays: 21", LocationTerms(leadTimeDays: 21)),
        ("customers: [c-1, \"Käufer 2\"]", LocationTerms(customers: ["c-1", "Käufer 2"])),
        (
            "attributes: { coldChain: \"yes\", \"hazard class\": \"3\" }",
            LocationTerms(attributes: ["coldChain": "yes", "hazard class": "3"])
        ),
        ("markdown: true", LocationTerms(markdown: true)),
        ("region: north", LocationTerms(region: "north")),
        ("priority: 1", LocationTerms()),
    ])
    func a_location_has_the_terms_the_file_gives_it(keys: String, terms: LocationTerms) throws {
        #expect(try Self.terms(keys) == terms)
        #expect(try LocationTerms(json: terms.json) == terms)
    }

    private static func at(_ keys: String, _ code: NetworkFault.Code, _ path: String) -> Case {
        Case(NetworkFaultTests.location(keys), code, 2, "locations[0].\(path)")
    }

    @Test(arguments: [
        at("cutOff: 14", .invalidField, "cutOff"),
        at("cutOff: \"24:00\"", .invalidField, "cutOff"),
        at("cutOff: \"12:60\"", .invalidField, "cutOff"),
        at("cutOff: \"9:00\"", .invalidField, "cutOff"),
        at("cutOff: \"+9:00\"", .invalidField, "cutOff"),
        at("cutOff: 14:00:00", .invalidField, "cutOff"),
        at("cutOff: true", .invalidField, "cutOff"),
        at("cutOff: [14]", .invalidField, "cutOff"),
        at("workingDays: mon", .invalidField, "workingDays"),
        at("workingDays: []", .invalidField, "workingDays"),
        at("workingDays: [Monday]", .invalidField, "workingDays[0]"),
        at("workingDays: [mon, tue, mon]", .duplicateEntry, "workingDays[2]"),
        at("workingDays: [1]", .invalidField, "workingDays[0]"),
        at("carrier: ups", .unknownCarrier, "carrier"),
        at("carrier: \"d h l\"", .invalidField, "carrier"),
        at("costPerKilogram: -1", .invalidField, "costPerKilogram"),
        at("costPerKilogram: 0.5", .invalidField, "costPerKilogram"),
        at("costPer100Kilometers: 1000000000001", .invalidField, "costPer100Kilometers"),
        at("answerWithinMinutes: 0", .invalidField, "answerWithinMinutes"),
        at("feedIntervalMinutes: 525601", .invalidField, "feedIntervalMinutes"),
        at("leadTimeDays: 0", .invalidField, "leadTimeDays"),
        at("leadTimeDays: 3651", .invalidField, "leadTimeDays"),
        at("customers: c-1", .invalidField, "customers"),
        at("customers: []", .invalidField, "customers"),
        at("customers: [7]", .invalidField, "customers[0]"),
        at("customers: [a, a]", .duplicateEntry, "customers[1]"),
        at("attributes: [coldChain]", .invalidField, "attributes"),
        at("attributes: {}", .invalidField, "attributes"),
        at("attributes: { coldChain: yes }", .invalidField, "attributes.coldChain"),
        at("attributes: { \"\": x }", .invalidField, "attributes"),
        at("markdown: yes", .invalidField, "markdown"),
        at("region: \"the north\"", .invalidField, "region"),
        Case(NetworkFaultTests.location("cutoff: \"14:00\""), .unknownKey, 2, "locations[0]"),
    ])
    func a_bad_term_is_told_with_its_place(_ fault: Case) throws { try NetworkFaultTests.expectOnly(fault, known: Self.known) }

    @Test func a_carrier_has_a_table_in_the_file_or_one_that_stands() throws {
        let location = NetworkFaultTests.location("carrier: ups")
        let table = "\ntransit:\n  - { carrier: ups, bands: [{ days: 2 }] }\n"
        #expect(try NetworkFile.read(location + table, known: Self.known).terms["l"]?.carrier == "ups")
        // The file's tables replace those that stand, and so take dhl's away.
        let replaced = NetworkFaultTests.location("carrier: dhl") + table
        try NetworkFaultTests.expectOnly(Case(replaced, .unknownCarrier, 2, "locations[0].carrier"), known: Self.known)
    }
}
