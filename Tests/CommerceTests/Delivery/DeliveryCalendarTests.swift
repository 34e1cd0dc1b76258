import Commerce
import Testing

/// When parcels arrive. 2026-11-23 is a Monday.
struct DeliveryCalendarTests {
    private let calendar = DeliveryCalendar(
        calendars: [
            WorkCalendar(
                country: "DE",
                holidays: [
                    CivilDate(year: 2026, month: 12, day: 25), CivilDate(year: 2026, month: 12, day: 26),
                    CivilDate(year: 2027, month: 1, day: 1),
                ]
            ),
            WorkCalendar(country: "AE", workingDays: [1, 2, 3, 4, 7]),
        ],
        transit: [
            TransitTable(
                bands: [.init(kilometers: 800, days: 2), .init(kilometers: nil, days: 4), .init(kilometers: 200, days: 1)],
                lanes: [TransitTable.Lane(from: "DE", to: "CH", days: 3)]
            ),
            TransitTable(carrier: "express", bands: [.init(kilometers: 500, days: 0)]),
        ]
    )

    /// `"2026-11-23T09:00"`, as clocks at UTC show it.
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text + ":00Z")) }

    private func window(
        _ origin: DeliveryOrigin,
        at text: String,
        to country: String = "DE",
        kilometers: Int64? = 100,
        offsetSeconds: Int64 = 0,
        notBefore: CivilDate? = nil
    ) throws -> String? {
        calendar.estimate(
            from: origin,
            to: country,
            meters: kilometers.map { $0 * 1_000 },
            at: try moment(text),
            offsetSeconds: offsetSeconds,
            notBefore: notBefore
        ).map { $0.earliest == $0.latest ? "\($0.latest)" : "\($0.earliest) \($0.latest)" }
    }

    @Test(
        arguments: [
            // Before, at and after the cut-off.
            ("2026-11-23T13:59", "2026-11-24"), ("2026-11-23T14:00", "2026-11-25"), ("2026-11-23T23:59", "2026-11-25"),
            ("2026-11-23T00:00", "2026-11-24"),
            // Over a weekend: Friday before and after the cut-off, Saturday, Sunday.
            ("2026-11-27T09:00", "2026-11-30"), ("2026-11-27T14:00", "2026-12-01"), ("2026-11-28T09:00", "2026-12-01"),
            ("2026-11-29T20:00", "2026-12-01"),
            // Over holidays, and over the end of the year: 25 December is a Friday, 1 January too.
            ("2026-12-24T09:00", "2026-12-28"), ("2026-12-24T15:00", "2026-12-29"), ("2026-12-25T09:00", "2026-12-29"),
            ("2026-12-31T09:00", "2027-01-04"), ("2026-12-31T14:30", "2027-01-05"),
            // A leap day.
            ("2028-02-28T09:00", "2028-02-29"), ("2028-02-29T09:00", "2028-03-01"),
        ]
    )
    func a_cut_off_decides_on_which_working_day_handling_begins(at text: String, expected: String) throws {
        #expect(try window(DeliveryOrigin(country: "DE", cutOffMinute: 14 * 60), at: text) == expected)
    }

    @Test(
        arguments: [
            (0, "2026-11-23T09:00", "2026-11-24"), (4, "2026-11-23T09:00", "2026-11-24"),
            // Through midnight is a day more.
            (4, "2026-11-23T20:00", "2026-11-24"), (5, "2026-11-23T20:00", "2026-11-24 2026-11-25"),
            (24, "2026-11-23T09:00", "2026-11-24 2026-11-25"), (48, "2026-11-23T09:00", "2026-11-24 2026-11-26"),
            (24, "2026-11-26T09:00", "2026-11-27 2026-11-30"), (24, "2026-11-27T09:00", "2026-11-30 2026-12-01"),
            (40, "2026-11-23T09:00", "2026-11-24 2026-11-26"), (-5, "2026-11-23T09:00", "2026-11-24"),
            // Begun on the next working day, the hours count from its start.
            (20, "2026-11-28T23:00", "2026-12-01"), (24, "2026-12-24T09:00", "2026-12-28 2026-12-29"),
        ] as [(Int64, String, String)]
    )
    func handling_takes_working_days_and_hours_of_the_day(hours: Int64, at text: String, expected: String) throws {
        #expect(try window(DeliveryOrigin(country: "DE", leadTimeHours: hours), at: text) == expected)
    }

    @Test(
        arguments: [
            ("DE", 100, nil, "2026-11-24"), ("DE", 200, nil, "2026-11-24"), ("DE", 201, nil, "2026-11-25"),
            ("DE", 5_000, nil, "2026-11-27"),
            // An unknown distance is the farthest; a lane goes before the bands.
            ("DE", nil, nil, "2026-11-27"), ("CH", 100, nil, "2026-11-26"), ("FR", 100, nil, "2026-11-24"),
            // A carrier's own table; out of its reach nobody knows; a carrier without a table has the common one.
            ("DE", 100, "express", "2026-11-23"), ("DE", 501, "express", nil), ("DE", 100, "snail", "2026-11-24"),
        ] as [(String, Int64?, String?, String?)]
    )
    func transit_is_by_lane_or_distance_band(to country: String, kilometers: Int64?, carrier: String?, expected: String?) throws {
        let origin = DeliveryOrigin(country: "DE", carrier: carrier)
        #expect(try window(origin, at: "2026-11-23T09:00", to: country, kilometers: kilometers) == expected)
    }

    @Test func transit_counts_the_working_days_of_the_destination() throws {
        let origin = DeliveryOrigin(country: "DE")
        #expect(try window(origin, at: "2026-11-27T09:00", to: "AE", kilometers: 5_000) == "2026-12-02", "Sunday to Wednesday")
        #expect(try window(DeliveryOrigin(country: "AE"), at: "2026-11-27T09:00") == "2026-11-30", "begun on Sunday, there on Monday")
        let express = DeliveryOrigin(country: "DE", workingDays: [6], carrier: "express")
        #expect(try window(express, at: "2026-11-23T09:00") == "2026-11-30", "leaves on Saturday, arrives on a working day")
    }

    @Test func a_location_may_work_on_other_days_than_its_country_but_not_on_holidays() throws {
        let everyDay = DeliveryOrigin(country: "DE", workingDays: [1, 2, 3, 4, 5, 6, 7])
        #expect(try window(everyDay, at: "2026-11-28T09:00") == "2026-11-30")
        #expect(try window(everyDay, at: "2026-12-25T09:00") == "2026-12-28", "begun on Sunday, the 27th")
        #expect(try window(DeliveryOrigin(country: "DE", workingDays: [9]), at: "2026-11-28T09:00") == "2026-12-01", "no valid day")
    }

    @Test func the_cut_off_is_by_the_clock_of_the_location() throws {
        let origin = DeliveryOrigin(country: "DE", cutOffMinute: 14 * 60)
        #expect(try window(origin, at: "2026-11-23T13:30", offsetSeconds: 3_600) == "2026-11-25")
        #expect(try window(origin, at: "2026-11-23T13:30", offsetSeconds: -5 * 3_600) == "2026-11-24")
        #expect(try window(origin, at: "2026-11-22T23:30", offsetSeconds: 3_600) == "2026-11-24", "already Monday there")
    }

    @Test(
        arguments: [
            ("2026-11-23T13:59", "2026-11-23"), ("2026-11-23T14:00", "2026-11-24"), ("2026-11-27T15:00", "2026-11-30"),
            ("2026-11-28T09:00", "2026-11-30"), ("2026-12-24T15:00", "2026-12-28"),
        ]
    )
    func the_first_day_is_the_one_on_which_handling_begins(at text: String, expected: String) throws {
        let origin = DeliveryOrigin(country: "DE", cutOffMinute: 14 * 60)
        #expect(calendar.firstDay(of: origin, at: try moment(text), offsetSeconds: 0).description == expected)
    }

    @Test func days_of_rest_are_weekends_and_holidays() {
        let days = calendar.restDays(of: DeliveryOrigin(country: "DE"), from: CivilDate(year: 2026, month: 12, day: 24), count: 7)
        #expect(days.map(\.description).sorted() == ["2026-12-25", "2026-12-26", "2026-12-27"])
    }

    @Test func without_capacity_handling_begins_later() throws {
        let origin = DeliveryOrigin(country: "DE", leadTimeHours: 4)
        #expect(try window(origin, at: "2026-11-23T23:00", notBefore: CivilDate(year: 2026, month: 11, day: 25)) == "2026-11-26")
        #expect(try window(origin, at: "2026-11-23T09:00", notBefore: CivilDate(year: 2026, month: 11, day: 28)) == "2026-12-01")
        #expect(try window(origin, at: "2026-11-23T09:00", notBefore: CivilDate(year: 2026, month: 11, day: 1)) == "2026-11-24")
    }

    @Test func without_tables_nothing_is_estimated_and_no_calendar_is_monday_to_friday() throws {
        #expect(DeliveryCalendar().isEmpty)
        let now = try moment("2026-11-23T09:00")
        #expect(DeliveryCalendar().estimate(from: DeliveryOrigin(country: "DE"), to: "DE", meters: 0, at: now, offsetSeconds: 0) == nil)
        #expect(try window(DeliveryOrigin(country: "XX"), at: "2026-11-28T09:00", to: "XY") == "2026-12-01")
    }

    @Test func a_year_of_nothing_but_holidays_ends_the_search() throws {
        let days = (0..<1_000).map { CivilDate(dayNumber: 20_000 + $0) }
        let calendar = DeliveryCalendar(
            calendars: [WorkCalendar(country: "DE", holidays: days)],
            transit: [TransitTable(bands: [.init(kilometers: nil, days: .max)])]
        )
        let origin = DeliveryOrigin(country: "DE", leadTimeHours: .max)
        let now = try moment("2026-11-23T09:00")
        #expect(calendar.estimate(from: origin, to: "DE", meters: nil, at: now, offsetSeconds: 0) != nil)
    }

    @Test func an_order_arrives_from_its_first_parcels_earliest_day_to_its_last_ones_latest() {
        func window(_ from: Int, _ to: Int) -> DeliveryEstimate {
            DeliveryEstimate(earliest: CivilDate(year: 2026, month: 11, day: from), latest: CivilDate(year: 2026, month: 11, day: to))
        }
        #expect(DeliveryEstimate.covering([window(24, 25), window(23, 24), window(24, 27)]) == window(23, 27))
        #expect(DeliveryEstimate.covering([]) == nil)
    }

    @Test func weekdays_are_those_of_the_calendar() {
        #expect(CivilDate(year: 1970, month: 1, day: 1).weekday == 4)
        #expect(CivilDate(year: 1969, month: 12, day: 31).weekday == 3)
        #expect(CivilDate(year: 2026, month: 11, day: 22).weekday == 7)
        #expect(CivilDate(year: 2026, month: 11, day: 23).weekday == 1)
    }
}
