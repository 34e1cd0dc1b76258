import Commerce
import Testing

/// Orders of one batch under rules, where locations take so many parcels a day.
struct RoutingCapacityTests {
    /// A Monday.
    private let monday = CivilDate(RoutingFixture.now)
    private let anywhere = RoutingStrategy(id: "anywhere")
    private let fast = RoutingStrategy(id: "fast", objective: .lexicographic([.deliveryTime]))

    private func day(_ offset: Int64) -> CivilDate { CivilDate(dayNumber: monday.dayNumber + offset) }

    private func near(_ perDay: Int64, _ taken: [CivilDate: Int64] = [:]) -> CapacityBook {
        CapacityBook([CapacityBook.Entry(location: 1, parcelsPerDay: perDay, firstDay: monday, taken: taken)])
    }

    private func decide(
        _ requests: [RoutingRequest],
        _ strategies: [RoutingStrategy],
        _ capacity: inout CapacityBook,
        fixture: RoutingFixture = RoutingFixture()
    ) -> [RoutedDecision] {
        var stock = fixture.snapshot
        return Routing.decide(requests, stock: &stock, capacity: &capacity, facts: fixture.facts, strategies: strategies)
    }

    private func parcels(_ decisions: [RoutedDecision]) -> [[Int64]] { decisions.map { $0.sourcing.parcels.map(\.location) } }

    @Test func each_order_of_a_batch_sees_the_days_that_those_before_it_took() {
        var book = near(2)
        let decisions = decide([RoutingRequest](repeating: RoutingFixture().request, count: 5), [anywhere], &book)
        #expect(parcels(decisions) == [[1], [1], [1], [1], [1]], "a full day is later delivery, no other location")
        #expect(decisions.map { $0.sourcing.parcels[0].day } == [monday, monday, day(1), day(1), day(2)])
        #expect(decisions.map { $0.delivery?.latest } == [day(1), day(1), day(2), day(2), day(3)])
        #expect(book.nextDay(1) == day(2) && book.leftOnFirstDay(1) == 0, "what was taken is taken for the next batch too")
    }

    @Test func the_day_it_is_booked_for_counts_as_later_delivery() {
        // A day of transit from near by, two from far away.
        var book = near(1)
        let decisions = decide([RoutingRequest](repeating: RoutingFixture().request, count: 5), [fast], &book)
        #expect(parcels(decisions) == [[1], [1], [2], [2], [2]])
        #expect(decisions.map { $0.record.winner?.values.first } == [1, 2, 2, 2, 2])
    }

    @Test func a_parcel_that_would_be_late_by_its_day_is_fenced_out() {
        var book = near(1)
        var request = RoutingFixture().request
        request.promisedBy = day(1)
        let decisions = decide([request, request], [RoutingStrategy(id: "on time", fences: [.onTime])], &book)
        #expect(parcels(decisions) == [[1], []])
        #expect(decisions[1].record.fenced.contains(FencedLocation(location: 1, obstacle: .onTime)))
        #expect(book.nextDay(1) == day(1), "what does not ship takes no day")
    }

    @Test(arguments: [true, false]) func a_location_that_fills_up_within_the_batch_gets_no_parcel_more(byRule: Bool) {
        var book = near(1, Dictionary(uniqueKeysWithValues: (0..<29).map { (day($0), 1) }))
        let requests = [RoutingRequest](repeating: RoutingFixture().request, count: 3)
        let closed = RoutingStrategy(id: "elsewhere", when: RoutingCondition(channels: ["other"]))
        let decisions = decide(requests, byRule ? [anywhere] : [closed], &book)
        #expect(parcels(decisions) == [[1], [2], [2]])
        #expect(decisions.map { $0.sourcing.parcels[0].day } == [day(29), nil, nil])
        if byRule { #expect(decisions[1].record.fenced == [FencedLocation(location: 1, obstacle: .noRoom)]) }
        #expect(book.full == [1])
    }

    private static func apart(_ strategy: RoutingStrategy) -> RoutingStrategy {
        var strategy = strategy
        strategy.keepApart = ["hazard"]
        return strategy
    }

    @Test func parcels_that_are_kept_apart_take_a_place_each() {
        let request = RoutingFixture.order([(7, 1), (8, 1)], attributes: [["hazard": "1"], ["hazard": "2"]])
        var book = near(1)
        let both = decide([request], [Self.apart(anywhere)], &book)
        #expect(parcels(both) == [[1, 1]])
        #expect(both[0].sourcing.parcels.map(\.day) == [monday, day(1)])
        #expect(both[0].deliveries.map { $0?.latest } == [day(1), day(2)])

        // The second one would leave on Wednesday: no faster than both from far away, where the first is not late.
        book = near(1, [day(1): 1])
        let slow = decide([request], [Self.apart(fast)], &book)
        #expect(parcels(slow) == [[2, 2]])

        // Of two that it may have to ship it can take one only.
        book = near(1, Dictionary(uniqueKeysWithValues: (0..<29).map { (day($0), 1) }))
        #expect(parcels(decide([request], [Self.apart(anywhere)], &book)) == [[2, 2]])
    }

    @Test func what_the_store_has_no_room_for_comes_from_elsewhere() {
        var request = RoutingFixture().request
        request.sourcing.shelf = 3
        var book = CapacityBook([CapacityBook.Entry(location: 3, parcelsPerDay: 0, firstDay: monday)])
        #expect(parcels(decide([request], [anywhere], &book)) == [[1]])
        book = CapacityBook([CapacityBook.Entry(location: 3, parcelsPerDay: 1, firstDay: monday)])
        let kept = decide([request], [anywhere], &book)
        #expect(parcels(kept) == [[3]] && kept[0].sourcing.parcels[0].day == monday)
    }

    @Test func no_day_is_ever_given_more_than_it_takes() {
        for seed in UInt64(0)..<300 {
            var world = RoutingWorld(seed: seed, holding: 80, units: 0...9)
            var random = SplitMix64(seed: seed)
            let entries = world.locations.filter { _ in random.chance(70) }.map { location in
                let taken = (0..<30).map { (day($0), Int64.random(in: 0...2, using: &random)) }
                let resting = (0..<30).filter { _ in random.chance(30) }.map { day($0) }
                return CapacityBook.Entry(
                    location: location.key,
                    parcelsPerDay: .random(in: 0...2, using: &random),
                    firstDay: monday,
                    restDays: Set(resting),
                    taken: Dictionary(uniqueKeysWithValues: taken.filter { _ in random.chance(90) })
                )
            }
            let strategies = random.chance(80) ? [world.strategy(), world.strategy()] : []
            let requests = (0..<8).map { world.request($0) }
            var stock = StockSnapshot(world.cells)
            var book = CapacityBook(entries)
            let facts = world.routingFacts
            let decisions = Routing.decide(requests, stock: &stock, capacity: &book, facts: facts, strategies: strategies)
            var planned: [[Int64]: Int64] = [:]
            for parcel in decisions.flatMap(\.sourcing.parcels) {
                let isLimited = entries.contains { $0.location == parcel.location }
                #expect((parcel.day != nil) == isLimited, "seed \(seed): each parcel of a location with a capacity has its day")
                if let day = parcel.day { planned[[parcel.location, day.dayNumber], default: 0] += 1 }
            }
            for (place, parcels) in planned {
                let entry = entries.first { $0.location == place[0] }
                let day = CivilDate(dayNumber: place[1])
                let room = (entry?.parcelsPerDay ?? 0) - (entry?.taken[day] ?? 0)
                #expect(parcels <= room && entry?.restDays.contains(day) == false, "seed \(seed)")
            }
        }
    }
}
