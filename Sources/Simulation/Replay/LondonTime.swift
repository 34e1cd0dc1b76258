internal import Commerce

/// The clocks of Europe/London since 1996: an hour ahead of UTC from the last Sunday in March to the last in October, 01:00 UTC.
///
/// Source: directive 2000/84/EC, in the United Kingdom the Summer Time Order 2002.
enum LondonTime {
    /// The moment at which a London clock shows `local` (seconds, counted as if it were UTC). An hour that comes twice counts as its first.
    static func moment(_ local: Int64) -> Timestamp {
        let year = CivilDate(dayNumber: local / 86_400).year
        let begins = lastSunday(month: 3, of: year) * 86_400 + 3_600
        let ends = lastSunday(month: 10, of: year) * 86_400 + 7_200
        return Timestamp(seconds: local >= begins && local < ends ? local - 3_600 : local)
    }

    /// Its day number. 1970-01-01 was a Thursday.
    private static func lastSunday(month: Int, of year: Int) -> Int64 {
        let last = CivilDate(year: year, month: month, day: 31).dayNumber
        return last - (last + 4) % 7
    }
}
