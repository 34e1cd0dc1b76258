import Commerce
import Testing

/// What ships together, what apart, and how far an order may be split.
struct RoutingSplitTests {
    /// Location: SKUs of its parcels, sorted by location, then SKUs.
    private func parcels(_ fixture: RoutingFixture) -> [[Int64]]? {
        fixture.decide()?.sourcing.parcels.map { [$0.location] + $0.lines.map(\.sku) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func split(_ limits: SplitLimits, units: [Int64] = [1, 1], partial: Bool = false) -> RoutedDecision? {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order(zip([7, 8], units).map { ($0, $1) })
        fixture.request.sourcing.acceptPartial = partial
        fixture.stock = [7: [1: 5], 8: [2: 5]]
        fixture.strategies = [RoutingStrategy(id: "s", split: limits)]
        return fixture.decide()
    }

    @Test(
        arguments: [
            (SplitLimits(), true), (SplitLimits(neverBelow: 2_000), true), (SplitLimits(neverBelow: 2_001), false),
            (SplitLimits(furtherParcelWorth: 1_000), true), (SplitLimits(furtherParcelWorth: 1_001), false),
            (SplitLimits(maximumParcels: 2), true), (SplitLimits(maximumParcels: 1), false), (SplitLimits(maximumParcels: 0), false),
        ]
    )
    func limits_forbid_a_split(limits: SplitLimits, isSplit: Bool) throws {
        for partial in [false, true] {
            let decision = try #require(split(limits, partial: partial))
            #expect(decision.sourcing.parcels.count == (isSplit ? 2 : 0))
            #expect(decision.record.shortfall == (isSplit ? nil : .splitLimits))
            #expect(decision.sourcing.waiting.count == (isSplit ? 0 : 2))
        }
    }

    /// All or nothing: an order that cannot be shipped whole within the limits goes the way of `otherwise` whole, also one that accepts parts.
    @Test(
        arguments: [SplitLimits(neverBelow: 9_000), SplitLimits(furtherParcelWorth: 9_000), SplitLimits(maximumParcels: 1)],
        [
            .backorder, .hold(RoutingHold(timeOutMinutes: 5)), .cancel(reason: "too many parcels"), .next,
        ] as [RoutingOtherwise]
    )
    func what_breaks_the_limits_goes_the_way_of_otherwise_whole(limits: SplitLimits, otherwise: RoutingOtherwise) throws {
        for (partial, units) in [(false, [1, 1]), (true, [1, 1]), (true, [1, 9])] as [(Bool, [Int64])] {
            var fixture = RoutingFixture()
            fixture.request = RoutingFixture.order(zip([7, 8], units).map { ($0, $1) })
            fixture.request.sourcing.acceptPartial = partial
            fixture.stock = [7: [1: 5], 8: [2: 5]]
            fixture.strategies = [
                RoutingStrategy(id: "limited", split: limits, otherwise: otherwise), RoutingStrategy(id: "free"),
            ]
            if limits.furtherParcelWorth == nil, limits.neverBelow != nil { fixture.request.orderValue = 8_999 }
            let decision = try #require(fixture.decide())
            let all = fixture.request.sourcing.lines
            #expect(decision.sourcing.parcels.count == (otherwise == .next ? 2 : 0))
            #expect(decision.record.shortfall == (otherwise != .next ? .splitLimits : units == [1, 1] ? nil : .notEnough))
            switch otherwise {
            case .backorder: #expect(decision.sourcing.waiting == all)
            case .hold: #expect(decision.held?.lines == all)
            case .cancel: #expect(decision.cancelled?.lines == all)
            case .next:
                #expect(decision.record.strategy == "free")
                #expect(decision.record.passedOver == [PassedOverStrategy(strategy: "limited", reason: .splitLimits)])
            }
        }
    }

    @Test func no_group_is_left_behind_so_that_the_others_fit_into_the_limits() throws {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order([(7, 2), (7, 2)], attributes: [["kit": "k1"], ["kit": "k2"]])
        fixture.request.sourcing.acceptPartial = true
        fixture.stock = [7: [1: 2, 2: 2]]
        fixture.strategies = [RoutingStrategy(id: "s", keepTogether: ["kit"], split: SplitLimits(maximumParcels: 1))]
        let decision = try #require(fixture.decide())
        #expect(decision.sourcing.parcels.isEmpty && decision.sourcing.waiting.map(\.quantity) == [2, 2])
        #expect(decision.record.shortfall == .splitLimits)
        // Where it is the stock that cannot do, what there is ships.
        fixture.stock = [7: [1: 3, 2: 1]]
        let part = try #require(fixture.decide())
        #expect(part.sourcing.parcels.flatMap(\.lines).map(\.quantity) == [2] && part.record.shortfall == .notEnough)
    }

    @Test func the_most_valuable_parcel_need_not_be_worth_the_limit_alone() throws {
        let decision = try #require(split(SplitLimits(furtherParcelWorth: 1_500), units: [2, 1]))
        #expect(decision.sourcing.parcels.isEmpty, "the second is worth 1,000")
        #expect(split(SplitLimits(furtherParcelWorth: 2_000), units: [2, 4])?.sourcing.parcels.count == 2)
    }

    @Test func one_parcel_is_as_good_as_its_goods_are_cheap() {
        var fixture = RoutingFixture()
        fixture.strategies = [RoutingStrategy(id: "s", split: SplitLimits(neverBelow: 9_000, furtherParcelWorth: 9_000, maximumParcels: 1))]
        #expect(parcels(fixture) == [[1, 7]])
    }

    @Test func goods_are_moved_to_a_parcel_that_would_be_worth_too_little() {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order([(7, 1), (8, 1), (9, 1), (10, 1)])
        fixture.stock = [7: [1: 1, 2: 1], 8: [1: 1, 2: 1], 9: [1: 1], 10: [2: 1]]
        fixture.strategies = [RoutingStrategy(id: "s")]
        #expect(parcels(fixture) == [[1, 7, 8, 9], [2, 10]])
        fixture.strategies[0].split.furtherParcelWorth = 2_000
        #expect(parcels(fixture) == [[1, 8, 9], [2, 7, 10]])
    }

    @Test func lines_that_belong_together_ship_from_one_location() {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order([(7, 1), (8, 1), (9, 1)], attributes: [["kit": "k1"], ["kit": "k1"], [:]])
        fixture.stock = [7: [1: 1, 2: 1], 8: [2: 1], 9: [1: 1]]
        fixture.strategies = [RoutingStrategy(id: "s")]
        #expect(parcels(fixture) == [[1, 7, 9], [2, 8]])
        fixture.strategies[0].keepTogether = ["kit"]
        #expect(parcels(fixture) == [[1, 9], [2, 7, 8]])
    }

    @Test func a_group_that_nobody_has_whole_waits_as_a_whole() throws {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order([(7, 1), (8, 1), (9, 1)], attributes: [["kit": "k1"], ["kit": "k1"], [:]])
        fixture.request.sourcing.acceptPartial = true
        fixture.stock = [7: [1: 1], 8: [2: 1], 9: [1: 1]]
        fixture.strategies = [RoutingStrategy(id: "s", keepTogether: ["kit"])]
        let decision = try #require(fixture.decide())
        #expect(decision.sourcing.parcels.flatMap(\.lines).map(\.sku) == [9])
        #expect(decision.sourcing.waiting.map(\.sku) == [7, 8] && decision.record.shortfall == .notEnough)
    }

    @Test func groups_chain_over_several_attributes() {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order(
            [(7, 1), (8, 1), (9, 1)],
            attributes: [["kit": "k1"], ["kit": "k1", "room": "r"], ["room": "r"]]
        )
        fixture.stock = [7: [1: 1, 3: 1], 8: [1: 1, 2: 1, 3: 1], 9: [2: 1, 3: 1]]
        fixture.strategies = [RoutingStrategy(id: "s", keepTogether: ["kit", "room"], objective: .lexicographic([.locationPriority]))]
        #expect(parcels(fixture) == [[3, 7, 8, 9]])
    }

    @Test func two_groups_may_want_the_same_sku_and_get_each_its_own() throws {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order([(7, 2), (7, 2)], attributes: [["kit": "k1"], ["kit": "k2"]])
        fixture.stock = [7: [1: 3, 2: 2]]
        fixture.strategies = [RoutingStrategy(id: "s", keepTogether: ["kit"])]
        let decision = try #require(fixture.decide())
        #expect(decision.sourcing.parcels.map(\.location) == [1, 2])
        #expect(decision.sourcing.parcels.flatMap(\.lines).map(\.quantity) == [2, 2])
        fixture.stock = [7: [1: 3, 2: 1]]
        #expect(fixture.decide()?.sourcing.parcels.isEmpty == true, "four there, and no two pairs")
        fixture.request.sourcing.acceptPartial = true
        #expect(fixture.decide()?.sourcing.parcels.flatMap(\.lines) == [ParcelLine(line: 0, sku: 7, quantity: 2)])
    }

    @Test func what_is_kept_apart_ships_in_parcels_of_its_own() throws {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order([(7, 1), (8, 1), (9, 1)], attributes: [["hazard": "1"], ["hazard": "2"], [:]])
        fixture.strategies = [RoutingStrategy(id: "s", keepApart: ["hazard"], objective: .lexicographic([.cost]))]
        let decision = try #require(fixture.decide())
        #expect(decision.sourcing.parcels.map { $0.lines.map(\.sku) } == [[7], [8], [9]])
        #expect(decision.record.winner?.values.first == 900, "three parcels of the cheapest location")
        #expect(decision.deliveries.count == 3)
        fixture.strategies[0].split.maximumParcels = 2
        #expect(fixture.decide()?.record.shortfall == .splitLimits)
    }
}
