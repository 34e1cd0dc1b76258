/// Where the parser's places are in an editor, which is what the author of a file looks at.
///
/// libyaml begins a new line after U+0085, U+2028 and U+2029 too, and one more at the end of the text; editors count line feeds, carriage
/// returns, and the two together as one. A break that ends the last line begins no other.
struct EditorLines {
    struct Place: Hashable {
        /// Both counted from 1; columns in Unicode scalars, a byte order mark not counted.
        var line: Int
        var column: Int
    }

    /// For each of the parser's lines the editor's line and the scalars before it there.
    private var starts: [Place]
    /// Scalars of each of the editor's lines.
    private var lengths: [Int] = []

    init(_ text: String) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var line = 1
        var column = text.utf8.starts(with: mark) ? -1 : 0
        starts = [Place(line: line, column: column)]
        var (beforeLast, last): (UInt8, UInt8) = (0, 0)
        for byte in text.utf8 {
            switch (beforeLast, last, byte) {
            case (_, 0x0D, 0x0A): break
            case (_, _, 0x0A), (_, _, 0x0D):
                lengths.append(max(0, column))
                line += 1
                column = 0
                starts.append(Place(line: line, column: 0))
            case (_, 0xC2, 0x85), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9):
                starts.append(Place(line: line, column: column))
            default:
                // Counted at its first byte.
                if byte & 0xC0 != 0x80 { column += 1 }
            }
            (beforeLast, last) = (last, byte)
        }
        if column > 0 || lengths.isEmpty { lengths.append(max(0, column)) }
    }

    /// - Parameters:
    ///   - line: the parser's, from 1.
    ///   - column: from 1.
    /// - Returns: a place that is there; at most the end of the last line.
    func place(line: Int, column: Int) -> Place {
        guard line <= starts.count else { return end }
        let start = starts[max(1, line) - 1]
        guard start.line <= lengths.count else { return end }
        // Not added where it may be any number.
        let length = lengths[start.line - 1]
        return Place(line: start.line, column: min(max(1, start.column + min(max(1, column), length + 2)), length + 1))
    }

    private var end: Place { Place(line: lengths.count, column: (lengths.last ?? 0) + 1) }

    /// The place of the first scalar that no YAML text may hold; `nil` where there is none.
    static func firstForbidden(in text: String) -> Place? {
        guard let index = text.unicodeScalars.firstIndex(where: { !isAllowed($0) }) else { return nil }
        let before = EditorLines(String(text.unicodeScalars[..<index]) + "?")
        return Place(line: before.end.line, column: before.end.column - 1)
    }

    /// c-printable of YAML 1.1.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
