/// A language and perhaps a region: `de`, `de-AT`. The rest of a BCP 47 tag does not matter here.
struct LocaleTag: Hashable, Sendable {
    /// Two or three lower-case letters.
    let language: String
    /// Two upper-case letters or three digits.
    let region: String?

    /// Reads `de-AT`, `de_AT`, `DE-at`, `zh-Hant-TW`; `nil` for what is no tag.
    init?(_ text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        guard let first = parts.first, (2...3).contains(first.utf8.count), first.utf8.allSatisfy(Self.isLetter) else { return nil }
        language = first.lowercased()
        region = parts.dropFirst().prefix { $0.utf8.count > 1 }.first(where: Self.isRegion)?.uppercased()
    }

    /// The tag itself, then its language alone.
    var chain: [String] { region == nil ? [language] : [description, language] }

    static let english = LocaleTag(language: "en", region: nil)

    private init(language: String, region: String?) {
        self.language = language
        self.region = region
    }

    private static func isRegion(_ part: Substring) -> Bool {
        (part.utf8.count == 2 && part.utf8.allSatisfy(isLetter))
            || (part.utf8.count == 3 && part.utf8.allSatisfy { (0x30...0x39).contains($0) })
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}

extension LocaleTag: CustomStringConvertible {
    var description: String { region.map { "\(language)-\($0)" } ?? language }
}
