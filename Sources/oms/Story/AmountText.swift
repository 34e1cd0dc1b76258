internal import Commerce

/// Amounts for a terminal: `1,234.56 EUR`, whatever the locale.
enum AmountText {
    /// - Parameter amount: minor units.
    static func of(_ amount: Int64, _ code: String) -> String { "\(plain(amount, code)) \(Terminal.safe(code))" }

    static func plain(_ amount: Int64, _ code: String) -> String {
        let exponent = Currency(code: code)?.exponent ?? 2
        let unit = (0..<exponent).reduce(UInt64(1)) { value, _ in value * 10 }
        let (whole, fraction) = amount.magnitude.quotientAndRemainder(dividingBy: unit)
        let digits = String(fraction)
        let decimals = exponent > 0 ? "." + String(repeating: "0", count: exponent - digits.utf8.count) + digits : ""
        return (amount < 0 ? "-" : "") + whole.grouped + decimals
    }
}

extension String {
    /// Made harmless for a terminal, without spaces at the end, and cut to `width` characters with an ellipsis.
    func fitted(_ width: Int) -> String {
        var text = Terminal.safe(self)
        while text.last == " " { text.removeLast() }
        return text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
    }
}

extension Timestamp {
    /// `2026-11-22 10:15:00`, UTC.
    var minuteText: String {
        let text = rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
    }

    /// `10:15:00.123`, UTC.
    var clockText: String {
        let text = rfc3339.dropFirst(11).dropLast()
        return text.contains(".") ? String(text.prefix(12)) : text + ".000"
    }
}
