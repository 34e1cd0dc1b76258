import Commerce
import Testing

/// What becomes of what a strategy cannot ship.
struct RoutingOtherwiseTests {
    /// SKU 7 lies in the warehouse, SKU 8 in the store, SKU 9 nowhere.
    private func fixture(_ needs: [(sku: Int64, quantity: Int64)], _ otherwise: RoutingOtherwise, partial: Bool = false) -> RoutingFixture {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order(needs)
        fixture.request.sourcing.acceptPartial = partial
        fixture.stock = [7: [1: 5], 8: [3: 5]]
        fixture.strategies = [
            RoutingStrategy(id: "warehouses", fences: [.kinds([.warehouse])], otherwise: otherwise),
            RoutingStrategy(id: "all", otherwise: .backorder),
        ]
        return fixture
    }

    @Test func the_next_strategy_decides_what_the_first_cannot() throws {
        let decision = try #require(fixture([(7, 1), (8, 1)], .next).decide())
        #expect(decision.sourcing.parcels.map(\.location) == [1, 3] && decision.sourcing.waiting.isEmpty)
        #expect(decision.record.strategy == "all" && decision.record.endedBy == nil)
        #expect(decision.record.passedOver == [PassedOverStrategy(strategy: "warehouses", reason: .notEnough)])
    }

    @Test func a_backorder_waits_though_a_later_strategy_could_ship() throws {
        let decision = try #require(fixture([(7, 1), (8, 1)], .backorder).decide())
        #expect(decision.sourcing.parcels.isEmpty && decision.sourcing.waiting.map(\.sku) == [7, 8])
        #expect(decision.record.strategy == "warehouses" && decision.record.shortfall == .notEnough)
        #expect(decision.record.endedBy == "warehouses" && decision.record.passedOver.isEmpty)
        #expect(decision.sourcing.search.method == .none && decision.delivery == nil)
    }

    @Test func an_order_is_held_until_an_agent_or_the_clock_acts() throws {
        for (then, after) in [(.backorder, nil), (.next, 2), (.cancel(reason: "too late"), 1)] as [(RoutingHold.Then, Int?)] {
            var fixture = fixture([(7, 1), (8, 1)], .hold(RoutingHold(timeOutMinutes: 90, then: then)))
            let held = try #require(fixture.decide())
            #expect(held.held == RoutingHeld(lines: fixture.request.sourcing.lines, timeOutMinutes: 90))
            #expect(held.sourcing.parcels.isEmpty && held.sourcing.waiting.isEmpty)

            fixture.request.hold = .released
            let released = try #require(fixture.decide())
            #expect(released.held == nil && released.sourcing.waiting.map(\.sku) == [7, 8])

            fixture.request.hold = .timedOut
            let timedOut = try #require(fixture.decide())
            #expect(timedOut.held == nil && timedOut.sourcing.parcels.count == after ?? 0)
            #expect(timedOut.cancelled?.reason == (after == 1 ? "too late" : nil))
            #expect(timedOut.sourcing.waiting.count == (after == nil ? 2 : 0))
        }
    }

    @Test func lines_that_cannot_be_shipped_whole_are_cancelled_and_the_others_shipped() throws {
        let decision = try #require(fixture([(7, 1), (8, 1), (7, 4), (7, 1)], .cancel(reason: "not for us")).decide())
        #expect(decision.sourcing.parcels.map(\.location) == [1])
        #expect(decision.sourcing.parcels.flatMap(\.lines).map(\.quantity) == [1, 4])
        #expect(decision.cancelled?.lines == [SourcingNeed(line: 1, sku: 8, quantity: 1), SourcingNeed(line: 3, sku: 7, quantity: 1)])
        #expect(decision.cancelled?.reason == "not for us" && decision.sourcing.waiting.isEmpty)
        #expect(decision.record.shortfall == .notEnough && decision.record.endedBy == "warehouses")
    }

    @Test func where_nothing_can_be_shipped_everything_is_cancelled() throws {
        let decision = try #require(fixture([(9, 2), (8, 1)], .cancel(reason: "gone")).decide())
        #expect(decision.sourcing.parcels.isEmpty && decision.cancelled?.lines.map(\.quantity) == [2, 1])
        var limited = fixture([(7, 1), (8, 1)], .next)
        limited.strategies[1].split.maximumParcels = 1
        limited.strategies[1].otherwise = .cancel(reason: "too many parcels")
        #expect(limited.decide()?.cancelled?.lines.map(\.sku) == [7, 8])
    }

    @Test func an_order_that_accepts_parts_gets_them_and_the_rest_goes_its_way() throws {
        let waits = try #require(fixture([(7, 9), (9, 1)], .backorder, partial: true).decide())
        #expect(waits.sourcing.parcels.flatMap(\.lines).map(\.quantity) == [5] && waits.sourcing.waiting.map(\.quantity) == [4, 1])
        let held = try #require(fixture([(7, 9), (9, 1)], .hold(RoutingHold()), partial: true).decide())
        #expect(held.sourcing.takesStock && held.held?.lines.map(\.quantity) == [4, 1])
        let cancelled = try #require(fixture([(7, 9), (9, 1)], .cancel(reason: "x"), partial: true).decide())
        #expect(cancelled.sourcing.takesStock && cancelled.cancelled?.lines.map(\.quantity) == [4, 1])
    }

    @Test func parts_come_from_the_strategy_that_ships_most() throws {
        var fixture = fixture([(7, 2), (8, 1), (9, 1)], .next, partial: true)
        #expect(fixture.decide()?.record.strategy == "all")
        fixture.strategies[1].fences = [.kinds([.store])]
        fixture.strategies[1].otherwise = .hold(RoutingHold())
        let decision = try #require(fixture.decide())
        #expect(decision.record.strategy == "warehouses" && decision.record.endedBy == "all")
        #expect(decision.sourcing.parcels.map(\.location) == [1] && decision.held?.lines.map(\.sku) == [8, 9])
    }

    @Test func after_the_last_strategy_an_order_waits() throws {
        var fixture = fixture([(9, 1)], .next)
        fixture.strategies[1].otherwise = .next
        let decision = try #require(fixture.decide())
        #expect(decision.sourcing.waiting.map(\.sku) == [9] && decision.record.strategy == "all")
        #expect(decision.record.passedOver.map(\.strategy) == ["warehouses"])
    }

    @Test func units_kept_for_others_are_not_there() {
        var fixture = fixture([(7, 4)], .backorder)
        fixture.keeps = [StockKeep(sku: 7, holder: .lease(4), units: 2)]
        #expect(fixture.decide()?.sourcing.waiting.map(\.quantity) == [4])
        fixture.request.sourcing.holders = [.lease(4)]
        #expect(fixture.decide()?.sourcing.parcels.flatMap(\.lines).map(\.quantity) == [4])
        // Once its holder was decided for, the lease is used up and the rest is free.
        var small = fixture.request
        small.sourcing.lines[0].quantity = 1
        var other = fixture.request
        other.sourcing.holders = []
        #expect(fixture.decide([small, other]).map(\.sourcing.takesStock) == [true, true])
    }

    @Test func orders_of_nothing_and_enormous_numbers_do_no_harm() throws {
        var fixture = fixture([], .backorder)
        #expect(fixture.decide()?.sourcing.parcels.isEmpty == true)
        fixture.request = RoutingFixture.order([(7, 0), (7, -3)])
        #expect(fixture.decide()?.sourcing.waiting.isEmpty == true)
        fixture.request = RoutingFixture.order([(7, 1_000_000), (8, 1)])
        fixture.request.sourcing.lines[1].quantity = .max
        fixture.request.sourcing.acceptPartial = true
        for index in fixture.request.lines.indices {
            fixture.request.lines[index].unitValue = .max
            fixture.request.lines[index].unitGrams = .max
        }
        fixture.stock = [7: [1: .max, 2: .max], 8: [1: .max, 3: 7]]
        fixture.near.parcelCost = .max
        fixture.near.terms = LocationTerms(costPerKilogram: .max, costPer100Kilometers: .max)
        (fixture.near.capacityTotal, fixture.near.capacityLeft) = (.max, .min)
        (fixture.near.supplierPriority, fixture.near.reliability, fixture.near.leadTimeHours) = (.max, .min, .max)
        let weights = RoutingCriterion.allCases.map { RoutingWeight(criterion: $0, weight: .max) }
        for objective in [RoutingObjective.weighted(weights), .lexicographic(RoutingCriterion.allCases)] {
            fixture.strategies = [
                RoutingStrategy(
                    id: "s",
                    fences: [.withinKilometers(.max), .stockShare(percent: .max)],
                    split: SplitLimits(neverBelow: .min, furtherParcelWorth: .min, maximumParcels: .max),
                    objective: objective
                ),
                RoutingStrategy(id: "t", split: SplitLimits(furtherParcelWorth: .max), objective: objective),
            ]
            fixture.strategies[0].otherwise = .next
            #expect(fixture.decide() != nil)
        }
    }
}
