extension Timestamp {
    /// Reads a date and time of RFC 3339, strictly: `2026-11-22T10:15:00Z`, `2026-11-22t11:15:00.5+01:00`.
    ///
    /// The offset is required (`-00:00` counts as UTC). 1 to 9 digits of a second's fraction are taken and cut to microseconds.
    /// Second 60 is taken only where UTC reads 23:59:60, the one place a leap second can be, and counts as the last microsecond
    /// before midnight: the order of moments stays, and no moment falls on the next day. `nil` for anything else.
    package init?(rfc3339 text: some StringProtocol) {
        guard let moment = text.utf8.withContiguousStorageIfAvailable({ RFC3339Reader(bytes: $0).read() }) ?? RFC3339Reader.read(text.utf8)
        else { return nil }
        self = moment
    }

    /// The same from bytes that were not made into text yet.
    package init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
        guard let moment = RFC3339Reader(bytes: bytes).read() else { return nil }
        self = moment
    }

    /// `2026-11-22T10:15:00Z`, or with three or six digits of the second where it needs them. Always UTC.
    package var rfc3339: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        appendRFC3339(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what `rfc3339` gives.
    package func appendRFC3339(to bytes: inout [UInt8]) {
        let seconds = floorDivide(rawValue, 1_000_000)
        let micros = rawValue - seconds * 1_000_000
        let days = floorDivide(seconds, 86_400)
        let secondOfDay = seconds - days * 86_400
        let date = CivilDate(dayNumber: days)
        if date.year < 0 { bytes.append(UInt8(ascii: "-")) }
        append(Int64(abs(date.year)), digits: abs(date.year) > 9_999 ? 6 : 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(Int64(date.month), digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(Int64(date.day), digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        append(secondOfDay / 3_600, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(secondOfDay / 60 % 60, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(secondOfDay % 60, digits: 2, to: &bytes)
        if micros != 0 {
            bytes.append(UInt8(ascii: "."))
            if micros % 1_000 == 0 { append(micros / 1_000, digits: 3, to: &bytes) } else { append(micros, digits: 6, to: &bytes) }
        }
        bytes.append(UInt8(ascii: "Z"))
    }

    private func append(_ value: Int64, digits: Int, to bytes: inout [UInt8]) {
        var divisor = (1..<digits).reduce(Int64(1)) { value, _ in value * 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339, UTC.
    package var description: String { rfc3339 }
}

/// One pass over the bytes of a date-time.
private struct RFC3339Reader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    static func read(_ utf8: some Sequence<UInt8>) -> Timestamp? {
        Array(utf8).withUnsafeBufferPointer { RFC3339Reader(bytes: $0).read() }
    }

    consuming func read() -> Timestamp? {
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2) else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard date.isValid, skip("T") || skip("t") else { return nil }
        guard let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60, skip(":") else { return nil }
        guard let second = number(2), second <= 60, let fraction = fraction(), let offset = offset(), position == bytes.count else {
            return nil
        }

        let local = date.dayNumber * 86_400 + Int64(hour * 3_600 + minute * 60 + min(second, 59))
        let moment = local - Int64(offset)
        guard second == 60 else { return Timestamp(rawValue: moment * 1_000_000 + fraction) }
        guard moment - floorDivide(moment, 86_400) * 86_400 == 86_399 else { return nil }
        return Timestamp(rawValue: moment * 1_000_000 + 999_999)
    }

    private mutating func number(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Microseconds; 0 where there is no fraction.
    private mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        var (value, count): (Int64, Int) = (0, 0)
        while let digit = digit() {
            count += 1
            if count <= 6 { value = value * 10 + Int64(digit) }
        }
        guard (1...9).contains(count) else { return nil }
        for _ in 0..<max(0, 6 - count) { value *= 10 }
        return value
    }

    /// Seconds ahead of UTC.
    private mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let ahead = skip("+")
        guard ahead || skip("-"), let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60 else { return nil }
        return (hours * 3_600 + minutes * 60) * (ahead ? 1 : -1)
    }

    private mutating func digit() -> Int? {
        guard position < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position] else { return nil }
        position += 1
        return Int(bytes[position - 1] - UInt8(ascii: "0"))
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }
}
