internal import Commerce

/// Numbers, amounts and dates as readers of a locale expect them (after CLDR 44, without its data files).
struct MailFormat: Sendable {
    private static let noBreakSpace = "\u{A0}"
    private let locale: LocaleTag
    private let decimalSign: String
    private let groupSign: String
    private let isSymbolFirst: Bool
    private let isSymbolSpaced: Bool

    init(_ locale: LocaleTag) {
        self.locale = locale
        switch (locale.language, locale.region) {
        case ("de", "CH"), ("de", "LI"):
            (decimalSign, groupSign, isSymbolFirst, isSymbolSpaced) = (".", "’", true, true)
        case ("de", "AT"), ("nl", _):
            (decimalSign, groupSign, isSymbolFirst, isSymbolSpaced) = (",", ".", true, true)
        case ("de", _), ("it", _), ("es", _), ("pt", _), ("da", _), ("el", _), ("hr", _), ("sl", _), ("ro", _):
            (decimalSign, groupSign, isSymbolFirst, isSymbolSpaced) = (",", ".", false, true)
        case ("fr", _), ("pl", _), ("cs", _), ("sk", _), ("sv", _), ("nb", _), ("fi", _), ("uk", _), ("bg", _), ("hu", _), ("lt", _),
            ("lv", _),
            ("et", _):
            (decimalSign, groupSign, isSymbolFirst, isSymbolSpaced) = (",", "\u{202F}", false, true)
        default:
            (decimalSign, groupSign, isSymbolFirst, isSymbolSpaced) = (".", ",", true, false)
        }
    }

    /// `1.234`
    func number(_ value: Int64) -> String { (value < 0 ? "-" : "") + grouped(value.magnitude) }

    /// `1.234,56 €`; a currency without a sign of its own stands by its code.
    ///
    /// - Parameter amount: minor units.
    func money(_ amount: Int64, _ code: String) -> String {
        let exponent = Currency(code: code)?.exponent ?? 2
        let unit = (0..<exponent).reduce(UInt64(1)) { value, _ in value * 10 }
        let (whole, fraction) = amount.magnitude.quotientAndRemainder(dividingBy: unit)
        var figures = grouped(whole)
        if exponent > 0 {
            let digits = String(fraction)
            figures += decimalSign + String(repeating: "0", count: exponent - digits.utf8.count) + digits
        }
        let sign = amount < 0 ? "-" : ""
        let symbol = Self.symbols[code] ?? code
        let space = isSymbolSpaced || symbol == code ? Self.noBreakSpace : ""
        return isSymbolFirst ? sign + symbol + space + figures : sign + figures + space + symbol
    }

    /// `22. November 2026`; ISO 8601 in languages whose months are not known here.
    func date(_ date: CivilDate) -> String {
        guard (1...12).contains(date.month) else { return date.description }
        switch locale.language {
        case "de": return "\(date.day). \(Self.germanMonths[date.month - 1]) \(date.year)"
        case "en" where locale.region == "US": return "\(Self.englishMonths[date.month - 1]) \(date.day), \(date.year)"
        case "en": return "\(date.day) \(Self.englishMonths[date.month - 1]) \(date.year)"
        default: return date.description
        }
    }

    private func grouped(_ value: UInt64) -> String {
        let digits = String(value)
        guard digits.utf8.count > 3 else { return digits }
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { result += groupSign }
            result.append(digit)
        }
        return result
    }

    private static let symbols = ["EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private static let germanMonths = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
    ]
}
