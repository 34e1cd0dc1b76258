/// A string that was read: where its content lies, and what the rules for texts ask about it.
struct StringToken {
    /// In the reader's `scratch` where the string had escapes, else in its bytes.
    var range: Range<Int>
    var isEscaped: Bool
    /// Unicode scalars.
    var scalars: Int
    /// Whether a control character (U+0000–001F, U+007F–009F) is in it.
    var hasControl: Bool
}

extension JSONReader {
    /// Reads a value that must be a string.
    mutating func stringToken() throws(MessageRefusal) -> StringToken {
        guard try peekValue() == UInt8(ascii: "\"") else { throw wrongType("must be a string") }
        return try scanString()
    }

    /// Reads the string whose opening quote is the next byte.
    mutating func scanString() throws(MessageRefusal) -> StringToken {
        position += 1
        let start = position
        var scalars = 0
        var hasControl = false
        while position < end {
            let byte = bytes[position]
            if byte < 0x80 {
                if byte == UInt8(ascii: "\"") {
                    position += 1
                    return StringToken(range: start..<(position - 1), isEscaped: false, scalars: scalars, hasControl: hasControl)
                }
                if byte == UInt8(ascii: "\\") {
                    return try scanEscapedString(start: start, scalars: scalars, hasControl: hasControl)
                }
                guard byte >= 0x20 else { throw invalidJSON("A control character in a string must be escaped.") }
                if byte == 0x7F { hasControl = true }
                position += 1
            } else {
                if try scanMultibyte() < 0xA0 { hasControl = true }
            }
            scalars += 1
        }
        throw endsEarly()
    }

    /// Goes on, from the first backslash, with a string that has to be put together in `scratch`.
    private mutating func scanEscapedString(start: Int, scalars: Int, hasControl: Bool) throws(MessageRefusal) -> StringToken {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: bytes[start..<position])
        var scalars = scalars
        var hasControl = hasControl
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return StringToken(range: 0..<scratch.count, isEscaped: true, scalars: scalars, hasControl: hasControl)
            }
            if byte == UInt8(ascii: "\\") {
                let scalar = try scanEscape()
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) { hasControl = true }
                scratch.append(contentsOf: scalar.utf8)
            } else if byte < 0x20 {
                throw invalidJSON("A control character in a string must be escaped.")
            } else if byte < 0x80 {
                if byte == 0x7F { hasControl = true }
                scratch.append(byte)
                position += 1
            } else {
                let before = position
                if try scanMultibyte() < 0xA0 { hasControl = true }
                scratch.append(contentsOf: bytes[before..<position])
            }
            scalars += 1
        }
        throw endsEarly()
    }

    /// Reads one escape, or the two that make a surrogate pair.
    private mutating func scanEscape() throws(MessageRefusal) -> Unicode.Scalar {
        position += 1
        guard position < end else { throw endsEarly() }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw invalidJSON("A string holds an escape that JSON does not know.")
        }
        let first = try scanFourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // A surrogate: only the pair of a high and a low one stands for a character.
        guard first < 0xDC00, end - position >= 2, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") else {
            throw invalidJSON("A string holds a lone surrogate.")
        }
        position += 2
        let second = try scanFourHexDigits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw invalidJSON("A string holds a lone surrogate.") }
        return scalar
    }

    private mutating func scanFourHexDigits() throws(MessageRefusal) -> UInt32 {
        guard end - position >= 4 else { throw endsEarly() }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[position]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw invalidJSON("A string holds a \\u without four hexadecimal digits.")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// Reads one character of two to four bytes: well-formed UTF-8 only (Unicode 15, table 3-7).
    private mutating func scanMultibyte() throws(MessageRefusal) -> UInt32 {
        let lead = bytes[position]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: throw invalidJSON("The text is not valid UTF-8.")
        }
        guard end - position >= length, second.contains(bytes[position + 1]) else { throw invalidJSON("The text is not valid UTF-8.") }
        var value = UInt32(lead & (0x7F >> UInt8(length))) << 6 | UInt32(bytes[position + 1] & 0x3F)
        for offset in 2..<max(2, length) {
            let byte = bytes[position + offset]
            guard byte & 0xC0 == 0x80 else { throw invalidJSON("The text is not valid UTF-8.") }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        position += length
        return value
    }

    /// The content of a string that was just read, which is known to be well-formed.
    func text(of token: StringToken) -> String {
        withContent(of: token) { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the content's bytes.
    @inline(__always)
    func withContent<Result>(of token: StringToken, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if token.isEscaped { return scratch.withUnsafeBufferPointer(body) }
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[token.range])) }
    }
}
