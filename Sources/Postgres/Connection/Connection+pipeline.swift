internal import CPostgres

/// What the server still owes an answer for.
enum PendingStep {
    case prepare(sql: String, name: String)
    case statement
    /// Our own upkeep, whose result nobody asked for.
    case upkeep
}

extension Connection {
    /// Queues a statement with its parameters; preparing it first where this connection has not seen it. Nothing is waited for.
    func enqueue(_ sql: String, _ parameters: [Parameter]) throws(PostgresError) {
        guard !isUnusable else { throw .lost(pointer) }
        try encoder.encode(parameters)
        let name = try preparedName(sql)
        let sent = encoder.withArguments { count, values, lengths, formats in
            PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1)
        }
        guard sent == 1 else { throw failure() }
        pending.append(.statement)
    }

    /// Sends what is queued and waits for all of it.
    ///
    /// - Returns: one `Rows` for each statement queued.
    /// - Throws: the first statement's error that failed; the server skips those behind it.
    func collect() throws(PostgresError) -> [Rows] {
        guard !isUnusable else { throw .lost(pointer) }
        isUnusable = true
        let steps = pending
        pending.removeAll(keepingCapacity: true)
        guard PQpipelineSync(pointer) == 1 else { throw failure() }
        try flush()
        var results: [Rows] = []
        results.reserveCapacity(steps.count)
        var firstFailure: PostgresError?
        for step in steps {
            let outcome = try outcomeOfNextStep()
            switch (outcome, step) {
            case (.rows(let rows), .statement): results.append(rows)
            case (.rows, .prepare), (.rows, .upkeep): break
            case (.failed(let error), _): firstFailure = firstFailure ?? error
            case (.skipped, _): break
            }
            if case .prepare(let sql, let name) = step {
                if case .rows = outcome {} else { statements.remove(sql, name: name) }
            }
        }
        try readSync(after: firstFailure)
        isUnusable = false
        if let firstFailure { throw firstFailure }
        return results
    }

    private enum Outcome {
        case rows(Rows)
        case failed(PostgresError)
        case skipped
    }

    private func outcomeOfNextStep() throws(PostgresError) -> Outcome {
        guard let result = try nextResult() else { throw failure() }
        let rows = Rows(result)
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            try drain()
            return .rows(rows)
        case PGRES_PIPELINE_ABORTED:
            try drain()
            return .skipped
        default:
            let error = PostgresError(result: result, connectionIsBroken: PQstatus(pointer) == CONNECTION_BAD)
            if error.isConnectionLoss { throw error }
            try drain()
            return .failed(error)
        }
    }

    /// A step's results end with none.
    private func drain() throws(PostgresError) {
        while let result = try nextResult() {
            defer { PQclear(result) }
            let error = PostgresError(result: result, connectionIsBroken: PQstatus(pointer) == CONNECTION_BAD)
            throw error.isConnectionLoss ? error : PostgresError(.misuse, "a statement gave more than one result")
        }
    }

    private func readSync(after failure: PostgresError?) throws(PostgresError) {
        guard let result = try nextResult() else { throw failure ?? self.failure() }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_PIPELINE_SYNC else {
            throw PostgresError(result: result, connectionIsBroken: PQstatus(pointer) == CONNECTION_BAD)
        }
    }

    private func preparedName(_ sql: String) throws(PostgresError) -> String {
        if let name = statements.name(for: sql, types: encoder.types) { return name }
        guard !sql.containsNUL else { throw PostgresError(.parameter, "the statement contains NUL") }
        if statements.count >= StatementCache.limit {
            statements.removeAll()
            guard PQsendQueryParams(pointer, "DEALLOCATE ALL", 0, nil, nil, nil, nil, 1) == 1 else { throw failure() }
            pending.append(.upkeep)
        }
        let name = statements.add(sql, types: encoder.types)
        let sent = encoder.types.withUnsafeBufferPointer { types in
            PQsendPrepare(pointer, name, sql, Int32(types.count), types.baseAddress)
        }
        guard sent == 1 else {
            statements.remove(sql, name: name)
            throw failure()
        }
        pending.append(.prepare(sql: sql, name: name))
        return name
    }
}
