/// Writes rows in COPY's binary form, for `COPY … FROM STDIN (FORMAT binary)`.
///
/// Begin each row with ``row(_:)`` and give that many fields, of exactly the columns' types: the server casts nothing here.
package struct CopyWriter: ~Copyable {
    private let connection: Connection
    private var buffer = ByteBuffer(capacity: CopyWriter.chunk + (16 << 10))
    private var missingFields = 0

    /// Sent at once when this many bytes have come together.
    private static let chunk = 128 << 10
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    init(_ connection: Connection) {
        self.connection = connection
        Self.signature.withUnsafeBytes { buffer.append($0) }
        buffer.append(Int32(0))
        buffer.append(Int32(0))
    }

    /// Begins a row of so many fields.
    package mutating func row(_ fields: Int) throws(PostgresError) {
        guard missingFields == 0, let count = Int16(exactly: fields) else {
            throw PostgresError(.parameter, "the row before has \(missingFields) fields to go")
        }
        if buffer.count >= Self.chunk { try send() }
        buffer.append(count)
        missingFields = fields
    }

    /// NULL, for a column of any type.
    package mutating func null() { field(Int32(-1)) }
    /// For a `boolean` column.
    package mutating func bool(_ value: Bool) { fixed(UInt8(value ? 1 : 0)) }
    /// For a `smallint` column.
    package mutating func int2(_ value: Int16) { fixed(value) }
    /// For an `integer` column.
    package mutating func int4(_ value: Int32) { fixed(value) }
    /// For a `bigint` column.
    package mutating func int8(_ value: Int64) { fixed(value) }
    /// For a `double precision` column.
    package mutating func double(_ value: Double) { fixed(value.bitPattern) }

    /// Also for `varchar` and enumerations. Throws when the text contains NUL.
    package mutating func text(_ value: String) throws(PostgresError) {
        missingFields -= 1
        guard buffer.appendPrefixedText(value) else { throw EncodingFailure(.nul).inCopy }
    }

    /// For a `bytea` column.
    package mutating func bytes(_ value: [UInt8]) {
        missingFields -= 1
        value.withUnsafeBytes { buffer.appendPrefixed($0) }
    }

    /// For a `uuid` column.
    package mutating func uuid(_ value: PostgresUUID) {
        field(Int32(16))
        buffer.append(value.high)
        buffer.append(value.low)
    }

    /// Microseconds since 1970 UTC.
    package mutating func timestamp(_ value: Int64) throws(PostgresError) {
        guard let wire = WireTimestamp(value: value).wire else { throw EncodingFailure(.range).inCopy }
        fixed(wire)
    }

    /// Days since 1970-01-01.
    package mutating func date(_ value: Int32) throws(PostgresError) {
        guard let wire = WireDate(value: value).wire else { throw EncodingFailure(.range).inCopy }
        fixed(wire)
    }

    /// For an `integer` column, or NULL.
    package mutating func optionalInt4(_ value: Int32?) { if let value { int4(value) } else { null() } }
    /// For a `bigint` column, or NULL.
    package mutating func optionalInt8(_ value: Int64?) { if let value { int8(value) } else { null() } }
    /// For a `text` column, or NULL.
    package mutating func optionalText(_ value: String?) throws(PostgresError) { if let value { try text(value) } else { null() } }
    /// Microseconds since 1970 UTC, or NULL.
    package mutating func optionalTimestamp(_ value: Int64?) throws(PostgresError) {
        if let value { try timestamp(value) } else { null() }
    }

    /// Sends what is left and the trailer.
    mutating func finish() throws(PostgresError) {
        guard missingFields == 0 else { throw PostgresError(.parameter, "the last row has \(missingFields) fields to go") }
        buffer.append(Int16(-1))
        try send()
    }

    private mutating func send() throws(PostgresError) {
        try connection.putCopyData(buffer.bytes)
        buffer.removeAll()
    }

    @inline(__always)
    private mutating func fixed<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        field(Int32(MemoryLayout<Value>.size))
        buffer.append(value)
    }

    @inline(__always)
    private mutating func field(_ length: Int32) {
        missingFields -= 1
        buffer.append(length)
    }
}

extension EncodingFailure {
    fileprivate var inCopy: PostgresError {
        switch reason {
        case .nul: PostgresError(.parameter, "a field of COPY is text that contains NUL", sqlState: .untranslatableCharacter)
        case .range: PostgresError(.parameter, "a field of COPY is out of its type's range", sqlState: .numericValueOutOfRange)
        }
    }
}
