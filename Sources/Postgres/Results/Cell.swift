/// A type that can be read from a cell's bytes.
protocol Cell {
    static var typeName: String { get }

    /// Nil when the bytes of such a column are not of this type.
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> Self?
}

extension UnsafeRawBufferPointer {
    @inline(__always)
    func integer<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type, at offset: Int = 0) -> Value? {
        guard offset >= 0, count - offset >= MemoryLayout<Value>.size else { return nil }
        return Value(bigEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
}

extension Int16: Cell {
    static let typeName = "int2"
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> Int16? {
        kind == .int2 ? bytes.integer(Int16.self) : nil
    }
}

extension Int32: Cell {
    static let typeName = "int4"
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> Int32? {
        switch kind {
        case .int4: bytes.integer(Int32.self)
        case .int2: bytes.integer(Int16.self).map(Int32.init)
        default: nil
        }
    }
}

extension Int64: Cell {
    static let typeName = "int8"
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> Int64? {
        switch kind {
        case .int8: bytes.integer(Int64.self)
        case .int4: bytes.integer(Int32.self).map(Int64.init)
        case .int2: bytes.integer(Int16.self).map(Int64.init)
        case .oid: bytes.integer(UInt32.self).map(Int64.init)
        default: nil
        }
    }
}

extension Bool: Cell {
    static let typeName = "bool"
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> Bool? {
        kind == .bool ? bytes.integer(UInt8.self).map { $0 != 0 } : nil
    }
}

extension Double: Cell {
    static let typeName = "double"
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> Double? {
        switch kind {
        case .double: bytes.integer(UInt64.self).map { Double(bitPattern: $0) }
        case .float: bytes.integer(UInt32.self).map { Double(Float(bitPattern: $0)) }
        default: nil
        }
    }
}

extension String: Cell {
    static let typeName = "text"
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> String? {
        switch kind {
        case .text, .userDefined: String(decoding: bytes, as: UTF8.self)
        // Binary jsonb is its text behind a version byte.
        case .jsonb: String(decoding: bytes.dropFirst(), as: UTF8.self)
        default: nil
        }
    }
}

extension [UInt8]: Cell {
    static let typeName = "bytea"
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> [UInt8]? { kind == .bytes ? [UInt8](bytes) : nil }
}

extension PostgresUUID: Cell {
    static let typeName = "uuid"
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> PostgresUUID? {
        guard kind == .uuid, let high = bytes.integer(UInt64.self), let low = bytes.integer(UInt64.self, at: 8) else { return nil }
        return PostgresUUID(high: high, low: low)
    }
}

/// Microseconds since 1970 UTC.
struct TimestampCell: Cell {
    static let typeName = "timestamp"
    let value: Int64

    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> TimestampCell? {
        guard kind == .timestamp, let value = bytes.integer(Int64.self) else { return nil }
        return TimestampCell(value: PostgresTime.sinceUnixEpoch(value))
    }
}

/// Days since 1970-01-01.
struct DateCell: Cell {
    static let typeName = "date"
    let value: Int32

    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ kind: ColumnKind) -> DateCell? {
        guard kind == .date, let value = bytes.integer(Int32.self) else { return nil }
        return DateCell(value: value == .max || value == .min ? value : value &+ PostgresTime.epochDays)
    }
}
