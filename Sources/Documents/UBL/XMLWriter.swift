/// Writes an XML 1.0 document into bytes: elements in order, everything given as text escaped.
///
/// Element names are `StaticString`, so that nothing from outside can become markup.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []
    private var depth = 0

    init(reservingCapacity capacity: Int) {
        bytes.reserveCapacity(capacity)
        append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    /// An element that holds elements.
    ///
    /// - Parameter attributes: written as they are, for namespace declarations.
    mutating func group(_ name: StaticString, attributes: StaticString = "", _ content: (inout XMLWriter) -> Void) {
        startTag(name)
        append(attributes)
        append(">\n")
        depth += 1
        content(&self)
        depth -= 1
        indent()
        endTag(name)
    }

    mutating func element(_ name: StaticString, _ text: String) {
        startTag(name)
        append(">")
        escape(text)
        endTag(name)
    }

    /// Nothing at all where there is no text: EN 16931 wants no empty elements.
    mutating func element(_ name: StaticString, ifPresent text: String?) {
        guard let text, !text.isBlank else { return }
        element(name, text)
    }

    mutating func element(_ name: StaticString, _ text: String, attribute: StaticString, _ value: String) {
        startTag(name)
        append(" ")
        append(attribute)
        append("=\"")
        escape(value)
        append("\">")
        escape(text)
        endTag(name)
    }

    /// An amount of minor units, as a decimal number with the currency's digits.
    mutating func amount(_ name: StaticString, _ minorUnits: Int64, _ currency: DocumentCurrency) {
        element(name, currency.decimal(minorUnits), attribute: "currencyID", currency.code)
    }

    private mutating func startTag(_ name: StaticString) {
        indent()
        append("<")
        append(name)
    }

    private mutating func endTag(_ name: StaticString) {
        append("</")
        append(name)
        append(">\n")
    }

    private mutating func indent() {
        for _ in 0..<depth { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends text; markup is escaped, and characters XML 1.0 does not allow become U+FFFD.
    private mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            var clean = 0
            for index in utf8.indices {
                let length: Int
                let replacement: StaticString
                switch utf8[index] {
                case UInt8(ascii: "&"): (length, replacement) = (1, "&amp;")
                case UInt8(ascii: "<"): (length, replacement) = (1, "&lt;")
                case UInt8(ascii: ">"): (length, replacement) = (1, "&gt;")
                case UInt8(ascii: "\""): (length, replacement) = (1, "&quot;")
                case 0x09, 0x0A: continue
                case 0x0D: (length, replacement) = (1, "&#13;")
                case 0..<0x20: (length, replacement) = (1, "\u{FFFD}")
                case 0xEF where Self.isNoncharacter(utf8, at: index): (length, replacement) = (3, "\u{FFFD}")
                default: continue
                }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean..<index]))
                append(replacement)
                clean = index + length
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean...]))
        }
    }

    /// U+FFFE and U+FFFF, the only other scalars outside XML's character range that a `String` can hold.
    private static func isNoncharacter(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        index + 2 < utf8.count && utf8[index + 1] == 0xBF && utf8[index + 2] >= 0xBE
    }
}

extension String {
    /// Nothing that a validator's `normalize-space` would keep.
    var isBlank: Bool {
        utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }

    /// This text, or another where it is blank: mandatory terms may not be.
    func or(_ other: String) -> String { isBlank ? other : self }
}
