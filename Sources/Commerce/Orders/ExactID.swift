/// An id given by others, compared byte by byte: `String` itself holds canonically equivalent spellings for equal,
/// which PostgreSQL and the contract do not. Ordered by the bytes of UTF-8 too, as the database's "C" collation does.
package struct ExactID: Hashable, Sendable, Comparable {
    package var text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ExactID, right: ExactID) -> Bool { same(left.text, right.text) }

    package static func < (left: ExactID, right: ExactID) -> Bool { left.text.utf8.lexicographicallyPrecedes(right.text.utf8) }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8(0xFF))
    }

    /// Whether two texts have the same bytes.
    package static func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

    /// The first text, by place, that stands there already; `nil` where all differ.
    package static func firstRepeated(in texts: [String]) -> Int? {
        if texts.count <= 16 {
            for index in texts.indices.dropFirst() {
                for earlier in 0..<index where same(texts[earlier], texts[index]) { return index }
            }
            return nil
        }
        var seen: Set<ExactID> = []
        seen.reserveCapacity(texts.count)
        return texts.firstIndex { !seen.insert(ExactID($0)).inserted }
    }
}

extension ExactID: CustomStringConvertible {
    package var description: String { text }
}
