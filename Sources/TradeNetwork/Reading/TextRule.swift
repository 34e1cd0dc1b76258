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

    /// An id that a stranger gave, such as a customer's: 1 to 64 characters, none of them a control character.
    static let foreignID = TextRule { text in
        if text.isEmpty { return "is empty" }
        if text.unicodeScalars.count > 64 { return "is longer than 64 characters" }
        return text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "holds control characters" : nil
    }

    /// The name of an attribute, of a line or a location.
    static let attribute = foreignID

    /// The value of an attribute, as long as that of an order's line may be.
    static let attributeValue = TextRule { text in
        if text.unicodeScalars.count > 500 { return "is longer than 500 characters" }
        return text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "holds control characters" : nil
    }

    static let invoicePrefix = TextRule { text in
        text.isWord(1...16, alsoAllowed: "-") ? nil : "is no invoice prefix: 1 to 16 of A-Z a-z 0-9 -"
    }

    static let country = TextRule { text in
        CountryCodes.all.contains(text) ? nil : "is no ISO 3166-1 alpha-2 country code"
    }

    static let date = TextRule { text in
        CivilDate(iso8601: text) != nil ? nil : "is no day of the calendar such as 2026-12-25"
    }

    static let moment = TextRule { text in
        Timestamp(rfc3339: text) != nil ? nil : "is no time with offset such as 2026-11-22T10:15:00Z"
    }

    static let clock = TextRule { text in
        minute(ofClock: text) != nil ? nil : "is no time of day from 00:00 to 23:59"
    }

    /// `14:30` is 870.
    static func minute(ofClock text: String) -> Int64? {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":"), let hour = Int64(text.prefix(2)), let minute = Int64(text.suffix(2)) else {
            return nil
        }
        let isPlain = digits.enumerated().allSatisfy { $0 == 2 || ($1 >= 48 && $1 <= 57) }
        return isPlain && hour < 24 && minute < 60 ? hour * 60 + minute : nil
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
