/// Free text in header fields, as the tokens between which a line may be folded.
enum HeaderText {
    private static let longestToken = 900
    private static let longestQuotedName = 60

    /// `text` without anything that could end a line: each control character and line or paragraph separator becomes a space.
    static func singleLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isBreaking) else { return text }
        var clean = String.UnicodeScalarView()
        clean.append(contentsOf: text.unicodeScalars.lazy.map { isBreaking($0) ? " " : $0 })
        return String(clean)
    }

    /// Whether a header must not contain this scalar.
    static func isBreaking(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
        default: false
        }
    }

    /// Tokens of an unstructured field such as the subject; joined by single spaces they mean `text`.
    static func tokens(unstructured text: String) -> [String] {
        let text = singleLine(text)
        let tokens = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let isPlain =
            text.utf8.allSatisfy { $0 < 0x80 } && !text.contains("=?")
            && tokens.allSatisfy { !$0.isEmpty && $0.utf8.count <= longestToken }
        return isPlain || text.isEmpty ? tokens : EncodedWords.words(for: text)
    }

    /// Tokens of a mailbox's name: words as they are, a quoted string, or encoded words.
    static func tokens(name: String) -> [String] {
        let name = singleLine(name)
        let words = name.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        if words.allSatisfy({
            !$0.isEmpty && $0.utf8.count <= longestQuotedName && $0.utf8.allSatisfy(ASCII.isAtomText) && !$0.hasPrefix("=?")
        }) {
            return words
        }
        if let quoted = quoted(name) { return [quoted] }
        return EncodedWords.words(for: name)
    }

    /// `text` as a quoted string, where it is short and ASCII; else `nil`.
    static func quoted(_ text: String) -> String? {
        guard text.utf8.count <= longestQuotedName, text.utf8.allSatisfy({ $0 < 0x80 }), !text.contains("=?") else { return nil }
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
