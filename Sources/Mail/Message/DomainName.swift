internal import Foundation

/// Domain names as the wire wants them: ASCII, letters beyond it as `xn--…` labels (RFC 3492, RFC 5890).
enum DomainName {
    /// The name in lower-case ASCII, or an address literal such as `[127.0.0.1]` as it is.
    ///
    /// Letters are mapped by compatibility composition and lower case, which is what UTS 46 does for every name one can register.
    ///
    /// - Returns: `nil` where a label is empty, too long, or has a sign that no name may have.
    static func ascii(_ name: String) -> String? {
        if name.hasPrefix("["), name.hasSuffix("]") { return isAddressLiteral(name) ? name : nil }
        let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
        let mapped = isASCII ? name.lowercased() : name.precomposedStringWithCompatibilityMapping.lowercased()
        let labels = mapped.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "\u{3002}" }
        var converted: [String] = []
        for label in labels {
            guard let label = convert(String(String.UnicodeScalarView(label))) else { return nil }
            converted.append(label)
        }
        let result = converted.joined(separator: ".")
        return result.utf8.count <= 253 ? result : nil
    }

    private static func convert(_ label: String) -> String? {
        if label.utf8.allSatisfy({ $0 < 0x80 }) { return isHostLabel(label) ? label : nil }
        let isWritten = label.unicodeScalars.allSatisfy { scalar in
            if scalar.isASCII { return isHostLabel(String(scalar)) || scalar == "-" }
            let properties = scalar.properties
            return properties.isAlphabetic || properties.numericType != nil || properties.isEmoji || isMark(properties.generalCategory)
        }
        guard isWritten, let encoded = Punycode.encode(label) else { return nil }
        let result = "xn--" + encoded
        return isHostLabel(result) ? result : nil
    }

    private static func isMark(_ category: Unicode.GeneralCategory) -> Bool {
        category == .nonspacingMark || category == .spacingMark
    }

    private static func isHostLabel(_ label: String) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isAddressLiteral(_ text: String) -> Bool {
        text.utf8.count <= 64
            && text.utf8.dropFirst().dropLast().allSatisfy {
                ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":")
            }
    }
}
