/// The ids of one list, for finding one that is there twice. Ids are compared byte by byte, where Swift compares strings by canonical equivalence.
struct UniqueIDs {
    private var few: [String] = []
    private var many: Set<ByteString> = []

    /// Whether `id` is new.
    mutating func insert(_ id: String) -> Bool {
        if many.isEmpty {
            if few.contains(where: { ByteString($0) == ByteString(id) }) { return false }
            few.append(id)
            if few.count > 16 { many = Set(few.map(ByteString.init)) }
            return true
        }
        return many.insert(ByteString(id)).inserted
    }

    func contains(_ id: String) -> Bool {
        many.isEmpty ? few.contains { ByteString($0) == ByteString(id) } : many.contains(ByteString(id))
    }
}

/// A string that equals another only where their UTF-8 bytes do.
package struct ByteString: Hashable, Sendable, Comparable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ByteString, right: ByteString) -> Bool {
        left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Ordered by bytes, as PostgreSQL's collation "C" does.
    package static func < (left: ByteString, right: ByteString) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}
