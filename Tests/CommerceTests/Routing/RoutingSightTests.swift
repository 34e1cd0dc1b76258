import Commerce
import Testing

/// What orders found when they were decided, and deciding them again from it.
struct RoutingSightTests {
    private static let locations = SourcingLocations([
        SourcingLocation(key: 1, id: "near", priority: 10, coordinates: RoutingFixture.hamburg),
        SourcingLocation(key: 2, id: "far", priority: 20, coordinates: RoutingFixture.munich),
        SourcingLocation(key: 3, id: "store", priority: 30),
    ])

    private static func request(_ order: Int64, _ needs: [(sku: Int64, quantity: Int64)], excluded: [Int64] = []) -> SourcingRequest {
        SourcingRequest(
            order: order,
            acceptPartial: true,
            destination: RoutingFixture.hamburg,
            lines: needs.enumerated().map { SourcingNeed(line: Int32($0.offset), sku: $0.element.sku, quantity: $0.element.quantity) },
            excludedLocations: excluded,
            holders: [.channel(1)]
        )
    }

    @Test func each_order_finds_what_those_before_it_left() {
        let stock = StockSnapshot(
            [
                StockCell(sku: 8, location: 3, available: 4), StockCell(sku: 7, location: 1, available: 3),
                StockCell(sku: 7, location: 2, available: 9), StockCell(sku: 7, location: 3, available: 0),
            ],
            keeps: [StockKeep(sku: 7, holder: .channel(2), units: 2), StockKeep(sku: 7, holder: .channel(1), units: 5)]
        )
        let today = CivilDate(RoutingFixture.now)
        let tomorrow = CivilDate(dayNumber: today.dayNumber + 1)
        let capacity = CapacityBook([CapacityBook.Entry(location: 1, parcelsPerDay: 2, firstDay: today, taken: [today: 1])])
        let requests = [Self.request(1, [(7, 2), (8, 0)]), Self.request(2, [(8, 1), (7, 1), (8, 2)], excluded: [2])]
        var (left, room) = (stock, capacity)
        let decisions = Sourcing.decide(requests, stock: &left, capacity: &room, locations: Self.locations)
        let sights = RoutingSight.each(of: requests, decisions: decisions, stock: stock, capacity: capacity)

        #expect(
            sights == [
                RoutingSight(
                    needs: [SourcingNeed(line: 0, sku: 7, quantity: 2)],
                    skus: [7],
                    kept: [2],
                    places: [.init(location: 1, capacityLeft: 1, overflowDay: tomorrow), .init(location: 2)],
                    units: [3, 9]
                ),
                RoutingSight(
                    needs: requests[1].lines,
                    skus: [7, 8],
                    kept: [2, 0],
                    places: [
                        .init(location: 1, capacityLeft: 0, overflowDay: tomorrow), .init(location: 2, isExcluded: true),
                        .init(location: 3),
                    ],
                    units: [1, 0, 9, 0, 0, 4]
                ),
            ]
        )
        #expect(sights[1].wanted == [1, 3] && (0..<3).map { sights[1].had($0, of: [1, 3]) } == [1, 1, 3])
    }

    @Test func the_default_rule_tells_its_answer_and_the_next_best_location() throws {
        let cells = [(1, 1), (2, 5), (3, 5)].map { StockCell(sku: 7, location: $0.0, available: $0.1) }
        func record(
            _ units: Int64,
            excluded: [Int64] = [],
            full: [Int64] = [],
            closed: [Int64] = []
        ) throws -> RoutingRecord {
            let stock = StockSnapshot(cells)
            var request = Self.request(1, [(7, units)], excluded: excluded)
            request.closedLocations = closed
            let day = CivilDate(RoutingFixture.now)
            let room = CapacityBook(full.map { CapacityBook.Entry(location: $0, parcelsPerDay: 0, firstDay: day) })
            var (left, capacity) = (stock, room)
            let decisions = Sourcing.decide([request], stock: &left, capacity: &capacity, locations: Self.locations)
            let sights = RoutingSight.each(of: [request], decisions: decisions, stock: stock, capacity: room)
            let (decision, sight) = (try #require(decisions.first), try #require(sights.first))
            return sight.record(of: decision, to: request.destination, closed: Set(closed), locations: Self.locations)
        }
        let one = try record(1)
        #expect(one.strategy == nil && one.criteria == [.parcels, .locationPriority, .distance] && one.candidates == 3)
        #expect(one.winner == RoutingScore(locations: [1], values: [1, 10, 0]))
        #expect(one.runnerUp?.locations == [2] && one.runnerUp?.values.prefix(2) == [1, 20])
        let several = try record(7)
        #expect(several.winner?.locations == [2, 3] && several.winner?.values.prefix(2) == [2, 50] && several.runnerUp == nil)
        let refused = try record(2, excluded: [2])
        #expect(refused.winner?.locations == [3] && refused.runnerUp == nil)
        #expect(refused.fenced == [FencedLocation(location: 2, obstacle: .excluded)] && refused.candidates == 2)
        let (full, closed) = (try record(2, full: [2]), try record(2, full: [3], closed: [2, 3]))
        #expect(full.fenced == [FencedLocation(location: 2, obstacle: .noRoom)] && full.winner?.locations == [3])
        #expect(closed.fenced == [2, 3].map { FencedLocation(location: $0, obstacle: .customers) })
        #expect(closed.winner?.locations == [1] && closed.runnerUp == nil)
        let nothing = try record(1, excluded: [1, 2, 3])
        #expect(nothing.winner == nil && nothing.runnerUp == nil && nothing.candidates == 0)
    }

    @Test func what_refused_the_order_and_what_has_no_room_are_told_apart() throws {
        let cells = [1, 2, 3].map { StockCell(sku: 7, location: $0, available: 5) }
        let request = Self.request(1, [(7, 1)], excluded: [1, 2])
        let today = CivilDate(RoutingFixture.now)
        let capacity = CapacityBook([2, 3].map { CapacityBook.Entry(location: $0, parcelsPerDay: 0, firstDay: today) })
        let sights = RoutingSight.each(
            of: [request],
            decisions: [.nothingWanted(of: 1)],
            stock: StockSnapshot(cells),
            capacity: capacity
        )
        let sight = try #require(sights.first)
        #expect(sight.places.map(\.isExcluded) == [true, true, false] && sight.places.map(\.hasNoRoom) == [false, true, true])
        #expect(sight.places.allSatisfy { !$0.mayShip } && sight.places.map(\.isFull) == [false, true, true])
        let again = sight.sourcing(of: 1, acceptPartial: true, destination: nil)
        #expect(again.excludedLocations == [1, 2] && again.fullLocations == [2, 3])
        #expect([1, 2, 3].map { again.obstacle(at: $0) } == [.excluded, .excluded, .noRoom])
        let routed = sight.decide(
            RoutingRequest(sourcing: again, channel: "shop", country: "DE", day: today),
            facts: RoutingFacts(locations: Self.locations, facts: [], now: RoutingFixture.now),
            strategies: [RoutingStrategy(id: "any")]
        )
        #expect(routed.decision.record.fenced.sorted { $0.location < $1.location }.map(\.obstacle) == [.excluded, .excluded, .noRoom])
        #expect(routed.decision.sourcing.waiting.count == 1)
    }

    /// Strategies that are for other orders change nothing but the list of them.
    @Test func the_default_rule_explains_itself_the_same_with_strategies_and_without() {
        let other = RoutingStrategy(id: "other", when: RoutingCondition(channels: ["nobody's"]))
        var (second, kept) = (0, 0)
        for seed in UInt64(80_000)..<80_400 {
            var world = RoutingWorld(seed: seed)
            var routing = world.request(1)
            routing.onlyLocations = nil
            var sourced = routing.sourcing
            sourced.closedLocations = world.facts.filter { !$0.terms.serves(routing.customer) }.map(\.location)
            var (stock, left) = (StockSnapshot(world.cells), StockSnapshot(world.cells))
            let routed = Routing.decide([routing], stock: &stock, facts: world.routingFacts, strategies: [other])
            let decisions = Sourcing.decide([sourced], stock: &left, locations: SourcingLocations(world.locations))
            let sights = RoutingSight.each(
                of: [sourced],
                decisions: decisions,
                stock: StockSnapshot(world.cells),
                capacity: CapacityBook()
            )
            guard let decision = decisions.first, let sight = sights.first, var record = routed.first?.record else { continue }
            #expect(record.passedOver == [PassedOverStrategy(strategy: "other", reason: .channel)], "seed \(seed)")
            record.passedOver = []
            let plain = sight.record(
                of: decision,
                to: sourced.destination,
                closed: Set(sourced.closedLocations),
                locations: SourcingLocations(world.locations)
            )
            #expect(record == plain, "seed \(seed)")
            second += record.runnerUp == nil ? 0 : 1
            kept += record.fenced.isEmpty ? 0 : 1
        }
        #expect(second > 40 && kept > 40, "\(second) with a runner-up, \(kept) with locations kept out")
    }

    /// The present rules give what was decided: what is kept is enough.
    @Test func decided_again_by_the_same_rules_every_order_comes_to_the_same() throws {
        var (shipped, differ) = (0, 0)
        for seed in UInt64(70_000)..<70_600 {
            var world = RoutingWorld(seed: seed)
            for index in world.facts.indices { world.facts[index].capacityLeft = nil }
            let strategies = world.random.chance(20) ? [] : [world.strategy("a"), world.strategy("b")]
            let requests = (1...6 as ClosedRange<Int64>).map { order in
                var request = world.request(order)
                request.onlyLocations = nil
                request.sourcing.holders = [.channel(world.random.pick([1, 2]))]
                return request
            }
            let keeps = [StockKeep(sku: 1, holder: .channel(1), units: 2), StockKeep(sku: 2, holder: .lease(7), units: 1)]
            let stock = StockSnapshot(world.cells, keeps: keeps)
            var left = stock
            let decisions = Routing.decide(requests, stock: &left, facts: world.routingFacts, strategies: strategies)
            let sights = RoutingSight.each(
                of: requests.map(\.sourcing),
                decisions: decisions.map(\.sourcing),
                stock: stock,
                capacity: CapacityBook()
            )
            for (index, sight) in sights.enumerated() {
                var again = requests[index]
                again.sourcing = sight.sourcing(
                    of: again.sourcing.order,
                    acceptPartial: again.sourcing.acceptPartial,
                    destination: again.sourcing.destination
                )
                let keys = sight.places.map(\.location)
                var seen = world
                seen.locations = world.locations.filter { keys.contains($0.key) }
                let facts = seen.routingFacts
                let rehearsed = sight.decide(again, facts: facts, strategies: strategies)
                #expect(rehearsed.decision.doesSame(as: decisions[index]), "seed \(seed), order \(index + 1)")
                shipped += rehearsed.decision.sourcing.takesStock ? 1 : 0
                let other = sight.decide(again, facts: facts, strategies: [world.strategy("c")])
                differ += other.decision.doesSame(as: decisions[index]) ? 0 : 1
            }
        }
        #expect(shipped > 900 && differ > 300, "\(shipped) shipped, \(differ) differ by other rules")
    }

    @Test(arguments: [
        // A Monday: one day's transit, four of which the weekend is no part.
        (0, 1, 1), (0, 4, 4), (0, 5, 5), (3, 4, 4),
        // From a Friday, a Saturday and a Sunday on.
        (4, 1, 1), (4, 3, 3), (5, 1, 2), (6, 1, 2),
    ])
    func days_of_a_rehearsal_are_working_days_from_the_day_of_the_decision(later: Int64, transit: Int64, days: Int64) throws {
        #expect(try rehearsed(later: later, transit: transit).days == days)
    }

    @Test func what_was_full_then_ships_on_its_next_day_with_room() throws {
        let day = CivilDate(RoutingFixture.now).dayNumber
        var place = RoutingSight.Place(location: 1, capacityLeft: 0, overflowDay: CivilDate(dayNumber: day + 3))
        #expect(try rehearsed(later: 0, transit: 2, place).days == 5, "handled on Thursday, there on Monday")
        (place.capacityLeft, place.overflowDay) = (1, CivilDate(dayNumber: day + 1))
        #expect(try rehearsed(later: 0, transit: 2, place).days == 2)
        let apart = RoutingStrategy(id: "apart", keepApart: ["hazard"])
        let two = try rehearsed(later: 0, transit: 2, place, [apart])
        #expect(two.decision.sourcing.parcels.count == 2 && two.days == 3, "its second parcel leaves a day later")
        place.hasNoRoom = true
        #expect(try rehearsed(later: 0, transit: 2, place).days == nil)
    }

    /// An order of two lines decided again so many days after a Monday, from a location that is so many days away.
    private func rehearsed(
        later: Int64,
        transit: Int64,
        _ place: RoutingSight.Place = .init(location: 1),
        _ strategies: [RoutingStrategy] = []
    ) throws -> RehearsedDecision {
        let sight = RoutingSight(
            needs: [SourcingNeed(line: 0, sku: 7, quantity: 1), SourcingNeed(line: 1, sku: 8, quantity: 1)],
            skus: [7, 8],
            kept: [0, 0],
            places: [place],
            units: [5, 5]
        )
        let moment = RoutingFixture.now.adding(seconds: later * 86_400)
        var fact = LocationFacts(location: 1, country: "DE")
        RoutingSight.put(place, into: &fact)
        let facts = RoutingFacts(
            locations: Self.locations,
            facts: [fact],
            delivery: DeliveryCalendar(transit: [TransitTable(bands: [.init(kilometers: nil, days: transit)])]),
            now: moment
        )
        var request = RoutingFixture.order([(7, 1), (8, 1)], attributes: [["hazard": "1"], [:]])
        request.day = CivilDate(moment)
        request.sourcing = sight.sourcing(of: 1, acceptPartial: false, destination: RoutingFixture.hamburg)
        return sight.decide(request, facts: facts, strategies: strategies)
    }

    @Test func what_a_rehearsal_comes_to_is_summed() throws {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order([(7, 2), (8, 1)])
        let requests = [fixture.request.sourcing]
        let sights = RoutingSight.each(of: requests, decisions: [.nothingWanted(of: 1)], stock: fixture.snapshot, capacity: CapacityBook())
        let sight = try #require(sights.first)
        var sums = RehearsalSums()
        let cheapest = RoutingStrategy(id: "cheapest", objective: .lexicographic([.cost]))
        let shipped = sight.decide(fixture.request, facts: fixture.facts, strategies: [cheapest])
        #expect(shipped.decision.sourcing.parcels.map(\.location) == [3] && shipped.cost == 300 && shipped.days == 4, "Monday to Friday")
        sums.add(shipped)
        let held = RoutingStrategy(id: "held", fences: [.kinds([.supplier])], otherwise: .hold(RoutingHold()))
        sums.add(sight.decide(fixture.request, facts: fixture.facts, strategies: [held]))
        let cancelled = RoutingStrategy(id: "cancelled", fences: [.kinds([.supplier])], otherwise: .cancel(reason: "no"))
        sums.add(sight.decide(fixture.request, facts: fixture.facts, strategies: [cancelled]))
        let waiting = RoutingStrategy(id: "waiting", fences: [.kinds([.supplier])])
        sums.add(sight.decide(fixture.request, facts: fixture.facts, strategies: [waiting]))
        #expect(sums.parcels == 1 && sums.cost == 300 && sums.tenthsOfDays == 40 && sums.dated == 1)
        #expect(sums.held == 1 && sums.backordered == 1 && sums.cancelledLines == 2)
        #expect(sums.kilometers == (shipped.meters + 500) / 1_000 && sums.kilometers > 700)
    }
}
