import Commerce
import Foundation
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork

/// A network file on its way into the database, and out of it again.
@Suite(.timeLimit(.minutes(15)))
struct NetworkApplyTests {
    private static let whole = """
        sellers:
          - { id: main, name: Example GmbH, street: Kai 1, postalCode: "20457", city: Hamburg, country: DE, invoicePrefix: R }
        channels:
          - { id: shop, seller: main, currency: EUR }
          - { id: other, seller: main, currency: EUR }
        suppliers:
          - { id: acme, name: Acme, feedIntervalMinutes: 60 }
        locations:
          - { location: ber, supplier: acme, kind: warehouse, name: Berlin, country: DE, cutOff: "14:00", workingDays: [mon, sat], carrier: dhl,
              costPerKilogram: 20, costPer100Kilometers: 15, answerWithinMinutes: 120, feedIntervalMinutes: 30, customers: [c-1],
              attributes: { coldChain: "yes" }, markdown: true, region: east }
          - { location: ham, kind: store, name: Hamburg, country: DE }
        calendars:
          - { country: DE, workingDays: [mon, tue, wed, thu, fri, sat], holidays: [2026-12-25, 2026-12-26] }
        transit:
          - { carrier: dhl, bands: [{ kilometers: 300, days: 1 }, { days: 2 }], lanes: [{ from: DE, to: AT, days: 2 }] }
          - { bands: [{ days: 4 }] }
        safetyStock:
          - { units: 1 }
          - { sku: A, location: ham, units: 3 }
        allotments:
          - { channel: shop, sku: A, units: 50, since: 2026-11-20T00:00:00Z, until: 2026-12-01T00:00:00Z }
          - { channel: other, percent: 10 }
        preorders:
          - { sku: NEW, location: ber, limit: 100 }
        freshness: { bufferPercentPerMiss: 20, dropAfterMisses: 3, jumpPercent: 50, jumpUnits: 20 }
        fulfillment: { maximumRounds: 3, answerWithinMinutes: 240 }
        pickup: { keepDays: 7 }
        rules:
          - id: cold
            when: { channels: [shop], anyLine: coldChain }
            fences: [{ sameAttribute: coldChain }, { freshFeed: true }]
            keepTogether: set
            keepApart: hazard
            split: { maxParcels: 2 }
            objective: { weights: { cost: 1, deliveryTime: 200 } }
            otherwise: { hold: { minutes: 60, then: { cancel: Cannot be cooled } } }
          - id: rest
            objective: [parcels, cost]
        shadowRules:
          - { id: cheapest, objective: cost }
        """

    private func apply(_ yaml: String, to shop: Shop) async throws -> (status: Int32, output: String) {
        let file = NSTemporaryDirectory() + "oms-\(UUID().uuidString).yaml"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        return try await shop.oms(["network", "apply", file])
    }

    private func expectApplied(_ yaml: String, to shop: Shop, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let (status, output) = try await apply(yaml, to: shop)
        #expect(status == 0, "\(output)", sourceLocation: sourceLocation)
    }

    private func network(of shop: Shop) async throws -> NetworkSnapshot {
        try await shop.session.read { tx in try NetworkStore.load(in: tx) }
    }

    @Test func a_whole_file_is_applied_and_read_back_the_same() async throws {
        try await withShop([]) { shop in
            let (status, output) = try await apply(Self.whole, to: shop)
            #expect(status == 0, "\(output)")
            #expect(output.contains("replaced: calendars, transit, safetyStock"), "\(output)")
            let file = try NetworkFile.read(Self.whole)
            let network = try await network(of: shop)
            #expect(file.sections.count == 10)
            #expect(network.settings == (try NetworkSettings(sections: file.sections.map { (name: $0.name, json: $0.json) })))
            #expect(network.settings.rules.live.map(\.id) == ["cold", "rest"])
            #expect(network.settings.rules.shadow?.map(\.id) == ["cheapest"])
            for location in file.locations {
                #expect(network.location(location.id)?.location == location)
                #expect(network.location(location.id)?.terms == file.terms[location.id])
            }
            #expect(network.location("ber")?.terms.cutOffMinute == 840)
            // Again: a new version, the same network.
            try await expectApplied(Self.whole, to: shop)
            let again = try await self.network(of: shop)
            #expect(again.version == network.version + 1)
            #expect(again.settings == network.settings)
        }
    }

    @Test func a_location_keeps_its_terms_until_a_file_gives_it_others() async throws {
        try await withShop { shop in
            try await expectApplied(Self.whole, to: shop)
            let terms = try #require(try await network(of: shop).location("ber")).terms
            let defined: JSON = ["location": "ber", "name": "Berlin South", "country": "DE", "updatedAt": "2026-11-22T06:00:00Z"]
            try await shop.accepted("location.defined", defined)
            let later = try #require(try await network(of: shop).location("ber"))
            #expect(later.location.name == "Berlin South")
            #expect(later.terms == terms)
            #expect(terms != LocationTerms())
            try await expectApplied(
                "locations:\n  - { location: ber, kind: warehouse, name: Berlin, country: DE, region: north }",
                to: shop
            )
            #expect(try await network(of: shop).location("ber")?.terms == LocationTerms(region: "north"))
        }
    }

    @Test func each_list_stands_until_a_file_names_it() async throws {
        try await withShop([]) { shop in
            try await expectApplied(Self.whole, to: shop)
            let before = try await network(of: shop).settings
            // Names a location and a channel that only the database knows, and no rules.
            let safety = "safetyStock:\n  - { location: ber, units: 9 }\nallotments:\n  - { channel: shop, units: 1 }\n"
            try await expectApplied(safety, to: shop)
            var expected = before
            expected.safetyStock = [SafetyStock(location: "ber", units: 9)]
            expected.allotments = [Allotment(channel: "shop", size: .units(1))]
            #expect(try await network(of: shop).settings == expected)
            try await expectApplied("rules: []\n", to: shop)
            expected.rules.live = []
            #expect(try await network(of: shop).settings == expected)
            try await expectApplied("shadowRules: []\n", to: shop)
            #expect(try await network(of: shop).settings.rules == .standard)
        }
    }

    @Test func a_file_with_a_fault_changes_nothing() async throws {
        try await withShop([]) { shop in
            try await expectApplied(Self.whole, to: shop)
            let before = try await network(of: shop)
            let (status, output) = try await apply("pickup: { keepDays: 3 }\nrules:\n  - { id: x, when: { channels: web } }\n", to: shop)
            #expect(status == 1)
            #expect(
                output.contains(#"line 3, column 32, rules[0].when.channels: There is no channel "web". (unknown_channel)"#),
                "\(output)"
            )
            let after = try await network(of: shop)
            #expect(after.version == before.version)
            #expect(after.settings == before.settings)
        }
    }

    @Test func a_file_can_be_checked_without_applying_it() async throws {
        try await withShop([]) { shop in
            let before = try await network(of: shop)
            let folder = "\(ProjectRoot.path)/ops/examples"
            let good = try await shop.oms(["network", "check", "\(folder)/network.yaml"])
            #expect(good.status == 0)
            #expect(
                good.output.contains("can be applied: 2 sellers, 2 channels, 4 suppliers, 12 locations; replaced: rules"),
                "\(good.output)"
            )
            // Names locations of network.yaml, which were not applied.
            let bad = try await shop.oms(["network", "check", "\(folder)/rules-stock.yaml"])
            #expect(bad.status == 1)
            #expect(bad.output.contains("unknown_location"), "\(bad.output)")
            let after = try await network(of: shop)
            #expect(after.version == before.version)
        }
    }

    @Test func every_example_can_be_applied() async throws {
        let folder = "\(ProjectRoot.path)/ops/examples"
        let rules = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("rules-") }.sorted()
        #expect(rules.count >= 5)
        try await withShop([]) { shop in
            for name in ["network-minimal.yaml", "network.yaml"] + rules {
                let (status, output) = try await shop.oms(["network", "apply", "\(folder)/\(name)"])
                #expect(status == 0, "\(name): \(output)")
            }
            #expect(try await network(of: shop).settings.rules.live.isEmpty == false)
        }
    }
}
