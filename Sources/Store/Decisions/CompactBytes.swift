/// Writes whole numbers in as few bytes as they need (LEB128; numbers below 0 as zigzag) and texts with their lengths, for rows of which there are many.
struct CompactWriter {
    private(set) var bytes: [UInt8] = []

    init(version: UInt8, capacity: Int) {
        bytes.reserveCapacity(capacity)
        bytes.append(version)
    }

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func count(_ value: Int) { unsigned(UInt64(max(0, value))) }

    mutating func integer(_ value: Int64) { unsigned(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    mutating func text(_ value: String) {
        count(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    /// `nil` is an empty text.
    mutating func optional(_ value: String?) { text(value ?? "") }

    mutating func list<Element>(_ elements: [Element], _ write: (inout CompactWriter, Element) -> Void) {
        count(elements.count)
        for element in elements { write(&self, element) }
    }

    private mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}

/// Reads what `CompactWriter` wrote.
struct CompactReader {
    /// The bytes are not in the form this version writes.
    struct Corrupt: Error {}

    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8], version: UInt8) throws(Corrupt) {
        self.bytes = bytes
        guard try byte() == version else { throw Corrupt() }
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func byte() throws(Corrupt) -> UInt8 {
        guard offset < bytes.count else { throw Corrupt() }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// A number of elements, each of at least one byte.
    mutating func count() throws(Corrupt) -> Int {
        let value = try unsigned()
        guard value <= UInt64(bytes.count - offset) else { throw Corrupt() }
        return Int(value)
    }

    /// A number that counts what is not in these bytes.
    mutating func number() throws(Corrupt) -> Int {
        guard let value = Int(exactly: try unsigned()) else { throw Corrupt() }
        return value
    }

    mutating func integer() throws(Corrupt) -> Int64 {
        let value = try unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func text() throws(Corrupt) -> String {
        let count = try count()
        defer { offset += count }
        return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
    }

    mutating func optional() throws(Corrupt) -> String? {
        let text = try text()
        return text.isEmpty ? nil : text
    }

    mutating func list<Element>(_ read: (inout CompactReader) throws(Corrupt) -> Element) throws(Corrupt) -> [Element] {
        var elements: [Element] = []
        for _ in 0..<(try count()) { elements.append(try read(&self)) }
        return elements
    }

    /// The case that stands at a place in a list of which the places never change.
    mutating func oneOf<Value>(_ cases: [Value]) throws(Corrupt) -> Value {
        let place = Int(try byte())
        guard cases.indices.contains(place) else { throw Corrupt() }
        return cases[place]
    }

    private mutating func unsigned() throws(Corrupt) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let next = try byte()
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
        }
        throw Corrupt()
    }
}

extension CompactWriter {
    /// A case by its place in a list of all of them.
    mutating func oneOf<Value: Equatable>(_ value: Value, _ cases: [Value]) {
        byte(UInt8(truncatingIfNeeded: cases.firstIndex(of: value) ?? cases.count))
    }
}
