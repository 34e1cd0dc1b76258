extension CivilDate {
    /// The day it is at `moment` where clocks stand `offsetSeconds` ahead of UTC (negative: behind).
    package init(_ moment: Timestamp, offsetSeconds: Int64 = 0) {
        let seconds = floorDivide(moment.rawValue, 1_000_000) &+ offsetSeconds
        self.init(dayNumber: floorDivide(seconds, 86_400))
    }

    /// The day that many days after (negative: before) 1970-01-01.
    ///
    /// Howard Hinnant's `civil_from_days` (chrono-compatible low-level date algorithms): years begin in March, so that the leap day
    /// comes last, and are counted in eras of 400 years, 146,097 days.
    package init(dayNumber: Int64) {
        let shifted = dayNumber + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        self.init(
            year: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)),
            month: Int(month),
            day: Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1)
        )
    }

    /// Days since 1970-01-01, negative before. The inverse of `init(dayNumber:)` for every valid date.
    package var dayNumber: Int64 {
        let shiftedYear = Int64(year) - (month <= 2 ? 1 : 0)
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let marchMonth = Int64(month) + (month > 2 ? -3 : 9)
        let dayOfYear = (153 * marchMonth + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Whether the calendar has this day.
    package var isValid: Bool {
        guard (1...12).contains(month), day >= 1 else { return false }
        return day <= Self.daysInMonth(month, ofYear: year)
    }

    /// 28 to 31; `month` is 1 to 12.
    package static func daysInMonth(_ month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Division rounded down, also for negative dividends; the divisor is positive.
func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
