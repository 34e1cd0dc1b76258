internal import Mustache

/// Escaping for HTML by Unicode scalar.
///
/// The library's own works by `Character`, in which `"` and a combining accent are one that is neither: such a quotation mark would
/// pass unescaped and end an attribute. Partials fall back to the library's, so every file names this content type itself.
struct StrictHTML: MustacheContentType {
    static let name = "STRICT_HTML"

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: Self.isSpecial) else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): output.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): output.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): output.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): output.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): output.append(contentsOf: "&#39;".utf8)
            default: output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}

/// Texts from outside, before they enter a template.
enum PlainText {
    /// One line: control characters, line and paragraph separators become spaces, runs of spaces one, none at the ends.
    static func singleLine(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isSpaceOwed = false
        for scalar in text.unicodeScalars {
            if isBlank(scalar) {
                isSpaceOwed = true
                continue
            }
            if isSpaceOwed, !result.isEmpty { result.append(" ") }
            isSpaceOwed = false
            result.append(scalar)
        }
        return String(result)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
        default: false
        }
    }
}
