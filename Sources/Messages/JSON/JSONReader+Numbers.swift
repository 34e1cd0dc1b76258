/// A number that was read: where it stands, and whether it is written as an integer (no fraction, no exponent).
private struct NumberToken {
    var range: Range<Int>
    var isInteger: Bool
}

extension JSONReader {
    /// Reads an integer within `range`. Only integer syntax is one: `1.0` and `1e2` are refused, so that nobody has to guess about `1.5` or `1e99`.
    mutating func integer(_ range: ClosedRange<Int64>) throws(MessageRefusal) -> Int64 {
        guard isNumberStart(try peekValue()) else { throw wrongType("must be an integer") }
        let token = try scanNumber()
        guard token.isInteger else { throw invalidField("must be an integer, written without fraction and exponent") }
        var start = token.range.lowerBound
        let isNegative = bytes[start] == UInt8(ascii: "-")
        if isNegative { start += 1 }
        // Counted downwards, since Int64.min has no positive twin.
        var value: Int64 = 0
        for index in start..<token.range.upperBound {
            let (product, overflow1) = value.multipliedReportingOverflow(by: 10)
            let (difference, overflow2) = product.subtractingReportingOverflow(Int64(bytes[index] - UInt8(ascii: "0")))
            guard !overflow1, !overflow2 else { throw outOfRange(range) }
            value = difference
        }
        if !isNegative {
            guard value != Int64.min else { throw outOfRange(range) }
            value = -value
        }
        guard range.contains(value) else { throw outOfRange(range) }
        return value
    }

    private func outOfRange(_ range: ClosedRange<Int64>) -> MessageRefusal {
        invalidField("must be from \(range.lowerBound) to \(range.upperBound)")
    }

    /// Reads a number within `range`.
    mutating func double(_ range: ClosedRange<Double>) throws(MessageRefusal) -> Double {
        guard isNumberStart(try peekValue()) else { throw wrongType("must be a number") }
        let token = try scanNumber()
        let value = doubleValue(of: token)
        guard range.contains(value) else { throw invalidField("must be from \(range.lowerBound) to \(range.upperBound)") }
        return value
    }

    /// Reads over a number, wherever it stands.
    mutating func skipNumber() throws(MessageRefusal) { _ = try scanNumber() }

    private func isNumberStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || isDigit(byte)
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Reads a number as JSON writes it; refuses one that a double can only hold as infinity or as zero.
    private mutating func scanNumber() throws(MessageRefusal) -> NumberToken {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        guard position < end, isDigit(bytes[position]) else { throw invalidJSON("A minus sign needs a digit.") }
        if bytes[position] == UInt8(ascii: "0") {
            position += 1
            guard position == end || !isDigit(bytes[position]) else { throw invalidJSON("A number may not begin with a zero.") }
        } else {
            skipDigits()
        }
        var isInteger = true
        var hasExponent = false
        if position < end, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard position < end, isDigit(bytes[position]) else { throw invalidJSON("A decimal point needs a digit after it.") }
            skipDigits()
        }
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            hasExponent = true
            position += 1
            if position < end, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
            guard position < end, isDigit(bytes[position]) else { throw invalidJSON("An exponent needs a digit.") }
            skipDigits()
        }
        let token = NumberToken(range: start..<position, isInteger: isInteger)
        // Without exponent and with at most 300 digits, a number lies well within a double's range.
        if hasExponent || token.range.count > 300 { try checkRange(of: token) }
        return token
    }

    private mutating func skipDigits() {
        while position < end, isDigit(bytes[position]) { position += 1 }
    }

    private func checkRange(of token: NumberToken) throws(MessageRefusal) {
        let value = doubleValue(of: token)
        guard value.isFinite else { throw invalidJSON("A number is too large.") }
        guard value != 0 || isZero(token) else { throw invalidJSON("A number is too small.") }
    }

    /// Whether all digits before the exponent are zeros.
    private func isZero(_ token: NumberToken) -> Bool {
        for byte in bytes[token.range] {
            if byte | 0x20 == UInt8(ascii: "e") { break }
            if isDigit(byte), byte != UInt8(ascii: "0") { return false }
        }
        return true
    }

    private func doubleValue(of token: NumberToken) -> Double {
        shortDecimal(token) ?? Double(String(decoding: bytes[token.range], as: UTF8.self)) ?? .infinity
    }

    /// The value of a number without exponent and with few digits: both parts are exact doubles, so the quotient is correctly rounded.
    private func shortDecimal(_ token: NumberToken) -> Double? {
        guard token.range.count <= 16 else { return nil }
        var digits: Int64 = 0
        var divisor = 1.0
        var isFraction = false
        var isNegative = false
        for byte in bytes[token.range] {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits = digits * 10 + Int64(byte - UInt8(ascii: "0"))
                if isFraction { divisor *= 10 }
            default: return nil
            }
        }
        guard digits < 1 << 53 else { return nil }
        let value = Double(digits) / divisor
        return isNegative ? -value : value
    }
}
