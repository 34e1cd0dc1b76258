internal import Commerce
internal import Foundation

/// What a text may look like; `complaint` finishes the sentence `"text" …`.
struct TextRule: Sendable {
    var code: NetworkFault.Code = .invalidField
    var complaint: @Sendable (String) -> String?

    static let anything = TextRule { $0.isEmpty ? "is empty" : nil }

    /// A line for people: 1 to 200 characters, none of them a control character.
    static let line = TextRule { text in
        if text.allSatisfy(\.isWhitespace) { return "is empty" }
        if text.unicodeScalars.count > 200 { return "is longer than 200 characters" }
        return text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "holds control characters" : nil
    }

    static let id = TextRule { text in
        text.isWord(1...64, alsoAllowed: "_-") ? nil : "is no id: 1 to 64 of A-Z a-z 0-9 _ -"
    }

    static let invoicePrefix = TextRule { text in
        text.isWord(1...16, alsoAllowed: "-") ? nil : "is no invoice prefix: 1 to 16 of A-Z a-z 0-9 -"
    }

    static let country = TextRule { text in
        CountryCodes.all.contains(text) ? nil : "is no ISO 3166-1 alpha-2 country code"
    }

    static let currency = TextRule(code: .unknownCurrency) { text in
        Currency(code: text) != nil ? nil : "is no ISO 4217 currency"
    }

    /// An IANA name; the time zone database of this machine decides.
    static let timeZone = TextRule { text in
        let looksRight = text.isWord(1...64, alsoAllowed: "_-+/")
        return looksRight && TimeZone(identifier: text) != nil ? nil : "is no IANA time zone"
    }

    /// BCP 47, as far as its shape goes.
    static let locale = TextRule { text in
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let language = parts.first.map(String.init) ?? ""
        let isLanguage = (2...3).contains(language.utf8.count) && language.utf8.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 }
        let fits = isLanguage && parts.count <= 4 && parts.dropFirst().allSatisfy { String($0).isWord(2...8) }
        return fits ? nil : "is no locale such as en or de-DE"
    }

    static let email = TextRule { text in
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isPrintable =
            text.utf8.count <= 254 && text.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 && $0 != "<" && $0 != ">" }
        let fits = parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
        return isPrintable && fits ? nil : "is no mail address"
    }

    /// ISO 13616: its shape and its check digits (ISO 7064, mod 97-10).
    static let iban = TextRule { text in
        guard text.isWord(15...34), text == text.uppercased() else { return "is no IBAN: write it in capitals without spaces" }
        let rotated = text.dropFirst(4) + text.prefix(4)
        let remainder = rotated.utf8.reduce(0) { sum, byte in
            byte < 65 ? (sum * 10 + Int(byte) - 48) % 97 : (sum * 100 + Int(byte) - 55) % 97
        }
        return remainder == 1 ? nil : "is no IBAN: its check digits are wrong"
    }
}

extension String {
    /// Whether it is made of ASCII letters and digits, and of `alsoAllowed`, only.
    fileprivate func isWord(_ length: ClosedRange<Int>, alsoAllowed: String = "") -> Bool {
        length.contains(utf8.count)
            && utf8.allSatisfy { byte in
                (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 122) || alsoAllowed.utf8.contains(byte)
            }
    }
}
