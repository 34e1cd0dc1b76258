import Commerce
import Testing

/// Parcels per day.
struct CapacityBookTests {
    private let today = CivilDate(year: 2026, month: 12, day: 30)

    private func day(_ offset: Int64) -> CivilDate { CivilDate(dayNumber: today.dayNumber + offset) }

    private func entry(_ location: Int64, _ perDay: Int64, _ taken: [CivilDate: Int64] = [:]) -> CapacityBook.Entry {
        CapacityBook.Entry(location: location, parcelsPerDay: perDay, firstDay: today, taken: taken)
    }

    @Test func a_full_day_overflows_to_the_next_with_room() {
        var book = CapacityBook([entry(1, 2, [today: 1, day(1): 2, day(2): 3, day(-1): 9])])
        #expect(book.leftOnFirstDay(1) == 1)
        let first = book.reserve(1)
        #expect(first == today)
        #expect(book.leftOnFirstDay(1) == 0)
        #expect(book.nextDay(1) == day(3), "over the turn of the year: \(day(3))")
        let others = (0..<3).map { _ in book.reserve(1) }
        #expect(others == [day(3), day(3), day(4)])
        #expect(day(3).description == "2027-01-02")
    }

    @Test func a_location_without_a_capacity_takes_any_number_and_holds_nothing() {
        var book = CapacityBook([entry(1, 0)])
        #expect(book.leftOnFirstDay(2) == nil && book.hasRoom(2))
        let days = [book.reserve(2), book.reserve(1)]
        #expect(days == [nil, nil])
        #expect(book.full == [1], "a capacity of 0 is room for none")
        #expect(CapacityBook().isEmpty)
    }

    @Test func the_horizon_is_the_end() {
        var book = CapacityBook([entry(1, 1)])
        let days = (0..<CapacityBook.horizonDays).map { _ in book.reserve(1) }
        #expect(days == (0..<Int64(CapacityBook.horizonDays)).map { day($0) })
        let beyond = book.reserve(1)
        #expect(!book.hasRoom(1) && beyond == nil && book.full == [1])
    }

    @Test func days_of_rest_take_nothing() {
        // From Friday, over a weekend and a holiday.
        let friday = CivilDate(year: 2026, month: 12, day: 4)
        func day(_ offset: Int64) -> CivilDate { CivilDate(dayNumber: friday.dayNumber + offset) }
        var book = CapacityBook([
            CapacityBook.Entry(location: 1, parcelsPerDay: 1, firstDay: friday, restDays: [day(1), day(2), day(3), day(400), day(-1)])
        ])
        let days = (0..<3).map { _ in book.reserve(1) }
        #expect(days == [friday, day(4), day(5)])
    }

    @Test func what_comes_after_others_is_planned_behind_them() {
        let book = CapacityBook([entry(1, 2, [today: 1, day(1): 2])])
        #expect((0..<4).map { book.nextDay(1, after: $0) } == [today, day(2), day(2), day(3)])
        #expect(book.hasRoom(1, for: 2 * CapacityBook.horizonDays - 3) && !book.hasRoom(1, for: 2 * CapacityBook.horizonDays - 2))
        #expect(book.hasRoom(2, for: .max) && book.nextDay(2, after: 9) == nil)
    }

    private func decide(_ orders: Int, _ book: inout CapacityBook, stock: [Int64: Int64]) -> [[Parcel]] {
        let locations = SourcingLocations([SourcingLocation(key: 1, id: "a", priority: 1), SourcingLocation(key: 2, id: "b", priority: 2)])
        var snapshot = StockSnapshot(stock.map { StockCell(sku: 7, location: $0.key, available: $0.value) })
        let requests = (0..<orders).map {
            SourcingRequest(order: Int64($0), acceptPartial: false, lines: [SourcingNeed(line: 0, sku: 7, quantity: 1)])
        }
        return Sourcing.decide(requests, stock: &snapshot, capacity: &book, locations: locations).map(\.parcels)
    }

    @Test func a_full_day_does_not_change_who_ships() {
        var book = CapacityBook([entry(1, 2)])
        let parcels = decide(5, &book, stock: [1: 10, 2: 10]).joined()
        #expect(parcels.map(\.location) == [1, 1, 1, 1, 1])
        #expect(parcels.map(\.day) == [today, today, day(1), day(1), day(2)])
    }

    @Test func a_location_without_any_room_is_left_out() {
        var book = CapacityBook([entry(1, 1, Dictionary(uniqueKeysWithValues: (0..<29).map { (day($0), 1) }))])
        let parcels = decide(3, &book, stock: [1: 10, 2: 1])
        #expect(parcels.map { $0.map(\.location) } == [[1], [2], []])
        #expect(parcels[0].first?.day == day(29) && parcels[1].first?.day == nil)
    }

    @Test(arguments: [
        (FulfillmentStatus.requested, CapacityUse.held), (.accepted, .held), (.partlyShipped, .used), (.shipped, .used),
        (.cancelled, .none),
    ])
    func a_parcel_takes_its_day_while_it_is_open_or_once_it_left(_ status: FulfillmentStatus, _ use: CapacityUse) {
        #expect(status.capacityUse == use)
    }

    @Test func no_day_ever_takes_more_than_it_can() {
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            let perDay = Int64.random(in: 0...4, using: &random)
            let taken = (0..<10).map { _ in (day(Int64.random(in: -3...35, using: &random)), Int64.random(in: 0...5, using: &random)) }
            let byDay = Dictionary(taken, uniquingKeysWith: +)
            var book = CapacityBook([entry(1, perDay, byDay)])
            var planned: [CivilDate: Int64] = [:]
            var last: CivilDate?
            while let day = book.reserve(1) {
                #expect(last.map { $0 <= day } ?? true, "seed \(seed): days never go back")
                last = day
                planned[day, default: 0] += 1
            }
            for offset in 0..<Int64(CapacityBook.horizonDays) {
                #expect(planned[day(offset)] ?? 0 == max(0, perDay - (byDay[day(offset)] ?? 0)), "seed \(seed), day \(offset)")
            }
        }
    }
}
