import Commerce
import Testing

/// What is told of goods that another parcel brings.
struct DeliveryChangeTests {
    private static func day(_ day: Int) -> CivilDate { CivilDate(year: 2026, month: 11, day: day) }

    private func parcel(_ from: Int, _ to: Int, _ lines: [(Int, Int64)]) -> DeliveryChange.NewParcel {
        DeliveryChange.NewParcel(
            delivery: DeliveryEstimate(earliest: Self.day(from), latest: Self.day(to)),
            lines: lines.map { LineUnits(line: $0.0, quantity: $0.1) }
        )
    }

    @Test(arguments: [(24, false), (25, false), (26, true)])
    func only_a_later_day_is_told(latest: Int, isTold: Bool) {
        let change = DeliveryChange.later([parcel(24, latest, [(0, 2)])], lost: [0], told: [0: Self.day(25)])
        #expect((change != nil) == isTold)
        guard let change else { return }
        #expect(change.before == Self.day(25) && change.lines == [LineUnits(line: 0, quantity: 2)])
        #expect(change.delivery == DeliveryEstimate(earliest: Self.day(24), latest: Self.day(26)))
    }

    @Test func what_was_not_taken_back_or_had_no_date_is_no_change() {
        #expect(DeliveryChange.later([parcel(28, 28, [(0, 1)])], lost: [], told: [0: Self.day(25)]) == nil)
        #expect(DeliveryChange.later([parcel(28, 28, [(0, 1)])], lost: [0], told: [:]) == nil)
        let dateless = DeliveryChange.NewParcel(delivery: nil, lines: [LineUnits(line: 0, quantity: 1)])
        #expect(DeliveryChange.later([dateless], lost: [0], told: [0: Self.day(25)]) == nil)
        #expect(DeliveryChange.later([], lost: [0], told: [0: Self.day(25)]) == nil)
    }

    @Test func of_several_parcels_those_that_are_late_count() {
        let parcels = [parcel(24, 25, [(0, 1), (1, 1)]), parcel(27, 29, [(0, 2), (2, 5)]), parcel(26, 28, [(1, 1)])]
        let told = [0: Self.day(25), 1: Self.day(26), 2: Self.day(30)]
        let change = DeliveryChange.later(parcels, lost: [0, 1, 2], told: told)
        #expect(change?.lines == [LineUnits(line: 0, quantity: 2), LineUnits(line: 1, quantity: 1)])
        #expect(change?.delivery == DeliveryEstimate(earliest: Self.day(26), latest: Self.day(29)))
        #expect(change?.before == Self.day(26))
    }

    @Test func an_interval_reads_back() {
        let days = DeliveryEstimate(earliest: Self.day(26), latest: Self.day(28))
        #expect(days.interval == "2026-11-26/2026-11-28" && DeliveryEstimate(interval: days.interval) == days)
        for text in ["", "2026-11-26", "2026-11-26/", "/2026-11-26", "2026-11-26/2026-11-31", "2026-11-26/2026-11-28/"] {
            #expect(DeliveryEstimate(interval: text) == nil, "\(text)")
        }
    }
}
