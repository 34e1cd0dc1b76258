/// On which days somebody works. Days are counted from 1970-01-01.
struct WorkingDays: Hashable, Sendable {
    /// Bit 0 Monday to bit 6 Sunday.
    private let weekdays: UInt8
    private let holidays: Set<Int64>

    /// Without any valid weekday it is Monday to Friday: somebody works some day.
    init(weekdays: [Int], holidays: [CivilDate] = []) {
        let bits = weekdays.reduce(UInt8(0)) { bits, day in (1...7).contains(day) ? bits | 1 << UInt8(day - 1) : bits }
        self.weekdays = bits == 0 ? Self.mondayToFriday : bits
        self.holidays = Set(holidays.map(\.dayNumber))
    }

    private init(bits: UInt8, holidays: Set<Int64>) {
        weekdays = bits
        self.holidays = holidays
    }

    static let standard = WorkingDays(bits: mondayToFriday, holidays: [])

    /// The same holidays, other weekdays.
    func with(weekdays: [Int]) -> WorkingDays { WorkingDays(bits: WorkingDays(weekdays: weekdays).weekdays, holidays: holidays) }

    func contains(_ day: Int64) -> Bool {
        weekdays >> UInt8(CivilDate.weekday(ofDayNumber: day) - 1) & 1 == 1 && (holidays.isEmpty || !holidays.contains(day))
    }

    /// The day itself, where it is worked on, else the first one after it that is.
    func onOrAfter(_ day: Int64) -> Int64 {
        // More than a year of holidays in a row is a mistake in the calendar, not a reason to search for ever.
        for candidate in day..<(day + Self.longestBreak) where contains(candidate) { return candidate }
        return day
    }

    /// The working day that many working days after `day`, which need not be one itself.
    func adding(_ count: Int64, to day: Int64) -> Int64 {
        var reached = onOrAfter(day)
        for _ in 0..<min(max(0, count), Self.mostDays) { reached = onOrAfter(reached + 1) }
        return reached
    }

    /// The `count`-th working day after `day`; for a `count` of 0 the first one from `day` on.
    func after(_ day: Int64, _ count: Int64) -> Int64 {
        count <= 0 ? onOrAfter(day) : adding(count - 1, to: day + 1)
    }

    /// How many of the days after one day, up to another, are worked on; 0 where the other is not later.
    func count(after day: Int64, through last: Int64) -> Int64 {
        guard last > day else { return 0 }
        return (day + 1...min(last, day + Self.mostDays)).reduce(0) { contains($1) ? $0 + 1 : $0 }
    }

    private static let mondayToFriday: UInt8 = 0b001_1111
    private static let longestBreak: Int64 = 400
    private static let mostDays: Int64 = 1_000
}

extension CivilDate {
    /// 1 Monday to 7 Sunday.
    package var weekday: Int { Self.weekday(ofDayNumber: dayNumber) }

    /// 1970-01-01 was a Thursday.
    static func weekday(ofDayNumber day: Int64) -> Int {
        let days = day + 3
        return Int(days - floorDivide(days, 7) * 7) + 1
    }
}
