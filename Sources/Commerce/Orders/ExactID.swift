/// An id given by others, compared byte by byte: `String` itself holds canonically equivalent spellings for equal,
/// which PostgreSQL and the contract do not. Ordered by the bytes of UTF-8 too, as the database's "C" collation does.
package struct ExactID: Hashable, Sendable, Comparable {
    package var text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ExactID, right: ExactID) -> Bool { same(left.text, right.text) }

    package static func < (left: ExactID, right: ExactID) -> Bool { precedes(left.text, right.text) }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8(0xFF))
    }

    /// Whether two texts have the same bytes.
    package static func same(_ left: String, _ right: String) -> Bool {
        // Over the bytes as they lie in memory: several times as fast as over the views of the strings.
        var (left, right) = (left, right)
        return left.withUTF8 { left in right.withUTF8 { right in left.count == right.count && left.elementsEqual(right) } }
    }

    /// Whether `left` stands before `right` in order of their bytes.
    package static func precedes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left, right)
        return left.withUTF8 { left in right.withUTF8 { right in left.lexicographicallyPrecedes(right) } }
    }

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
