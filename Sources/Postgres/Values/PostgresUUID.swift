/// The sixteen bytes of a `uuid`.
package struct PostgresUUID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The first eight bytes, big-endian.
    package let high: UInt64

    /// The last eight bytes, big-endian.
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 32 hexadecimal digits; hyphens are skipped. Nil for anything else.
    package init?(_ text: some StringProtocol) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        for character in text where character != "-" {
            guard character.isASCII, let digit = character.hexDigitValue else { return nil }
            high = high << 4 | low >> 60
            low = low << 4 | UInt64(digit)
            digits += 1
        }
        guard digits == 32 else { return nil }
        self.init(high: high, low: low)
    }

    /// A random one (version 4).
    package static func random() -> PostgresUUID {
        PostgresUUID(
            high: .random(in: 0 ... .max) & ~0xF000 | 0x4000,
            low: .random(in: 0 ... .max) & (.max >> 2) | 1 << 63
        )
    }

    /// As PostgreSQL compares them: by their bytes.
    package static func < (left: PostgresUUID, right: PostgresUUID) -> Bool { (left.high, left.low) < (right.high, right.low) }

    /// Lowercase, with hyphens.
    package var description: String {
        func hex(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        let digits = Array(hex(high) + hex(low))
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        return groups.map { String($0) }.joined(separator: "-")
    }
}
