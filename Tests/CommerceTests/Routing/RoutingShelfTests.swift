import Commerce
import Testing

/// Orders that are collected at a store, decided by rules.
struct RoutingShelfTests {
    private static func order(_ attributes: [String: String], shelf: Int64? = nil) -> RoutingRequest {
        var request = RoutingFixture.order([(7, 1)], attributes: [attributes])
        request.sourcing.shelf = shelf
        return request
    }

    private static func decide(_ requests: [RoutingRequest], storeHas: Int64) -> [RoutedDecision] {
        var fixture = RoutingFixture()
        fixture.stock = [7: [1: 10, 2: 10, 3: storeHas]]
        var stock = fixture.snapshot
        let near = RoutingStrategy(
            id: "near",
            when: RoutingCondition(lineAttributes: [LineAttributeCondition(name: "near")]),
            fences: [.locations(["near"])]
        )
        return Routing.decide(
            requests,
            stock: &stock,
            facts: fixture.facts,
            strategies: [near, RoutingStrategy(id: "cheap", objective: .lexicographic([.cost]))]
        )
    }

    @Test func what_the_store_has_is_gone_before_the_next_order_is_decided() {
        let decisions = Self.decide([Self.order(["near": "yes"], shelf: 3), Self.order([:])], storeHas: 1)
        #expect(decisions.map { $0.sourcing.parcels.map(\.location) } == [[3], [2]])
        #expect(decisions[0].deliveries.count == 1)
    }

    @Test func what_it_has_not_travels_there() {
        let decisions = Self.decide([Self.order(["near": "yes"], shelf: 3), Self.order([:])], storeHas: 0)
        #expect(decisions.map { $0.sourcing.parcels.map(\.location) } == [[1], [2]])
    }

    @Test func a_parcel_that_was_spared_leaves_its_capacity_to_the_next() {
        var fixture = RoutingFixture()
        fixture.near.capacityLeft = 1
        fixture.stock = [7: [1: 10, 3: 1]]
        var stock = fixture.snapshot
        let decisions = Routing.decide(
            [Self.order([:], shelf: 3), Self.order([:])],
            stock: &stock,
            facts: fixture.facts,
            strategies: [RoutingStrategy(id: "today", fences: [.locations(["near"]), .capacityLeft])]
        )
        #expect(decisions.map { $0.sourcing.parcels.map(\.location) } == [[3], [1]])
    }
}
