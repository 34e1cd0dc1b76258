/// Arrays of one dimension. NULL in place of an array is an error (ask `isNull` first); the `optional…` forms allow NULL elements.
extension Row {
    /// A `boolean[]` without NULLs.
    package func boolArray(_ column: Int) throws(PostgresError) -> [Bool] { try array(column) { $0 } }
    /// A `smallint[]` without NULLs.
    package func int2Array(_ column: Int) throws(PostgresError) -> [Int16] { try array(column) { $0 } }
    /// A `integer[]` without NULLs.
    package func int4Array(_ column: Int) throws(PostgresError) -> [Int32] { try array(column) { $0 } }
    /// A `bigint[]` without NULLs.
    package func int8Array(_ column: Int) throws(PostgresError) -> [Int64] { try array(column) { $0 } }
    /// A `double precision[]` without NULLs.
    package func doubleArray(_ column: Int) throws(PostgresError) -> [Double] { try array(column) { $0 } }
    /// A `text[]` without NULLs.
    package func textArray(_ column: Int) throws(PostgresError) -> [String] { try array(column) { $0 } }
    /// A `bytea[]` without NULLs.
    package func bytesArray(_ column: Int) throws(PostgresError) -> [[UInt8]] { try array(column) { $0 } }
    /// A `uuid[]` without NULLs.
    package func uuidArray(_ column: Int) throws(PostgresError) -> [PostgresUUID] { try array(column) { $0 } }
    /// Microseconds since 1970 UTC.
    package func timestampArray(_ column: Int) throws(PostgresError) -> [Int64] {
        try array(column) { (cell: TimestampCell) in cell.value }
    }
    /// Days since 1970-01-01.
    package func dateArray(_ column: Int) throws(PostgresError) -> [Int32] { try array(column) { (cell: DateCell) in cell.value } }

    /// A `boolean[]`.
    package func optionalBoolArray(_ column: Int) throws(PostgresError) -> [Bool?] { try optionalArray(column) { $0 } }
    /// A `smallint[]`.
    package func optionalInt2Array(_ column: Int) throws(PostgresError) -> [Int16?] { try optionalArray(column) { $0 } }
    /// A `integer[]`.
    package func optionalInt4Array(_ column: Int) throws(PostgresError) -> [Int32?] { try optionalArray(column) { $0 } }
    /// A `bigint[]`.
    package func optionalInt8Array(_ column: Int) throws(PostgresError) -> [Int64?] { try optionalArray(column) { $0 } }
    /// A `double precision[]`.
    package func optionalDoubleArray(_ column: Int) throws(PostgresError) -> [Double?] { try optionalArray(column) { $0 } }
    /// A `text[]`.
    package func optionalTextArray(_ column: Int) throws(PostgresError) -> [String?] { try optionalArray(column) { $0 } }
    /// A `bytea[]`.
    package func optionalBytesArray(_ column: Int) throws(PostgresError) -> [[UInt8]?] { try optionalArray(column) { $0 } }
    /// A `uuid[]`.
    package func optionalUUIDArray(_ column: Int) throws(PostgresError) -> [PostgresUUID?] { try optionalArray(column) { $0 } }
    /// Microseconds since 1970 UTC.
    package func optionalTimestampArray(_ column: Int) throws(PostgresError) -> [Int64?] {
        try optionalArray(column) { (cell: TimestampCell) in cell.value }
    }
    /// Days since 1970-01-01.
    package func optionalDateArray(_ column: Int) throws(PostgresError) -> [Int32?] {
        try optionalArray(column) { (cell: DateCell) in cell.value }
    }

    @inline(__always)
    private func array<Element: Cell, Value>(_ column: Int, _ value: (Element) -> Value) throws(PostgresError) -> [Value] {
        var values: [Value] = []
        try elements(column, reserve: { values.reserveCapacity($0) }) { (element: Element?) throws(PostgresError) in
            guard let element else { throw PostgresError(.result, "column \(column) (\(storage.name(column))) has a NULL element") }
            values.append(value(element))
        }
        return values
    }

    @inline(__always)
    private func optionalArray<Element: Cell, Value>(_ column: Int, _ value: (Element) -> Value) throws(PostgresError) -> [Value?] {
        var values: [Value?] = []
        try elements(column, reserve: { values.reserveCapacity($0) }) { (element: Element?) throws(PostgresError) in
            values.append(element.map(value))
        }
        return values
    }

    /// Walks an array's binary form: dimensions, flags, element type, (length, lower bound), then length and bytes of each element.
    @inline(__always)
    private func elements<Element: Cell>(
        _ column: Int,
        reserve: (Int) -> Void,
        _ body: (Element?) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        guard storage.kinds.indices.contains(column), [.array, .userDefined].contains(storage.kinds[column]) else {
            throw storage.mismatch(column, "an array of \(Element.typeName)")
        }
        guard let bytes = storage.bytes(index, column) else {
            throw PostgresError(.result, "column \(column) (\(storage.name(column))) is NULL")
        }
        guard let dimensions = bytes.integer(Int32.self), let type = bytes.integer(UInt32.self, at: 8) else {
            throw storage.mismatch(column, "an array of \(Element.typeName)")
        }
        if dimensions == 0 { return }
        guard dimensions == 1, let count = bytes.integer(Int32.self, at: 12), count >= 0 else {
            throw storage.mismatch(column, "an array of one dimension")
        }
        let kind = ColumnKind(typeID: type)
        reserve(min(Int(count), bytes.count / 4))
        var offset = 20
        for _ in 0..<count {
            guard let length = bytes.integer(Int32.self, at: offset) else { throw storage.mismatch(column, "a whole array") }
            offset += 4
            if length < 0 {
                try body(nil)
                continue
            }
            let end = offset + Int(length)
            guard end <= bytes.count, let value = Element.read(UnsafeRawBufferPointer(rebasing: bytes[offset..<end]), kind) else {
                throw storage.mismatch(column, "an array of \(Element.typeName)")
            }
            offset = end
            try body(value)
        }
    }
}
