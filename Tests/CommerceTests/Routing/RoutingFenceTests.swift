import Commerce
import Testing

/// Who may ship: each kind of fence, who is outside and why.
struct RoutingFenceTests {
    private struct Case: CustomTestStringConvertible {
        var name: String
        var fences: [RoutingFence] = []
        var arrange: @Sendable (inout RoutingFixture) -> Void = { _ in }
        /// Location: what keeps it out.
        var fenced: [Int64: RoutingObstacle]
        var testDescription: String { name }
    }

    private static let cases = [
        Case(name: "kinds", fences: [.kinds([.warehouse, .store])], fenced: [2: .kind]),
        Case(name: "suppliers", fences: [.suppliers(["bolt", "corp"])], fenced: [1: .supplier, 3: .supplier]),
        Case(name: "locations", fences: [.locations(["far", "store"])], fenced: [1: .location]),
        Case(name: "countries", fences: [.countries(["FR"])], fenced: [1: .country, 2: .country]),
        Case(
            name: "regions",
            fences: [.regions(["north"])],
            arrange: { $0.near.terms.region = "north" },
            fenced: [2: .region, 3: .region]
        ),
        // Munich is 612 km from Hamburg, Paris 745 km.
        Case(name: "distance", fences: [.withinKilometers(612)], fenced: [3: .distance]),
        Case(name: "distance, one less", fences: [.withinKilometers(611)], fenced: [2: .distance, 3: .distance]),
        Case(
            name: "unknown distance",
            fences: [.withinKilometers(.max)],
            arrange: { $0.locations[0].coordinates = nil },
            fenced: [1: .distance]
        ),
        Case(
            name: "stock share",
            fences: [.stockShare(percent: 50)],
            arrange: {
                $0.request = RoutingFixture.order([(7, 3), (8, 1)])
                $0.stock = [7: [1: 1, 2: 2, 3: 9], 8: [2: 0, 3: 1]]
            },
            fenced: [1: .stockShare]
        ),
        Case(
            name: "capacity",
            fences: [.capacityLeft],
            arrange: {
                $0.near.capacityLeft = 0
                $0.far.capacityLeft = 1
            },
            fenced: [1: .capacity]
        ),
        // One day within 100 km, two within 650, else four: Tuesday, Wednesday, Friday.
        Case(
            name: "on time",
            fences: [.onTime],
            arrange: { $0.request.promisedBy = CivilDate(year: 2026, month: 11, day: 25) },
            fenced: [3: .onTime]
        ),
        Case(name: "on time, nothing promised", fences: [.onTime], fenced: [:]),
        Case(name: "fresh feed", fences: [.freshFeed], arrange: { $0.far.isFresh = false }, fenced: [2: .freshFeed]),
        Case(
            name: "attribute",
            fences: [.attribute("coldChain")],
            arrange: {
                $0.request = RoutingFixture.order([(7, 1)], attributes: [["coldChain": "yes"]])
                $0.far.terms.attributes = ["coldChain": "yes"]
                $0.store.terms.attributes = ["coldChain": "no"]
            },
            fenced: [1: .attribute, 3: .attribute]
        ),
        Case(name: "attribute, no line has it", fences: [.attribute("coldChain")], fenced: [:]),
        Case(name: "customers, others", arrange: { $0.near.terms.customers = ["c-2"] }, fenced: [1: .customers]),
        Case(name: "customers, this one", arrange: { $0.near.terms.customers = ["c-2", "c-1"] }, fenced: [:]),
        Case(name: "full", arrange: { $0.request.sourcing.fullLocations = [2] }, fenced: [2: .noRoom]),
        Case(name: "excluded", arrange: { $0.request.sourcing.excludedLocations = [2] }, fenced: [2: .excluded]),
        Case(name: "asked for one", arrange: { $0.request.onlyLocations = [2] }, fenced: [1: .notAsked, 3: .notAsked]),
        Case(
            name: "several: the first in the rule's order",
            fences: [.countries(["DE"]), .kinds([.warehouse])],
            fenced: [2: .kind, 3: .country]
        ),
    ]

    @Test(arguments: cases.indices) func a_fence_keeps_out_and_says_so(index: Int) throws {
        let example = Self.cases[index]
        var fixture = RoutingFixture()
        example.arrange(&fixture)
        fixture.strategies = [RoutingStrategy(id: "s", fences: example.fences)]
        let record = try #require(fixture.decide()?.record)
        let fenced = Dictionary(uniqueKeysWithValues: record.fenced.map { ($0.location, $0.obstacle) })
        #expect(fenced == example.fenced, "\(example.name)")
        #expect(record.candidates == 3 - example.fenced.count, "\(example.name)")
        #expect(record.winner?.locations.allSatisfy { fenced[$0] == nil } == true, "\(example.name)")
    }

    @Test func the_capacity_that_one_order_takes_is_gone_for_the_next() {
        var fixture = RoutingFixture()
        fixture.near.capacityLeft = 2
        fixture.strategies = [RoutingStrategy(id: "s", fences: [.capacityLeft])]
        let decisions = fixture.decide([fixture.request, fixture.request, fixture.request])
        #expect(decisions.map { $0.sourcing.parcels.map(\.location) } == [[1], [1], [2]])
    }

    @Test func a_full_location_ships_a_day_later() throws {
        var fixture = RoutingFixture()
        fixture.near.capacityLeft = 1
        fixture.near.nextDayWithCapacity = CivilDate(year: 2026, month: 11, day: 26)
        fixture.strategies = [RoutingStrategy(id: "s", fences: [.kinds([.warehouse])])]
        let latest = fixture.decide([fixture.request, fixture.request]).map { $0.delivery?.latest.description }
        #expect(latest == ["2026-11-24", "2026-11-27"])
    }

    @Test func warehouses_of_certain_customers_are_closed_to_others_under_the_default_rule_too() {
        var fixture = RoutingFixture()
        fixture.near.terms.customers = ["c-2"]
        #expect(fixture.decide()?.sourcing.parcels.map(\.location) == [2])
        fixture.request.onlyLocations = [3]
        #expect(fixture.decide()?.sourcing.parcels.map(\.location) == [3])
        fixture.request.customer = nil
        fixture.request.onlyLocations = nil
        #expect(fixture.decide()?.sourcing.parcels.map(\.location) == [2])
    }
}
