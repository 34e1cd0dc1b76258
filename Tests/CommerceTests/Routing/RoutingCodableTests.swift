import Commerce
import Foundation
import Testing

/// What is kept with a network and with a decision can be read again.
struct RoutingCodableTests {
    private func again<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }

    @Test func rules_of_every_kind_are_read_as_they_were_written() throws {
        let otherwise: [RoutingOtherwise] = [
            .next, .backorder, .cancel(reason: "gone"), .hold(RoutingHold()),
            .hold(RoutingHold(timeOutMinutes: 60, then: .cancel(reason: "late"))), .hold(RoutingHold(timeOutMinutes: 1, then: .next)),
        ]
        let strategies = otherwise.enumerated().map { index, otherwise in
            RoutingStrategy(
                id: "s\(index)",
                when: RoutingCondition(
                    channels: ["a"],
                    lineAttributes: [LineAttributeCondition(name: "gift", values: ["yes"], scope: .all)],
                    orderValue: OrderValueRange(from: 1, to: nil),
                    weekdays: [6, 7]
                ),
                fences: [
                    .kinds(Location.Kind.allCases), .suppliers(["a"]), .locations(["a"]), .countries(["DE"]), .regions(["n"]),
                    .withinKilometers(5), .stockShare(percent: 50), .capacityLeft, .onTime, .freshFeed, .attribute("cold"),
                ],
                keepTogether: ["kit"],
                keepApart: ["hazard"],
                split: SplitLimits(neverBelow: 1, furtherParcelWorth: 2, maximumParcels: 3),
                objective: index % 2 == 0
                    ? .lexicographic(RoutingCriterion.allCases) : .weighted([RoutingWeight(criterion: .cost, weight: 1)]),
                otherwise: otherwise
            )
        }
        let rules = RoutingRules(live: strategies, shadow: [strategies[0]])
        #expect(try again(rules) == rules)
        #expect(try again(RoutingRules.standard) == .standard)
    }

    @Test func a_record_is_read_as_it_was_written_and_is_small() throws {
        for seed in UInt64(0)..<60 {
            var world = RoutingWorld(seed: seed)
            let (request, strategy) = (world.request(1), world.strategy())
            var stock = StockSnapshot(world.cells)
            let decision = Routing.decide([request], stock: &stock, facts: world.routingFacts, strategies: [strategy]).first
            let record = try #require(decision?.record)
            #expect(try again(record) == record, "seed \(seed)")
            #expect(try JSONEncoder().encode(record).count < 1_024, "seed \(seed)")
        }
    }
}
