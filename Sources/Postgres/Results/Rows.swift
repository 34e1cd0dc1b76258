internal import CPostgres

/// What a statement returned. Can be kept and given to another task: it no longer needs the connection.
package struct Rows: RandomAccessCollection, Sendable {
    let storage: ResultStorage

    init(_ result: OpaquePointer) { storage = ResultStorage(result) }

    package var startIndex: Int { 0 }
    package var endIndex: Int { storage.rowCount }

    package subscript(position: Int) -> Row {
        precondition(position >= 0 && position < storage.rowCount, "row out of range")
        return Row(storage: storage, index: Int32(truncatingIfNeeded: position))
    }

    /// Rows inserted, updated, deleted, copied or returned, as the server counted them.
    package var affected: Int { PQcmdTuples(storage.pointer).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The server's word for what it did, such as `INSERT 0 5`.
    var commandTag: String { String(cString: PQcmdStatus(storage.pointer)) }

    /// The only row.
    ///
    /// - Throws: `PostgresError` of kind `.result` when there are none or several.
    package func only() throws(PostgresError) -> Row {
        guard count == 1 else { throw PostgresError(.result, "one row was asked for, the statement returned \(count)") }
        return self[0]
    }
}
