/// A tax rate, exactly: `"19"` or `"8.875"` percent, held in millionths of a percent.
package struct TaxRate: Hashable, Sendable, Comparable, Codable {
    /// Millionths of a percent: 19 % is 19,000,000. 0 to 100 %.
    package var micros: Int64

    package init(micros: Int64) { self.micros = micros }

    /// Reads a decimal string: digits, then perhaps a point and 1 to 6 digits; no sign, no exponent, no leading zero.
    /// `nil` for anything else and for more than 100 %.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...3).contains(whole.utf8.count), Self.areDigits(whole) else { return nil }
        guard whole.utf8.count == 1 || whole.utf8.first != UInt8(ascii: "0"), let percent = Int64(whole) else { return nil }
        var fraction: Int64 = 0
        if parts.count == 2 {
            guard (1...6).contains(parts[1].utf8.count), Self.areDigits(parts[1]), let digits = Int64(parts[1]) else { return nil }
            fraction = (0..<(6 - parts[1].utf8.count)).reduce(digits) { value, _ in value * 10 }
        }
        micros = percent * 1_000_000 + fraction
        guard micros <= 100_000_000 else { return nil }
    }

    package static let zero = TaxRate(micros: 0)

    package static func < (left: TaxRate, right: TaxRate) -> Bool { left.micros < right.micros }

    private static func areDigits(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension TaxRate: CustomStringConvertible {
    /// The shortest decimal string: `19`, `8.875`.
    package var description: String {
        let (whole, fraction) = micros.quotientAndRemainder(dividingBy: 1_000_000)
        guard fraction != 0 else { return String(whole) }
        var digits = String(fraction)
        digits = String(repeating: "0", count: 6 - digits.utf8.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
