import Commerce
import Foundation
import Testing
import TradeNetwork

/// The files `ops/examples/rules-*.yaml`, each a small piece to be applied after `network.yaml`.
struct RuleExamplesTests {
    private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "../../ops/examples").standardized

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    private static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("rules-") }.sorted()
    }

    /// Each example read by itself, over the example network.
    private static func files() throws -> [(name: String, file: NetworkFile)] {
        let network = try NetworkFile.read(text("network.yaml"))
        let known = NetworkFile.Known(
            suppliers: Set(network.suppliers.map(\.id)),
            channels: Set(network.channels.map(\.id)),
            locations: Set(network.locations.map(\.id))
        )
        return try names().map { ($0, try NetworkFile.read(text($0), known: known)) }
    }

    private static func settings(_ file: NetworkFile) throws -> NetworkSettings {
        try NetworkSettings(sections: file.sections.map { (name: $0.name, json: $0.json) })
    }

    @Test func each_is_accepted_and_brings_rules() throws {
        for (name, file) in try Self.files() {
            #expect(try !Self.settings(file).rules.live.isEmpty, "\(name)")
            #expect(file.channels.isEmpty && file.sellers.isEmpty, "\(name)")
        }
    }

    @Test func together_they_show_every_key() throws {
        let texts = try Self.names().map(Self.text).joined(separator: "\n")
        let sections = try Set(Self.files().flatMap { $0.file.sections.map(\.name) })
        #expect(sections == Set(NetworkSettings.sectionNames))
        let keys = [
            "cutOff", "workingDays", "carrier", "costPerKilogram", "costPer100Kilometers", "answerWithinMinutes", "feedIntervalMinutes",
            "customers", "attributes", "markdown", "region", "channels", "countries", "postalCodes", "anyLine", "everyLine", "minValue",
            "maxValue", "weekdays", "kinds", "suppliers", "locations", "regions", "maxKilometers", "stockShareAtLeast", "capacityLeft",
            "deliversByPromise", "freshFeed", "sameAttribute", "keepTogether", "keepApart", "split", "maxParcels", "neverBelowValue",
            "parcelWorthAtLeast", "objective", "weights", "otherwise", "hold", "cancel", "minutes", "then", "nextStrategy", "backorder",
        ]
        for key in keys + RoutingCriterion.allCases.map(\.rawValue) { #expect(texts.contains(key), "\(key)") }
    }

    @Test func the_examples_say_what_their_comments_say() throws {
        let files = try Dictionary(uniqueKeysWithValues: Self.files().map { ($0.name, $0.file) })
        let costs = try Self.settings(#require(files["rules-costs.yaml"])).rules
        #expect(costs.live.map(\.id) == ["cheap-goods", "weighed"])
        #expect(costs.shadow == [RoutingStrategy(id: "nearest", objective: .lexicographic([.parcels, .distance]))])
        let cold = try #require(files["rules-cold-chain.yaml"])
        #expect(cold.terms["wro-1"] == LocationTerms(customers: ["hotel-krone", "hotel-adler"]))
        #expect(
            try Self.settings(cold).rules.live.first
                == RoutingStrategy(
                    id: "all-chilled",
                    when: RoutingCondition(lineAttributes: [LineAttributeCondition(name: "coldChain", values: ["yes"], scope: .all)]),
                    fences: [.regions(["west"]), .countries(["DE", "NL"]), .attribute("coldChain"), .withinKilometers(500)],
                    objective: .lexicographic([.deliveryTime, .parcels]),
                    otherwise: .next
                )
        )
        let stock = try Self.settings(#require(files["rules-stock.yaml"]))
        #expect(stock.safetyStock.count == 5)
        #expect(stock.allotments.last == Allotment(channel: "market-uk", size: .percent(10)))
    }
}
