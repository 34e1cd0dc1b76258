extension Connection {
    /// Sends what is queued together with COMMIT: the last writes cost no round trip of their own.
    ///
    /// - Returns: the rows of the last statement that was queued; nil where none was.
    @discardableResult
    func commit() throws(PostgresError) -> Rows? {
        try enqueue("COMMIT", [])
        let results: [Rows]
        do {
            results = try collect()
        } catch {
            var error = error
            error.isOutcomeUnknown = error.isConnectionLoss
            throw error
        }
        // The server answers the COMMIT of a failed transaction with ROLLBACK, and no error.
        guard results.last?.commandTag == "COMMIT" else {
            throw PostgresError(
                .statement,
                "the transaction had failed before its COMMIT and was rolled back",
                sqlState: .failedTransaction
            )
        }
        return results.dropLast().last
    }

    func rollback() throws(PostgresError) {
        if !pending.isEmpty {
            do throws(PostgresError) {
                _ = try collect()
            } catch  where error.kind == .statement {
                // What it refused is rolled back with the rest.
            }
        }
        guard isInTransaction else { return }
        try enqueue("ROLLBACK", [])
        _ = try collect()
    }
}
