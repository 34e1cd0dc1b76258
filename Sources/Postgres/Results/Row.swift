/// A row of a result. Columns are counted from 0.
///
/// Each accessor throws `PostgresError` of kind `.result` when the column is of another type, or NULL where that is not asked for.
/// Integers may be read as wider ones.
package struct Row: Sendable {
    let storage: ResultStorage
    let index: Int32

    /// Whether the cell is NULL.
    package func isNull(_ column: Int) throws(PostgresError) -> Bool {
        guard storage.kinds.indices.contains(column) else { throw storage.mismatch(column, "a column") }
        return storage.bytes(index, column) == nil
    }

    /// A `boolean`.
    package func bool(_ column: Int) throws(PostgresError) -> Bool { try cell(column) }
    /// A `smallint`.
    package func int2(_ column: Int) throws(PostgresError) -> Int16 { try cell(column) }
    /// An `integer`, or a narrower one.
    package func int4(_ column: Int) throws(PostgresError) -> Int32 { try cell(column) }
    /// A `bigint`, or a narrower one.
    package func int8(_ column: Int) throws(PostgresError) -> Int64 { try cell(column) }
    /// A `double precision` or `real`.
    package func double(_ column: Int) throws(PostgresError) -> Double { try cell(column) }
    /// Also `varchar`, `char(n)`, `name`, `json`, `jsonb` and labels of enumerations.
    package func text(_ column: Int) throws(PostgresError) -> String { try cell(column) }
    /// A `bytea`.
    package func bytes(_ column: Int) throws(PostgresError) -> [UInt8] { try cell(column) }
    /// A `uuid`.
    package func uuid(_ column: Int) throws(PostgresError) -> PostgresUUID { try cell(column) }
    /// Microseconds since 1970 UTC; `Int64.max` and `.min` are the infinities.
    package func timestamp(_ column: Int) throws(PostgresError) -> Int64 { try (cell(column) as TimestampCell).value }
    /// Days since 1970-01-01.
    package func date(_ column: Int) throws(PostgresError) -> Int32 { try (cell(column) as DateCell).value }

    /// As ``bool(_:)``; nil for NULL.
    package func optionalBool(_ column: Int) throws(PostgresError) -> Bool? { try optionalCell(column) }
    /// As ``int2(_:)``; nil for NULL.
    package func optionalInt2(_ column: Int) throws(PostgresError) -> Int16? { try optionalCell(column) }
    /// As ``int4(_:)``; nil for NULL.
    package func optionalInt4(_ column: Int) throws(PostgresError) -> Int32? { try optionalCell(column) }
    /// As ``int8(_:)``; nil for NULL.
    package func optionalInt8(_ column: Int) throws(PostgresError) -> Int64? { try optionalCell(column) }
    /// As ``double(_:)``; nil for NULL.
    package func optionalDouble(_ column: Int) throws(PostgresError) -> Double? { try optionalCell(column) }
    /// As ``text(_:)``; nil for NULL.
    package func optionalText(_ column: Int) throws(PostgresError) -> String? { try optionalCell(column) }
    /// As ``bytes(_:)``; nil for NULL.
    package func optionalBytes(_ column: Int) throws(PostgresError) -> [UInt8]? { try optionalCell(column) }
    /// As ``uuid(_:)``; nil for NULL.
    package func optionalUUID(_ column: Int) throws(PostgresError) -> PostgresUUID? { try optionalCell(column) }
    /// Microseconds since 1970 UTC; nil for NULL.
    package func optionalTimestamp(_ column: Int) throws(PostgresError) -> Int64? {
        try (optionalCell(column) as TimestampCell?)?.value
    }
    /// Days since 1970-01-01; nil for NULL.
    package func optionalDate(_ column: Int) throws(PostgresError) -> Int32? { try (optionalCell(column) as DateCell?)?.value }

    /// Reads a `bytea` or text cell where it lies, without a copy; the bytes must not leave `body`. Nil for NULL.
    package func withBytes<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result? {
        guard storage.kinds.indices.contains(column), [.bytes, .text].contains(storage.kinds[column]) else {
            throw storage.mismatch(column, "bytes or text")
        }
        defer { withExtendedLifetime(storage) {} }
        return try storage.bytes(index, column).map(body)
    }

    @inline(__always)
    private func cell<Value: Cell>(_ column: Int) throws(PostgresError) -> Value {
        guard let value: Value = try optionalCell(column) else {
            throw PostgresError(.result, "column \(column) (\(storage.name(column))) is NULL")
        }
        return value
    }

    @inline(__always)
    private func optionalCell<Value: Cell>(_ column: Int) throws(PostgresError) -> Value? {
        guard storage.kinds.indices.contains(column) else { throw storage.mismatch(column, Value.typeName) }
        guard let bytes = storage.bytes(index, column) else { return nil }
        guard let value = Value.read(bytes, storage.kinds[column]) else { throw storage.mismatch(column, Value.typeName) }
        return value
    }
}
