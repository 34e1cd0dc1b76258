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

    /// What `network.yaml` does not show.
    private static let keys =
        [
            "cutOff", "workingDays", "carrier", "costPerKilogram", "costPer100Kilometers", "answerWithinMinutes", "feedIntervalMinutes",
            "leadTimeDays", "customers", "attributes", "markdown", "region", "channels", "countries", "postalCodes", "customerAttributes",
            "anyLine", "everyLine", "minValue",
            "maxValue", "weekdays", "kinds", "suppliers", "locations", "regions", "maxKilometers", "stockShareAtLeast", "capacityLeft",
            "deliversByPromise", "freshFeed", "sameAttribute", "keepTogether", "keepApart", "split", "maxParcels", "neverBelowValue",
            "parcelWorthAtLeast", "objective", "otherwise", "hold", "cancel", "nextStrategy", "backorder",
            "lowStock", "rearmUnits",
        ] + RoutingCriterion.allCases.map(\.rawValue) + NetworkSettings.sectionNames

    @Test func together_they_show_every_key() throws {
        let texts = try Self.names().map(Self.text).joined(separator: "\n")
        let sections = try Set(Self.files().flatMap { $0.file.sections.map(\.name) })
        #expect(sections == Set(NetworkSettings.sectionNames))
        for key in Self.keys { #expect(texts.contains(key), "\(key)") }
    }

    @Test func the_documentation_tells_every_key_and_code() throws {
        let pages = try ["network.md", "routing.md"].map { try Self.text("../docs/\($0)") }.joined(separator: "\n")
        for key in Self.keys + NetworkFault.Code.allCases.map(\.rawValue) {
            #expect(["`\(key)`", "`\(key):", "`{ \(key):"].contains { pages.contains($0) }, "\(key)")
        }
    }

    @Test func the_rules_in_the_documentation_are_accepted() throws {
        let blocks = try Self.text("../docs/routing.md").components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }.map(
            \.element
        )
        var count = 0
        for block in blocks where block.hasPrefix("yaml\n") {
            let yaml = String(block.dropFirst(5))
            // A piece of a strategy, or a file of its own.
            let file = try NetworkFile.read(yaml.hasPrefix(" ") ? "rules:\n  - id: r\n\(yaml)" : yaml)
            #expect(!file.sections.isEmpty)
            count += 1
        }
        #expect(count >= 5)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func a_damaged_file_is_refused_with_places_or_read_and_never_crashes(seed: UInt64) throws {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let signs = Array("[]{}:,-#'\"&*!|>%@ \n0a".utf8)
        for name in try Self.names() {
            let bytes = Array(try Self.text(name).utf8)
            for _ in 0..<20 {
                var damaged = bytes
                for _ in 0...next(3) {
                    let place = next(damaged.count)
                    switch next(3) {
                    case 0: damaged.removeSubrange(place..<min(damaged.count, place + 1 + next(8)))
                    case 1: damaged[place] = signs[next(signs.count)]
                    default: damaged.insert(contentsOf: damaged[place..<min(damaged.count, place + next(40))], at: next(damaged.count))
                    }
                }
                do {
                    _ = try NetworkFile.read(String(decoding: damaged, as: UTF8.self))
                } catch {
                    #expect(error.faults.allSatisfy { $0.line >= 1 && $0.column >= 1 && !$0.reason.isEmpty }, "seed \(seed), \(name)")
                    #expect(!error.faults.isEmpty)
                }
            }
        }
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
        #expect(stock.storefront == StorefrontRule(lowStock: .init(units: 10, rearmUnits: 25)))
        #expect(stock.allotments.last == Allotment(channel: "market-uk", size: .percent(10)))
    }
}
