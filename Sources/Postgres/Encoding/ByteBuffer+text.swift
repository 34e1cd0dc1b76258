extension ByteBuffer {
    /// Appends the letters; false when they hold NUL, which the server would refuse.
    mutating func appendText(_ text: String) -> Bool {
        let start = count
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
        return !UnsafeRawBufferPointer(rebasing: bytes[start...]).containsNUL
    }

    /// Appends length and letters; false when they hold NUL.
    @inline(__always)
    mutating func appendPrefixedText(_ text: String) -> Bool {
        let start = count + 4
        var text = text
        text.withUTF8 { appendPrefixed(UnsafeRawBufferPointer($0)) }
        return !UnsafeRawBufferPointer(start: base + start, count: count - start).containsNUL
    }
}
