/// One step of a path into a JSON text.
enum PathStep {
    /// An object's member: where its key stands in the text, between the quotes.
    case key(Range<Int>)
    /// An array's element.
    case element(Int)
}

/// JSON Pointers, RFC 6901.
enum JSONPointer {
    /// `~` and `/` of one step, escaped.
    static func escaped(_ step: String) -> String {
        guard step.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return step }
        var result = ""
        for scalar in step.unicodeScalars {
            switch scalar {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension JSONReader {
    /// A pointer goes into a table, an event and a log line: it ends, at the nearest enclosing value, before it gets longer than this, in bytes.
    static var maximumPointerLength: Int { 1_000 }

    /// Where the reader is. A step whose key holds control characters (PostgreSQL's text cannot hold NUL) or is very long
    /// ends the pointer: it then names the nearest enclosing value.
    func pointer() -> String {
        var result = pointerPrefix
        for step in path {
            switch step {
            case .element(let index):
                result += "/\(index)"
            case .key(let range):
                guard range.count <= Self.maximumPointerLength, let key = keyText(range) else { return result }
                let next = "/" + JSONPointer.escaped(key)
                guard result.utf8.count + next.utf8.count <= Self.maximumPointerLength else { return result }
                result += next
            }
        }
        return result
    }

    private func keyText(_ range: Range<Int>) -> String? {
        var reader = JSONReader(bytes, range: (range.lowerBound - 1)..<(range.upperBound + 1), depth: 0, pointerPrefix: "")
        guard let token = try? reader.scanString(), !token.hasControl else { return nil }
        return reader.text(of: token)
    }
}
