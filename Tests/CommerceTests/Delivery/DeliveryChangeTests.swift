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

    private func dateless(_ lines: [(Int, Int64)]) -> DeliveryChange.NewParcel {
        DeliveryChange.NewParcel(delivery: nil, lines: lines.map { LineUnits(line: $0.0, quantity: $0.1) })
    }

    private func told(_ day: Int, wereInParcel: Bool = true) -> DeliveryChange.Told {
        DeliveryChange.Told(.date(Self.day(day)), wereInParcel: wereInParcel)
    }

    @Test(arguments: [(24, false), (25, false), (26, true)], [true, false])
    func only_a_later_day_is_told(_ day: (latest: Int, isTold: Bool), wereInParcel: Bool) {
        let changes = DeliveryChange.later([parcel(24, day.latest, [(0, 2)])], told: [0: told(25, wereInParcel: wereInParcel)])
        #expect(changes.isEmpty == !day.isTold, "whether the goods were in a parcel before, or waited")
        guard let change = changes.first else { return }
        #expect(change.before == Self.day(25) && change.lines == [LineUnits(line: 0, quantity: 2)])
        #expect(change.delivery == DeliveryEstimate(earliest: Self.day(24), latest: Self.day(26)))
    }

    @Test func where_no_day_was_told_none_can_get_worse() {
        let parcels = [parcel(28, 28, [(0, 1)]), dateless([(0, 1)])]
        #expect(DeliveryChange.later(parcels, told: [:]).isEmpty)
        #expect(DeliveryChange.later(parcels, told: [0: .init(.unknown, wereInParcel: true)]).isEmpty)
        #expect(DeliveryChange.later(parcels, told: [0: .init(.there, wereInParcel: false)]).isEmpty)
        #expect(DeliveryChange.later([], told: [0: told(25)]).isEmpty)
    }

    @Test func a_day_that_is_not_known_any_more_is_told() {
        let changes = DeliveryChange.later([dateless([(0, 1), (1, 2)])], told: [0: told(25), 1: told(26, wereInParcel: false)])
        let lost = DeliveryChange(delivery: nil, before: Self.day(25), lines: [LineUnits(line: 0, quantity: 1)])
        #expect(changes == [lost], "what waited leaves now")
    }

    @Test func of_several_parcels_those_that_are_late_count() {
        let parcels = [
            parcel(24, 25, [(0, 1), (1, 1)]), parcel(27, 29, [(0, 2), (2, 5)]), dateless([(1, 3)]), parcel(26, 28, [(1, 1)]),
        ]
        let changes = DeliveryChange.later(parcels, told: [0: told(25), 1: told(26), 2: told(30)])
        #expect(changes.count == 2)
        #expect(changes.first?.lines == [LineUnits(line: 0, quantity: 2), LineUnits(line: 1, quantity: 1)])
        #expect(changes.first?.delivery == DeliveryEstimate(earliest: Self.day(26), latest: Self.day(29)))
        #expect(changes.first?.before == Self.day(26))
        #expect(changes.last == DeliveryChange(delivery: nil, before: Self.day(26), lines: [LineUnits(line: 1, quantity: 3)]))
    }

    @Test func an_interval_reads_back() {
        let days = DeliveryEstimate(earliest: Self.day(26), latest: Self.day(28))
        #expect(days.interval == "2026-11-26/2026-11-28" && DeliveryEstimate(interval: days.interval) == days)
        for text in ["", "2026-11-26", "2026-11-26/", "/2026-11-26", "2026-11-26/2026-11-31", "2026-11-26/2026-11-28/"] {
            #expect(DeliveryEstimate(interval: text) == nil, "\(text)")
        }
    }
}
