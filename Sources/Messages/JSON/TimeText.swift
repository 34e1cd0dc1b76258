internal import Commerce

/// RFC 3339 moments as bytes, both ways, without Foundation: a message holds several, and a feed is judged by thousands a second.
enum TimeText {
    /// Moments before 1970 are refused: they are some system's zero, not a time at which anything was sold.
    static let earliest = Timestamp(rawValue: 0)

    /// Reads `2026-11-22T10:15:00Z`, `2026-11-22t10:15:00.123456789+01:00`: a date, `T`, a time of day with seconds and up to nine decimals, and an offset.
    /// What is finer than a microsecond is cut off. A leap second (23:59:60 UTC) counts as the second after it. `nil` for anything else.
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        guard text.count >= 20,
            let year = digits(text, 0, 4), text[4] == UInt8(ascii: "-"),
            let month = digits(text, 5, 2), text[7] == UInt8(ascii: "-"),
            let day = digits(text, 8, 2), text[10] | 0x20 == UInt8(ascii: "t"),
            let hour = digits(text, 11, 2), text[13] == UInt8(ascii: ":"),
            let minute = digits(text, 14, 2), text[16] == UInt8(ascii: ":"),
            let second = digits(text, 17, 2)
        else { return nil }
        guard (1...12).contains(month), (1...daysIn(month: month, year: year)).contains(day), hour < 24, minute < 60, second <= 60 else {
            return nil
        }
        var index = 19
        guard let micros = fraction(text, &index), let offset = offsetSeconds(text, &index), index == text.count else { return nil }
        let seconds = daysSince1970(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        if second == 60, seconds % 86_400 != 0 { return nil }
        let moment = Timestamp(rawValue: seconds * 1_000_000 + micros)
        return moment >= earliest ? moment : nil
    }

    /// Decimals of a second, in microseconds; 0 where there are none.
    private static func fraction(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int64? {
        guard text[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        let start = index
        var micros: Int64 = 0
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
            if index - start < 6 { micros = micros * 10 + Int64(text[index] - UInt8(ascii: "0")) }
            index += 1
        }
        let count = index - start
        guard (1...9).contains(count) else { return nil }
        for _ in 0..<max(0, 6 - count) { micros *= 10 }
        return micros
    }

    private static func offsetSeconds(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int64? {
        guard index < text.count else { return nil }
        let sign = text[index]
        index += 1
        if sign | 0x20 == UInt8(ascii: "z") { return 0 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), text.count - index == 5,
            let hours = digits(text, index, 2), text[index + 2] == UInt8(ascii: ":"), let minutes = digits(text, index + 3, 2),
            hours < 24, minutes < 60
        else { return nil }
        index += 5
        let offset = hours * 3_600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -offset : offset
    }

    @inline(__always)
    private static func digits(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int64? {
        var value: Int64 = 0
        for index in start..<(start + count) {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    private static func daysIn(month: Int64, year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar; the year is taken to begin in March, so that the leap day is its last.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year + 399 : year + 400
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era - 1) * 146_097 + dayOfEra - 719_468
    }

    /// Appends `2026-11-22T10:15:00Z`, with three or six decimals where they are not zero.
    static func append(_ moment: Timestamp, to bytes: inout [UInt8]) {
        let micros = moment.rawValue
        var seconds = micros / 1_000_000
        var rest = micros % 1_000_000
        if rest < 0 {
            rest += 1_000_000
            seconds -= 1
        }
        var days = seconds / 86_400
        var ofDay = seconds % 86_400
        if ofDay < 0 {
            ofDay += 86_400
            days -= 1
        }
        let (year, month, day) = civil(days: days)
        append(year, 4, UInt8(ascii: "-"), to: &bytes)
        append(month, 2, UInt8(ascii: "-"), to: &bytes)
        append(day, 2, UInt8(ascii: "T"), to: &bytes)
        append(ofDay / 3_600, 2, UInt8(ascii: ":"), to: &bytes)
        append(ofDay / 60 % 60, 2, UInt8(ascii: ":"), to: &bytes)
        if rest == 0 {
            append(ofDay % 60, 2, UInt8(ascii: "Z"), to: &bytes)
        } else {
            append(ofDay % 60, 2, UInt8(ascii: "."), to: &bytes)
            if rest % 1_000 == 0 {
                append(rest / 1_000, 3, UInt8(ascii: "Z"), to: &bytes)
            } else {
                append(rest, 6, UInt8(ascii: "Z"), to: &bytes)
            }
        }
    }

    private static func append(_ value: Int64, _ width: Int, _ end: UInt8, to bytes: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
        bytes.append(end)
    }

    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
