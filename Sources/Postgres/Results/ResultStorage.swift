internal import CPostgres

/// Owns a result of libpq, and what its columns are.
///
final class ResultStorage: Sendable {
    /// `nonisolated(unsafe)`: a `PGresult` may be read by several threads unless one of libpq's functions that modify it is used (its manual,
    /// "Behavior in Threaded Programs"). Here none is: it is read, and cleared when the last owner is gone.
    nonisolated(unsafe) let pointer: OpaquePointer
    let rowCount: Int
    let kinds: [ColumnKind]

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        rowCount = Int(PQntuples(pointer))
        kinds = (0..<PQnfields(pointer)).map { ColumnKind(typeID: PQftype(pointer, $0)) }
    }

    deinit { PQclear(pointer) }

    /// The bytes of a cell; nil for NULL.
    @inline(__always)
    func bytes(_ row: Int32, _ column: Int) -> UnsafeRawBufferPointer? {
        let column = Int32(truncatingIfNeeded: column)
        let length = PQgetlength(pointer, row, column)
        if length == 0 && PQgetisnull(pointer, row, column) == 1 { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(pointer, row, column), count: Int(length))
    }

    /// The column's name, for errors.
    func name(_ column: Int) -> String {
        guard let name = PQfname(pointer, Int32(column)) else { return "\(column)" }
        return String(cString: name)
    }

    func mismatch(_ column: Int, _ wanted: String) -> PostgresError {
        guard kinds.indices.contains(column) else {
            return PostgresError(.result, "the result has \(kinds.count) columns, column \(column) was asked for")
        }
        let type = PQftype(pointer, Int32(column))
        let advice = type == TypeID.numeric ? " (numeric: cast it to bigint or text in the statement)" : ""
        return PostgresError(.result, "column \(column) (\(name(column))) has type \(type)\(advice), \(wanted) was asked for")
    }
}
