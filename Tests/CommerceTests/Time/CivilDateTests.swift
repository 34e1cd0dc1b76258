import Commerce
import Testing

struct CivilDateTests {
    @Test(
        arguments: [
            (0, 0, "1970-01-01"), (-1, 0, "1969-12-31"), (86_399, 0, "1970-01-01"), (86_399, 1, "1970-01-02"), (0, -1, "1969-12-31"),
            (951_782_400, 0, "2000-02-29"), (4_107_456_000, 0, "2100-02-28"), (4_107_542_400, 0, "2100-03-01"),
            (1_795_388_399, 0, "2026-11-22"),
            (1_795_388_399, 3_600, "2026-11-22"), (-62_135_596_800, 0, "0001-01-01"), (253_402_300_799, 0, "9999-12-31"),
        ] as [(Int64, Int64, String)]
    )
    func a_moment_falls_on_a_day(seconds: Int64, offset: Int64, expected: String) {
        #expect(CivilDate(Timestamp(seconds: seconds), offsetSeconds: offset).description == expected)
    }

    @Test func a_microsecond_before_midnight_is_still_the_day_before() {
        #expect(CivilDate(Timestamp(rawValue: -1)).description == "1969-12-31")
        #expect(CivilDate(Timestamp(rawValue: 86_399_999_999)).description == "1970-01-01")
    }

    @Test func every_day_follows_the_one_before() {
        var previous = CivilDate(dayNumber: -800_000)
        for number in Int64(-799_999)...800_000 where number % 1 == 0 {
            let date = CivilDate(dayNumber: number)
            let isNext =
                (date.year == previous.year && date.month == previous.month && date.day == previous.day + 1)
                || (date.day == 1 && previous.day == CivilDate.daysInMonth(previous.month, ofYear: previous.year))
            if !isNext || date.dayNumber != number || !date.isValid {
                Issue.record("\(previous) is followed by \(date), number \(number)")
                return
            }
            previous = date
        }
    }

    @Test(arguments: [(2026, 2, 29), (2024, 2, 30), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (1900, 2, 29)])
    func days_the_calendar_does_not_have_are_invalid(year: Int, month: Int, day: Int) {
        #expect(!CivilDate(year: year, month: month, day: day).isValid)
    }
}
