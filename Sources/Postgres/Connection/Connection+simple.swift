internal import CPostgres

/// What pipeline mode does not allow: scripts of several statements, and COPY.
extension Connection {
    /// Runs statements separated by semicolons. Outside a transaction they form one of their own.
    func script(_ sql: String) throws {
        _ = try simply(sql) { try finishResults() }
    }

    /// Runs `body` after `sql` has been sent by the simple protocol, and goes back to pipeline mode.
    ///
    /// A `body` that does not read all results to their end must throw an error that is not of kind `.statement`.
    func simply<Result, Failure: Error>(_ sql: String, _ body: () throws(Failure) -> Result) throws -> Result {
        if !pending.isEmpty { _ = try collect() }
        guard !sql.containsNUL else { throw PostgresError(.parameter, "the statement contains NUL") }
        guard !isUnusable else { throw PostgresError.lost(pointer) }
        isUnusable = true
        guard PQexitPipelineMode(pointer) == 1, PQsendQuery(pointer, sql) == 1 else { throw failure() }
        try flush()
        let outcome: Swift.Result<Result, Failure>
        do throws(Failure) { outcome = .success(try body()) } catch { outcome = .failure(error) }
        // Whoever did not end the exchange leaves the connection busy, and unusable.
        guard PQtransactionStatus(pointer) != PQTRANS_ACTIVE, PQenterPipelineMode(pointer) == 1 else {
            if case .failure(let error) = outcome { throw error }
            throw failure()
        }
        isUnusable = false
        return try outcome.get()
    }

    /// Reads results to their end.
    ///
    /// - Returns: the last one.
    /// - Throws: the first error among them.
    @discardableResult
    func finishResults() throws(PostgresError) -> Rows? {
        var last: Rows?
        var firstFailure: PostgresError?
        while let result = try nextResult() {
            let rows = Rows(result)
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: last = rows
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw PostgresError(.misuse, "COPY FROM STDIN and TO STDOUT need copyIn and copyOut")
            default:
                let error = PostgresError(result: result, connectionIsBroken: PQstatus(pointer) == CONNECTION_BAD)
                if error.isConnectionLoss { throw error }
                firstFailure = firstFailure ?? error
            }
        }
        if let firstFailure { throw firstFailure }
        return last
    }
}
