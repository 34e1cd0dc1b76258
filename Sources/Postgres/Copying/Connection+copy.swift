internal import CPostgres

extension Connection {
    /// Runs `COPY … FROM STDIN`; `body` gives the data through ``putCopyData(_:)``.
    ///
    /// - Returns: rows copied.
    func copyIn(_ sql: String, _ body: () throws -> Void) throws -> Int {
        try simply(sql) {
            try expect(PGRES_COPY_IN, "COPY … FROM STDIN")
            do {
                try body()
            } catch let error where !isLoss(error) {
                // The server rolls the COPY back and says so; the reason is ours.
                try endCopy("the producer failed")
                try discardResults()
                throw error
            }
            try endCopy(nil)
            return try finishResults()?.affected ?? 0
        }
    }

    /// Sends bytes in the form the COPY statement named, and waits until the kernel has taken them, so that memory stays bounded.
    func putCopyData(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) {
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
        while true {
            switch PQputCopyData(pointer, start, Int32(bytes.count)) {
            case 1: return try flush()
            case 0: try flush()
            default: throw failure()
            }
        }
    }

    /// Runs `COPY … TO STDOUT` and hands each chunk (a row, by libpq's custom) to `consume`; the bytes must not leave it.
    ///
    /// - Returns: rows copied.
    func copyOut(_ sql: String, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
        try simply(sql) {
            try expect(PGRES_COPY_OUT, "COPY … TO STDOUT")
            while true {
                var chunk: UnsafeMutablePointer<CChar>?
                let length = PQgetCopyData(pointer, &chunk, 1)
                switch length {
                case -1: return try finishResults()?.affected ?? 0
                case 0: try waitForInput()
                case ..<0: throw failure()
                default:
                    defer { PQfreemem(chunk) }
                    try consume(UnsafeRawBufferPointer(start: chunk, count: Int(length)))
                }
            }
        }
    }

    /// Reads what is left, whatever the server says of it.
    private func discardResults() throws(PostgresError) {
        do throws(PostgresError) {
            try finishResults()
        } catch  where error.kind == .statement {
            return
        }
    }

    private func endCopy(_ reason: String?) throws(PostgresError) {
        while true {
            switch PQputCopyEnd(pointer, reason) {
            case 1: return try flush()
            case 0: try flush()
            default: throw failure()
            }
        }
    }

    private func expect(_ status: ExecStatusType, _ what: String) throws(PostgresError) {
        guard let result = try nextResult() else { throw failure() }
        let rows = Rows(result)
        if PQresultStatus(result) == status { return }
        let error = PostgresError(result: result, connectionIsBroken: PQstatus(pointer) == CONNECTION_BAD)
        if error.isConnectionLoss { throw error }
        let isError = PQresultStatus(result) == PGRES_FATAL_ERROR
        withExtendedLifetime(rows) {}
        try finishResults()
        throw isError ? error : PostgresError(.misuse, "the statement is not \(what)")
    }

    private func isLoss(_ error: any Error) -> Bool { (error as? PostgresError)?.isConnectionLoss == true }
}
