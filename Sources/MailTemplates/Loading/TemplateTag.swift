/// One `{{…}}` of a template.
struct TemplateTag: Hashable {
    enum Kind: Hashable {
        case variable, unescaped, section, inverted, end, partial, comment
        /// Delimiters, inheritance, pragmas: not offered, each for the surprises it brings.
        case unsupported
    }

    var kind: Kind
    var name: String
    /// Counted from 1.
    var line: Int

    /// All tags of a text in their order; what the parser will refuse anyway may be missing.
    static func all(in text: String) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var line = 1
        var rest = text.utf8[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "\n") { line += 1 }
            guard rest.starts(with: "{{".utf8) else {
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(2)
            let start = line
            var content: [UInt8] = []
            while let byte = rest.first, !rest.starts(with: "}}".utf8) {
                if byte == UInt8(ascii: "\n") { line += 1 }
                content.append(byte)
                rest = rest.dropFirst()
            }
            rest = rest.dropFirst(2)
            tags.append(TemplateTag(String(decoding: content, as: UTF8.self), line: start))
        }
        return tags
    }

    private init(_ content: String, line: Int) {
        let kinds: [Character: Kind] = [
            "#": .section, "^": .inverted, "/": .end, ">": .partial, "!": .comment, "{": .unescaped, "&": .unescaped,
            "=": .unsupported, "<": .unsupported, "$": .unsupported, "%": .unsupported,
        ]
        let first = content.first
        kind = first.flatMap { kinds[$0] } ?? .variable
        name = String(kind == .variable ? content[...] : content.dropFirst())
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.line = line
    }

    /// What a variable or section names, without the functions around it: `parcel`, `items` of `count(parcel.items)`.
    var variables: [String] {
        guard let inner = name.split(separator: "(").last else { return [] }
        return inner.prefix { $0 != ")" }.split(separator: ".").map(String.init)
    }
}
