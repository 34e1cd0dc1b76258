/// An invoice's number as it stands on paper: the series' prefix and at least 8 digits, from 00000001.
package enum InvoiceNumber {
    package static func text(prefix: String, number: Int64) -> String {
        let digits = String(number)
        return prefix + String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
    }

    /// Prefix and number of a text that this made; the prefix may itself end in digits, so the longest possible number is 8 digits
    /// unless it has outgrown them.
    package static func parse(_ text: String, prefixes: some Sequence<String>) -> (prefix: String, number: Int64)? {
        for prefix in prefixes where text.hasPrefix(prefix) {
            let digits = text.dropFirst(prefix.count)
            guard digits.utf8.count >= 8, let number = Int64(digits), number > 0, Self.text(prefix: prefix, number: number) == text
            else { continue }
            return (prefix, number)
        }
        return nil
    }
}
