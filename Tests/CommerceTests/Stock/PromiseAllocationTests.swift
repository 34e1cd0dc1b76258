import Commerce
import Testing

/// Who is promised which delivery.
struct PromiseAllocationTests {
    private func at(_ day: Int64) -> Timestamp { Timestamp(seconds: 1_800_000_000 + day * 86_400) }

    private func wait(
        _ order: Int64,
        _ units: Int64,
        partial: Bool = false,
        line: Int32 = 0,
        sku: Int64 = 7,
        without excluded: Set<Int64> = []
    ) -> PromiseAllocation.Wait {
        PromiseAllocation.Wait(order: order, line: line, sku: sku, units: units, acceptPartial: partial, excluded: excluded)
    }

    private func arrival(_ day: Int64, _ units: Int64, location: Int64 = 1, sku: Int64 = 7) -> PromiseAllocation.Arrival {
        PromiseAllocation.Arrival(sku: sku, location: location, at: at(day), units: units)
    }

    private func promises(
        _ waits: [PromiseAllocation.Wait],
        _ arrivals: [PromiseAllocation.Arrival],
        free: Int64 = 0,
        shortfall: Int64 = 0
    ) -> [Int64?] {
        let shelf = PromiseAllocation.Shelf(sku: 7, location: 1, free: free, shortfall: shortfall)
        return PromiseAllocation.promises(for: waits, shelves: [shelf], arrivals: arrivals).map { promise in
            promise.at.map { ($0.rawValue / 1_000_000 - 1_800_000_000) / 86_400 }
        }
    }

    @Test func the_oldest_gets_the_earliest() {
        let waits = [wait(3, 2), wait(1, 2), wait(2, 2), wait(4, 1)]
        #expect(promises(waits, [arrival(20, 3), arrival(10, 3)]) == [20, 10, 20, nil])
    }

    @Test func what_is_free_comes_first_and_has_no_date() {
        #expect(promises([wait(1, 2), wait(2, 2)], [arrival(10, 5)], free: 3) == [nil, 10])
    }

    @Test func a_whole_order_that_cannot_be_filled_holds_nobody_back() {
        #expect(promises([wait(1, 9), wait(2, 3)], [arrival(10, 3)]) == [nil, 10])
    }

    @Test func an_order_that_takes_parts_gets_what_there_is() {
        #expect(promises([wait(1, 9, partial: true), wait(2, 3)], [arrival(10, 3)]) == [nil, nil])
    }

    @Test func parcels_that_are_owed_come_before_those_who_wait() {
        #expect(promises([wait(1, 2)], [arrival(10, 3), arrival(20, 3)], shortfall: 2) == [20])
        #expect(
            promises([wait(1, 2)], [arrival(10, 3, location: 2), arrival(20, 3)], shortfall: 2) == [10],
            "another location owes nothing"
        )
    }

    @Test func skus_and_lines_are_apart() {
        let waits = [wait(1, 1, line: 1), wait(1, 1, line: 0), wait(1, 1, line: 2, sku: 8)]
        #expect(promises(waits, [arrival(10, 1), arrival(20, 1)]) == [20, 10, nil])
    }

    @Test func what_lies_there_needs_no_date_and_what_is_nowhere_has_none() {
        let waits = [wait(1, 2), wait(2, 2), wait(3, 2), wait(4, 1)]
        let shelves = [PromiseAllocation.Shelf(sku: 7, location: 1, free: 3, shortfall: 0)]
        #expect(
            PromiseAllocation.promises(for: waits, shelves: shelves, arrivals: [arrival(10, 1, location: 2), arrival(20, 2)])
                == [.there, .arrival(at: at(10), location: 2), .arrival(at: at(20), location: 1), .unknown]
        )
        #expect(PromiseAllocation.promises(for: waits, shelves: shelves, arrivals: []) == [.there, .unknown, .unknown, .there])
    }

    @Test func what_a_location_has_that_is_not_asked_again_is_nothing_to_its_order() {
        let waits = [wait(1, 2, without: [1]), wait(2, 2), wait(3, 1, without: [1, 2]), wait(4, 2, without: [2])]
        let shelves = [(1, 2), (2, 1)].map { PromiseAllocation.Shelf(sku: 7, location: $0.0, free: $0.1, shortfall: 0) }
        let arrivals = [arrival(10, 1, location: 2), arrival(20, 2)]
        #expect(
            PromiseAllocation.promises(for: waits, shelves: shelves, arrivals: arrivals)
                == [.arrival(at: at(10), location: 2), .there, .unknown, .arrival(at: at(20), location: 1)]
        )
    }

    @Test func without_deliveries_nothing_is_promised() {
        #expect(promises([wait(1, 1)], [], free: 5) == [nil])
        #expect(promises([], [arrival(1, 1)]) == [])
    }

    @Test func promises_never_exceed_what_comes_and_hold_for_whoever_is_older() {
        for seed in UInt64(0)..<500 {
            var random = SplitMix64(seed: seed)
            let free = Int64.random(in: 0...4, using: &random)
            let arrivals = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                arrival(Int64.random(in: 1...9, using: &random), Int64.random(in: 0...6, using: &random))
            }
            let waits = (0..<Int64(Int.random(in: 1...8, using: &random))).map {
                wait($0, Int64.random(in: 1...5, using: &random), partial: Bool.random(using: &random))
            }
            let found = promises(waits, arrivals, free: free)
            // Whatever is promised by a day has come by that day, together with all that older lines were promised.
            for day in Int64(1)...9 {
                let come = free + arrivals.reduce(0) { $0 + ($1.at <= at(day) ? $1.units : 0) }
                let promised = zip(waits, found).reduce(0) { $0 + (($1.1.map { $0 <= day } ?? false) ? $1.0.units : 0) }
                #expect(promised <= come, "seed \(seed), day \(day)")
            }
            #expect(
                promises(waits.shuffled(using: &random), arrivals.shuffled(using: &random), free: free).compactMap { $0 }.sorted()
                    == found.compactMap { $0 }.sorted(),
                "seed \(seed)"
            )
            // Somebody younger changes nothing.
            let more = promises(waits + [wait(100, Int64.random(in: 1...5, using: &random))], arrivals, free: free)
            #expect(Array(more.dropLast()) == found, "seed \(seed)")
        }
    }

    @Test func what_an_arrival_is_for_is_told_in_the_order_given() {
        let shelf = PromiseAllocation.Shelf(sku: 7, location: 1, free: 1, shortfall: 2)
        let uses = PromiseAllocation.uses(
            of: [arrival(20, 5), arrival(10, 4), arrival(10, 3, sku: 8), arrival(30, 0)],
            by: [wait(2, 3), wait(1, 2), wait(9, 50), wait(5, 1, sku: 9)],
            shelves: [shelf]
        )
        // The shelf's unit and one of the 4 for the oldest, after the 2 that are owed; the last of the 4 and two of the 5 for the next.
        #expect(uses == [.init(owed: 0, promised: 2), .init(owed: 2, promised: 2), .init(), .init()])
    }

    @Test func who_takes_parts_and_wants_more_than_there_is_takes_the_rest_of_every_arrival() {
        let arrivals = [arrival(10, 4), arrival(20, 5)]
        let parts = PromiseAllocation.Wait(order: 2, line: 0, sku: 7, units: 100, acceptPartial: true)
        let waits = [wait(1, 3), parts, wait(3, 1)]
        let uses = PromiseAllocation.uses(of: arrivals, by: waits, shelves: [])
        #expect(uses == [.init(promised: 3, undated: 1), .init(undated: 5)])
        #expect(promises(waits, arrivals) == [10, nil, nil], "nothing is left for the youngest")
    }
}
