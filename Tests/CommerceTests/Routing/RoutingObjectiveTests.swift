import Commerce
import Testing

/// Which answer is best: each criterion, alone and beside others.
struct RoutingObjectiveTests {
    private struct Case {
        var criterion: RoutingCriterion
        var arrange: @Sendable (inout RoutingFixture) -> Void = { _ in }
        var best: [Int64]
        /// What the winner is worth by the criterion.
        var value: Int64
    }

    private static let cases = [
        Case(
            criterion: .parcels,
            arrange: {
                $0.request = RoutingFixture.order([(7, 1), (8, 1)])
                $0.stock = [7: [1: 1, 3: 1], 8: [2: 1, 3: 1]]
            },
            best: [3],
            value: 1
        ),
        Case(criterion: .cost, best: [3], value: 300),
        Case(
            criterion: .cost,
            arrange: {
                $0.request = RoutingFixture.order([(7, 2)])
                $0.store.terms.costPerKilogram = 100
                $0.far.terms.costPerKilogram = 20
                $0.far.terms.costPer100Kilometers = 5
            },
            best: [2],
            value: 400 + 2 * 20 + 7 * 5
        ),
        Case(criterion: .distance, best: [1], value: 0),
        Case(criterion: .deliveryTime, arrange: { $0.near.leadTimeHours = 96 }, best: [2], value: 2),
        Case(criterion: .locationPriority, arrange: { $0.locations[1].priority = -5 }, best: [2], value: -5),
        Case(criterion: .supplierPriority, arrange: { $0.store.supplierPriority = 1 }, best: [3], value: 1),
        Case(
            criterion: .supplierReliability,
            arrange: {
                $0.near.reliability = 900_000
                $0.far.reliability = 997_500
                $0.store.reliability = 0
            },
            best: [2],
            value: 25
        ),
        Case(
            criterion: .capacityBalance,
            arrange: {
                for fact in [\RoutingFixture.near, \.far, \.store] { $0[keyPath: fact].capacityTotal = 10 }
                $0.near.capacityLeft = 1
                $0.far.capacityLeft = 6
                $0.store.capacityLeft = 4
            },
            best: [2],
            value: 5_000
        ),
        Case(criterion: .stockBalance, arrange: { $0.stock = [7: [1: 5, 2: 8, 3: 40]] }, best: [3], value: 0),
        Case(criterion: .markdown, arrange: { $0.store.terms.markdown = true }, best: [3], value: 0),
    ]

    @Test(arguments: cases.indices) func a_criterion_decides(index: Int) throws {
        let example = Self.cases[index]
        var fixture = RoutingFixture()
        example.arrange(&fixture)
        let objectives: [RoutingObjective] = [
            .lexicographic([example.criterion]),
            .weighted([RoutingWeight(criterion: example.criterion, weight: 3)]),
        ]
        for objective in objectives {
            fixture.strategies = [RoutingStrategy(id: "s", objective: objective)]
            let record = try #require(fixture.decide()?.record)
            #expect(record.winner?.locations == example.best, "\(example.criterion)")
            #expect(record.criteria.first == example.criterion && record.winner?.values.first == example.value, "\(example.criterion)")
            #expect(record.runnerUp != nil, "\(example.criterion)")
        }
    }

    @Test func the_second_criterion_decides_between_what_the_first_leaves_equal() {
        var fixture = RoutingFixture()
        fixture.store.parcelCost = 400
        fixture.strategies = [RoutingStrategy(id: "s", objective: .lexicographic([.cost, .distance]))]
        #expect(fixture.decide()?.record.winner?.locations == [2])
        #expect(fixture.decide()?.record.runnerUp?.locations == [3])
    }

    @Test func weights_are_worth_what_they_say() {
        var fixture = RoutingFixture()
        func best(dayIsWorth weight: Int64) -> [Int64]? {
            fixture.strategies = [
                RoutingStrategy(
                    id: "s",
                    objective: .weighted([
                        RoutingWeight(criterion: .cost, weight: 1), RoutingWeight(criterion: .deliveryTime, weight: weight),
                    ])
                )
            ]
            return fixture.decide()?.record.winner?.locations
        }
        // near 500 and 1 day, far 400 and 2 days, store 300 and 4 days.
        #expect(best(dayIsWorth: 49) == [3])
        #expect(best(dayIsWorth: 51) == [2])
        #expect(best(dayIsWorth: 101) == [1])
        fixture.far.parcelCost = 100_000
        #expect(best(dayIsWorth: .max) == [1], "cut to what a weight may be")
        #expect(best(dayIsWorth: -7) == [3], "less than nothing is nothing")
    }

    @Test func goods_to_be_cleared_come_from_where_they_lie_even_in_a_parcel_more() {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order([(7, 2), (8, 1)])
        fixture.store.terms.markdown = true
        fixture.stock = [7: [1: 5, 3: 2], 8: [1: 5]]
        fixture.strategies = [RoutingStrategy(id: "s", objective: .lexicographic([.markdown, .parcels]))]
        let parcels = fixture.decide()?.sourcing.parcels
        #expect(parcels?.first { $0.location == 3 }?.lines.map(\.sku) == [7])
        #expect(parcels?.first { $0.location == 1 }?.lines.map(\.sku) == [8])
    }

    @Test func a_record_survives_being_kept() throws {
        var fixture = RoutingFixture()
        fixture.strategies = [
            RoutingStrategy(id: "other", when: RoutingCondition(channels: ["b2b"])),
            RoutingStrategy(id: "s", fences: [.kinds([.warehouse, .store])]),
        ]
        let record = try #require(fixture.decide()?.record)
        #expect(record.strategy == "s" && record.passedOver == [PassedOverStrategy(strategy: "other", reason: .channel)])
        #expect(record.winner == RoutingScore(locations: [1], values: [1, 10, 0]))
        #expect(record.runnerUp?.locations == [3] && !record.wasCut && record.shortfall == nil && record.endedBy == nil)
    }
}
