internal import Commerce

/// How a document speaks and writes numbers and dates: from a BCP 47 tag such as `de-AT`. What is not known falls back to English.
struct DocumentLocale: Hashable {
    enum Language: Hashable { case english, german }

    let language: Language
    /// ISO 3166-1, in capitals; empty where the tag has none.
    let region: String

    init(_ tag: String) {
        let parts = tag.split { $0 == "-" || $0 == "_" }
        language = parts.first?.lowercased() == "de" ? .german : .english
        region = parts.dropFirst().first { $0.utf8.count == 2 }?.uppercased() ?? ""
    }

    var words: DocumentWords {
        switch language {
        case .english: .english
        case .german: .german
        }
    }

    /// The language letters are shaped for, of the few that differ: the rest are set like English. A short list also keeps the
    /// typesetter's caches, one per language, from growing with whatever locales come in.
    static func typographicLanguage(_ tag: String) -> String {
        let parts = tag.lowercased().split { $0 == "-" || $0 == "_" }
        guard let language = parts.first.map(String.init), shaped.contains(language) else { return "en" }
        guard language == "zh" else { return language }
        return parts.contains { ["hant", "tw", "hk", "mo"].contains($0) } ? "zh-tw" : "zh-cn"
    }

    private static let shaped: Set<String> = ["de", "ja", "ko", "zh", "sr", "mk", "bg", "tr", "az", "ro", "mo", "ar", "fa", "ur", "sd"]

    private var groupSeparator: String {
        guard language == .german else { return "," }
        return isSwiss ? "\u{2019}" : "."
    }

    private var decimalSeparator: String { language == .german && !isSwiss ? "," : "." }

    private var isSwiss: Bool { region == "CH" || region == "LI" }

    /// `1,234.50`, `1.234,50`, `–5.00`: without the currency. The minus is an en dash (as DIN 5008 has it): cairo embeds a second
    /// font for every character outside Windows-1252, as U+2212 is.
    func amount(_ minorUnits: Int64, _ currency: DocumentCurrency) -> String {
        let (whole, fraction) = currency.parts(of: minorUnits)
        let number = grouped(whole) + (fraction.isEmpty ? "" : decimalSeparator + fraction)
        return minorUnits < 0 ? "–" + number : number
    }

    /// With the currency's code, where the language wants it: `EUR 1,234.50`, `1.234,50 EUR`.
    func money(_ minorUnits: Int64, _ currency: DocumentCurrency) -> String {
        let number = amount(minorUnits, currency)
        return language == .german && !isSwiss ? "\(number)\u{A0}\(currency.code)" : "\(currency.code)\u{A0}\(number)"
    }

    func integer(_ value: Int64) -> String {
        (value < 0 ? "–" : "") + grouped(String(value.magnitude))
    }

    /// `19%`, `8,875 %`.
    func percent(_ rate: TaxRate) -> String {
        let number = rate.description.split(separator: ".").joined(separator: decimalSeparator)
        return language == .german ? number + "\u{A0}%" : number + "%"
    }

    /// `23 November 2026`, `November 23, 2026`, `23.11.2026`.
    func date(_ date: CivilDate) -> String {
        switch language {
        case .german: "\(twoDigits(date.day)).\(twoDigits(date.month)).\(date.year)"
        case .english where region == "US": "\(month(date))\u{A0}\(date.day), \(date.year)"
        case .english: "\(date.day)\u{A0}\(month(date))\u{A0}\(date.year)"
        }
    }

    private func month(_ date: CivilDate) -> String {
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ]
        return names.indices.contains(date.month - 1) ? names[date.month - 1] : twoDigits(date.month)
    }

    private func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// Digits in groups of three.
    private func grouped(_ digits: String) -> String {
        let count = digits.utf8.count
        guard count > 3 else { return digits }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (count - index) % 3 == 0 { text += groupSeparator }
            text.append(digit)
        }
        return text
    }
}
