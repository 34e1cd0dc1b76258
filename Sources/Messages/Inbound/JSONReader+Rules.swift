internal import Commerce

/// A time as its sender wrote it, and as it counts.
struct ReportedTime {
    var claimed: Timestamp
    /// `claimed`, or the time of receipt where that is earlier.
    var effective: Timestamp
}

/// The rules for values that many messages share (contract, section 1).
extension JSONReader {
    /// The largest unit price, 10^12 minor units.
    static var maximumPrice: Int64 { 1_000_000_000_000 }
    /// The largest total, 10^15 minor units.
    static var maximumTotal: Int64 { 1_000_000_000_000_000 }
    static var maximumQuantity: Int64 { 1_000_000 }

    /// A text of so many Unicode scalars without control characters.
    mutating func text(_ length: ClosedRange<Int>) throws(MessageRefusal) -> String {
        let token = try stringToken()
        guard length.contains(token.scalars) else {
            throw invalidField("must have \(length.lowerBound) to \(length.upperBound) characters")
        }
        guard !token.hasControl else { throw invalidField("must not hold control characters") }
        return text(of: token)
    }

    /// An id given by others: 1 to 64 Unicode scalars without control characters.
    mutating func id() throws(MessageRefusal) -> String { try text(1...64) }

    /// A person's, product's or place's name.
    mutating func name() throws(MessageRefusal) -> String { try text(1...200) }

    mutating func reason() throws(MessageRefusal) -> String { try text(1...500) }

    /// The id of a channel, location, supplier or seller: `[A-Za-z0-9_-]{1,64}`.
    mutating func token() throws(MessageRefusal) -> String {
        let token = try stringToken()
        let isValid = withContent(of: token) { bytes in
            (1...64).contains(bytes.count) && bytes.allSatisfy(Self.isTokenByte)
        }
        guard isValid else { throw invalidField("must be 1 to 64 letters, digits, _ or -") }
        return text(of: token)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    mutating func quantity() throws(MessageRefusal) -> Int64 { try integer(1...Self.maximumQuantity) }
    mutating func price() throws(MessageRefusal) -> Int64 { try integer(0...Self.maximumPrice) }
    mutating func total() throws(MessageRefusal) -> Int64 { try integer(0...Self.maximumTotal) }

    /// A moment that may lie in the future.
    mutating func time() throws(MessageRefusal) -> Timestamp {
        let token = try stringToken()
        guard let moment = withContent(of: token, { TimeText.parse($0) }) else {
            throw invalidField("must be a time as in RFC 3339, with offset, not before 1970")
        }
        return moment
    }

    /// A moment at which something happened: one in the future counts as the time of receipt.
    mutating func pastTime(receivedAt: Timestamp) throws(MessageRefusal) -> ReportedTime {
        let claimed = try time()
        return ReportedTime(claimed: claimed, effective: min(claimed, receivedAt))
    }

    /// One of an enum's raw values.
    mutating func choice<Choice>(_ type: Choice.Type) throws(MessageRefusal) -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        let token = try stringToken()
        guard let value = Choice(rawValue: text(of: token)) else {
            throw invalidField("must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }

    /// An ISO 4217 code by its form; whether it is one that the channel uses is not decided here.
    mutating func currency() throws(MessageRefusal) -> String {
        let token = try stringToken()
        let isValid = withContent(of: token) { bytes in
            bytes.count == 3 && bytes.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        }
        guard isValid else { throw invalidField("must be a currency code of three capital letters") }
        return text(of: token)
    }

    mutating func country() throws(MessageRefusal) -> String {
        let token = try stringToken()
        guard withContent(of: token, { CountryCode.isAssigned($0) }) else {
            throw invalidField("must be a country code of ISO 3166-1, two capital letters")
        }
        return text(of: token)
    }

    /// A decimal string such as `"19"` or `"8.875"`, at most 100, at most six decimals, no leading zero.
    mutating func taxRate() throws(MessageRefusal) -> TaxRate {
        let token = try stringToken()
        guard let rate = withContent(of: token, { Self.taxRate($0) }) else {
            throw invalidField("must be a decimal string from 0 to 100 with at most six decimals")
        }
        return rate
    }

    private static func taxRate(_ text: UnsafeBufferPointer<UInt8>) -> TaxRate? {
        var micros: Int64 = 0
        var index = 0
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10, index < 3 {
            micros = micros * 10 + Int64(text[index] - UInt8(ascii: "0"))
            index += 1
        }
        guard index > 0, index == 1 || text[0] != UInt8(ascii: "0") else { return nil }
        micros *= 1_000_000
        if index < text.count {
            guard text[index] == UInt8(ascii: "."), (1...6).contains(text.count - index - 1) else { return nil }
            var unit: Int64 = 100_000
            for byte in text[(index + 1)...] {
                guard byte &- UInt8(ascii: "0") < 10 else { return nil }
                micros += Int64(byte - UInt8(ascii: "0")) * unit
                unit /= 10
            }
        }
        return micros <= 100_000_000 ? TaxRate(micros: micros) : nil
    }

    /// An address that can stand in a mail's header: one `@` with something on both sides, at most 254 bytes (RFC 5321), no white space, no control characters, none of the header's own signs.
    mutating func email() throws(MessageRefusal) -> String {
        let token = try stringToken()
        let isValid = withContent(of: token) { bytes in
            guard (3...254).contains(bytes.count), let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return false }
            guard at > 0, at < bytes.count - 1, !bytes[(at + 1)...].contains(UInt8(ascii: "@")) else { return false }
            return bytes.allSatisfy { byte in
                switch byte {
                case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""),
                    UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "]"):
                    false
                default: true
                }
            }
        }
        guard isValid, !token.hasControl else { throw invalidField("must be an email address") }
        let address = text(of: token)
        guard !address.unicodeScalars.contains(where: \.properties.isWhitespace) else { throw invalidField("must be an email address") }
        return address
    }

    /// An absolute `http` or `https` address, at most 2,000 bytes, without spaces, quotes and angle brackets.
    mutating func webAddress() throws(MessageRefusal) -> String {
        let token = try stringToken()
        let isValid = withContent(of: token) { bytes in
            guard bytes.count <= 2_000 else { return false }
            let hasHost = [Array("http://".utf8), Array("https://".utf8)].contains { scheme in
                bytes.count > scheme.count && bytes.starts(with: scheme) && bytes[scheme.count] != UInt8(ascii: "/")
            }
            let forbidden: [UInt8] = Array("\"<>\\^`{|} ".utf8)
            return hasHost && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && !forbidden.contains($0) }
        }
        guard isValid else { throw invalidField("must be an http or https address of at most 2000 characters") }
        return text(of: token)
    }

    /// An IANA time zone's name by its form.
    mutating func timeZone() throws(MessageRefusal) -> String {
        let token = try stringToken()
        let isValid = withContent(of: token) { bytes in
            (1...64).contains(bytes.count)
                && bytes.allSatisfy { Self.isTokenByte($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "+") }
        }
        guard isValid else { throw invalidField("must be an IANA time zone name") }
        return text(of: token)
    }
}
