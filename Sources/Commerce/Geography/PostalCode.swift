/// Postal codes as people write them, and as a table of codes can be asked for them.
package struct PostalCode: Hashable, Sendable {
    /// ISO 3166-1 alpha-2.
    package var country: String
    /// Capitals and digits alone: `SW1A1AA`, `20095`.
    package var code: String

    package init(country: String, code: String) {
        self.country = country
        self.code = code
    }

    /// The code in its stored form; `nil` where nothing is left of it.
    ///
    /// Spaces, hyphens and case do not count, nor full-width digits, nor the country's own letters before the number (`DE-20095`), nor what
    /// follows the five digits of a French code (`75231 CEDEX 05`).
    package static func normalized(_ text: String, country: String) -> String? {
        var code: [UInt8] = []
        for scalar in text.unicodeScalars {
            // Full-width forms stand in the order of ASCII.
            let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
            switch value {
            case 0x30...0x39, 0x41...0x5A: code.append(UInt8(value))
            case 0x61...0x7A: code.append(UInt8(value - 0x20))
            default: continue
            }
        }
        let letters = Array(country.utf8)
        // `JE2` is a district's whole name.
        if !dependencies.contains(country), code.count > letters.count, code.starts(with: letters),
            code.dropFirst(letters.count).allSatisfy(isDigit)
        {
            code.removeFirst(letters.count)
        }
        if country == "FR", code.count > 5, code.prefix(5).allSatisfy(isDigit) { code.removeLast(code.count - 5) }
        return code.isEmpty ? nil : String(decoding: code, as: UTF8.self)
    }

    /// What to look for, the most exact first: the code itself, then the wider area it lies in, where its country has such.
    package static func candidates(_ text: String, country: String) -> [PostalCode] {
        guard let code = normalized(text, country: country) else { return [] }
        var codes = [code]
        for wider in areas(of: code, country: country) where !codes.contains(wider) { codes.append(wider) }
        // They stand in lists of British codes.
        let countries = dependencies.contains(country) ? [country, "GB"] : [country]
        return codes.flatMap { code in countries.map { PostalCode(country: $0, code: code) } }
    }

    /// The Crown dependencies, whose codes are formed as British ones.
    private static let dependencies = ["GG", "IM", "JE"]

    private static func areas(of code: String, country: String) -> [String] {
        let bytes = Array(code.utf8)
        func text(_ part: some Sequence<UInt8>) -> String { String(decoding: Array(part), as: UTF8.self) }
        switch country {
        case "GB", "GG", "IM", "JE":
            // The inward code is a digit and two letters; a district may have a letter of its own (`SW1A` in `SW1`).
            let hasInward = bytes.count >= 5 && isDigit(bytes[bytes.count - 3]) && bytes.suffix(2).allSatisfy(isLetter)
            let outward = hasInward ? Array(bytes.dropLast(3)) : bytes
            guard let last = outward.last, isLetter(last), outward.count > 2 else { return [text(outward)] }
            return [text(outward), text(outward.dropLast())]
        case "IE", "CA": return bytes.count > 3 ? [text(bytes.prefix(3))] : []
        case "NL": return bytes.count > 4 ? [text(bytes.prefix(4))] : []
        case "US": return bytes.count > 5 ? [text(bytes.prefix(5))] : []
        case "BR": return bytes.count == 8 ? [text(bytes.prefix(5)) + "000"] : []
        default:
            // A letter before the number, as drivers know it: `D-20095`, `A-1010`.
            guard let first = bytes.first, isLetter(first), bytes.count > 1, bytes.dropFirst().allSatisfy(isDigit) else { return [] }
            return [text(bytes.dropFirst())]
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
}
