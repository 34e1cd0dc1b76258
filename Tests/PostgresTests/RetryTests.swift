import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct RetryTests {
    private func withTwo<Result: Sendable>(_ body: (PostgresSession, PostgresSession) async throws -> Result) async throws -> Result {
        try await withScratchDatabase { configuration in
            let first = PostgresSession(configuration, logger: quiet)
            let second = PostgresSession(configuration, logger: quiet)
            try await first.write { tx in
                try tx.script(
                    "CREATE TABLE counter (id integer PRIMARY KEY, value integer NOT NULL); INSERT INTO counter VALUES (1, 0), (2, 0)"
                )
            }
            let result = try await body(first, second)
            await first.close()
            await second.close()
            return result
        }
    }

    private func expect(
        _ values: [Int32],
        in session: PostgresSession,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await session.read { tx in try tx.query("SELECT value FROM counter ORDER BY id").map { try $0.int4(0) } }
        #expect(found == values, sourceLocation: sourceLocation)
    }

    @Test func a_deadlocked_transaction_runs_again() async throws {
        try await withTwo { first, second in
            let attempts = Counter()
            let hasFirst = Signal()
            let hasSecond = Signal()
            let update = "UPDATE counter SET value = value + 1 WHERE id = $1"
            async let one: Void = first.write { tx in
                attempts.add()
                try tx.execute(update, [.int4(1)])
                hasFirst.fire()
                #expect(hasSecond.waitBlocking())
                try tx.execute(update, [.int4(2)])
            }
            async let other: Void = second.write { tx in
                attempts.add()
                try tx.execute(update, [.int4(2)])
                hasSecond.fire()
                #expect(hasFirst.waitBlocking())
                try tx.execute(update, [.int4(1)])
            }
            _ = try await (one, other)
            #expect(attempts.count >= 3)
            try await expect([2, 2], in: first)
        }
    }

    /// The value is changed between its reading and its writing, `times` times.
    private func collide(_ first: PostgresSession, _ second: PostgresSession, times: Int, attempts: Int) async throws -> Int {
        let runs = Counter()
        let reads = (0..<times).map { _ in Signal() }
        let writes = (0..<times).map { _ in Signal() }
        async let done: Void = first.write(isolation: .repeatableRead, attempts: attempts) { tx in
            let value = try tx.query("SELECT value FROM counter WHERE id = 1").only().int4(0)
            let run = runs.add()
            if run <= times {
                reads[run - 1].fire()
                #expect(writes[run - 1].waitBlocking())
            }
            try tx.send("UPDATE counter SET value = $1 WHERE id = 1", [.int4(value + 1)])
        }
        for index in 0..<times {
            try await reads[index].wait()
            try await second.write { tx in try tx.execute("UPDATE counter SET value = value + 10 WHERE id = 1") }
            writes[index].fire()
        }
        try await done
        return runs.count
    }

    @Test func a_serialization_failure_runs_the_closure_again() async throws {
        try await withTwo { first, second in
            let runs = try await collide(first, second, times: 2, attempts: 5)
            #expect(runs == 3)
            try await expect([21, 0], in: first)
        }
    }

    @Test func the_last_attempt_throws() async throws {
        try await withTwo { first, second in
            let error = await #expect(throws: PostgresError.self) { try await collide(first, second, times: 2, attempts: 2) }
            #expect(error?.sqlState == .serializationFailure)
            #expect(error?.isRetriable == true)
            try await expect([20, 0], in: first)
        }
    }

    @Test func other_errors_are_not_tried_again() async throws {
        let runs = Counter()
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        await #expect(throws: PostgresError.self) {
            try await session.write { tx in
                runs.add()
                try tx.execute("SELECT * FROM nowhere")
            }
        }
        #expect(runs.count == 1)
        await session.close()
    }

    @Test func a_table_that_changed_under_a_prepared_statement_is_read_anew() async throws {
        try await withTwo { first, second in
            let sql = "SELECT * FROM counter ORDER BY id"
            #expect(try await first.read { tx in try tx.query(sql).count } == 2)
            try await second.write { tx in try tx.script("ALTER TABLE counter ADD note text DEFAULT 'n'") }
            #expect(try await first.read { tx in try tx.query(sql).map { try $0.text(2) } } == ["n", "n"])
        }
    }
}
