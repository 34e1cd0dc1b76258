import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct TransactionTests {
    private struct Refusal: Error {}

    private func withTable<Result: Sendable>(_ body: (PostgresSession) async throws -> Result) async throws -> Result {
        try await withScratchSession { session in
            try await session.write { tx in try tx.script("CREATE TABLE item (id bigint PRIMARY KEY, name text)") }
            return try await body(session)
        }
    }

    private func expect(
        _ count: Int64,
        in session: PostgresSession,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await session.read { tx in try tx.query("SELECT count(*) FROM item").only().int8(0) }
        #expect(found == count, sourceLocation: sourceLocation)
    }

    @Test func commits_what_the_closure_wrote() async throws {
        try await withTable { session in
            let inserted = try await session.write { tx in
                try tx.execute("INSERT INTO item SELECT * FROM unnest($1, $2)", [.int8Array([1, 2]), .textArray(["a", "b"])])
            }
            #expect(inserted == 2)
            let names = try await session.read { tx in
                try tx.query("SELECT id, name FROM item ORDER BY id").map { "\(try $0.int8(0))\(try $0.text(1))" }
            }
            #expect(names == ["1a", "2b"])
        }
    }

    @Test func rolls_back_when_the_closure_throws() async throws {
        try await withTable { session in
            await #expect(throws: Refusal.self) {
                try await session.write { tx in
                    try tx.execute("INSERT INTO item VALUES (1, 'x')")
                    try tx.send("INSERT INTO item VALUES (2, 'x')")
                    throw Refusal()
                }
            }
            await #expect(throws: Refusal.self) { try await session.write { _ in throw Refusal() } }
            try await expect(0, in: session)
        }
    }

    @Test func an_error_the_closure_swallowed_fails_the_commit() async throws {
        try await withTable { session in
            let error = await #expect(throws: PostgresError.self) {
                try await session.write { tx in
                    try tx.execute("INSERT INTO item VALUES (1, 'x')")
                    _ = try? tx.execute("INSERT INTO item VALUES (1, 'x')")
                }
            }
            #expect(error?.sqlState == .failedTransaction)
            try await expect(0, in: session)
        }
    }

    @Test func sent_statements_run_in_order_and_commit() async throws {
        try await withTable { session in
            let seen = try await session.write { tx in
                for id in Int64(1)...100 { try tx.send("INSERT INTO item VALUES ($1, 'x')", [.int8(id)]) }
                let seen = try tx.query("SELECT count(*) FROM item").only().int8(0)
                try tx.send("DELETE FROM item WHERE id > $1", [.int8(40)])
                return seen
            }
            #expect(seen == 100)
            try await expect(40, in: session)
        }
    }

    @Test func the_error_of_a_sent_statement_comes_with_the_commit() async throws {
        try await withTable { session in
            let error = await #expect(throws: PostgresError.self) {
                try await session.write { tx in
                    try tx.send("INSERT INTO item VALUES (1, 'x')")
                    try tx.send("INSERT INTO item VALUES (1, 'x')")
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(error?.isOutcomeUnknown == false)
            try await expect(0, in: session)
        }
    }

    @Test func reading_transactions_cannot_write() async throws {
        try await withTable { session in
            let error = await #expect(throws: PostgresError.self) {
                try await session.read { tx in try tx.execute("DELETE FROM item") }
            }
            #expect(error?.sqlState == .readOnlyTransaction)
            try await session.check()
        }
    }

    @Test func reading_sees_one_snapshot() async throws {
        try await withScratchDatabase { configuration in
            let reader = PostgresSession(configuration, logger: quiet)
            let writer = PostgresSession(configuration, logger: quiet)
            try await writer.write { tx in try tx.script("CREATE TABLE item (id bigint)") }
            let firstRead = Signal()
            let written = Signal()
            async let counts = reader.read { tx in
                let before = try tx.query("SELECT count(*) FROM item").only().int8(0)
                firstRead.fire()
                #expect(written.waitBlocking())
                return [before, try tx.query("SELECT count(*) FROM item").only().int8(0)]
            }
            try await firstRead.wait()
            try await writer.write { tx in try tx.execute("INSERT INTO item VALUES (1)") }
            written.fire()
            #expect(try await counts == [0, 0])
            await reader.close()
            await writer.close()
        }
    }

    @Test func a_script_may_not_end_the_transaction() async throws {
        try await withTable { session in
            let error = await #expect(throws: PostgresError.self) {
                try await session.write { tx in try tx.script("INSERT INTO item VALUES (1, 'x'); COMMIT") }
            }
            #expect(error?.kind == .misuse)
            try await session.check()
        }
    }

    @Test func a_failing_script_names_its_error_and_rolls_back() async throws {
        try await withTable { session in
            let error = await #expect(throws: PostgresError.self) {
                try await session.write { tx in try tx.script("INSERT INTO item VALUES (1, 'x'); SELECT * FROM nowhere; SELECT 1") }
            }
            #expect(error?.sqlState == .undefinedTable)
            try await expect(0, in: session)
        }
    }

    @Test func rows_outlive_their_transaction() async throws {
        try await withTable { session in
            let rows = try await session.read { tx in try tx.query("SELECT i::bigint, 'n' || i FROM generate_series(1, 1000) i") }
            await session.close()
            #expect(try rows.map { try $0.int8(0) } == Array(1...1000))
            #expect(try rows.last?.text(1) == "n1000")
        }
    }

    @Test func a_null_leaves_its_type_open_for_the_next_call() async throws {
        try await withTable { session in
            let sql = "INSERT INTO item VALUES ($1, $2)"
            try await session.write { tx in
                try tx.execute(sql, [.int8(1), .null])
                try tx.execute(sql, [.int8(2), .text("b")])
                try tx.execute(sql, [.int4(3), .text("c")])
                try tx.execute(sql, [.int8(4), .null])
            }
            let names = try await session.read { tx in try tx.query("SELECT name FROM item ORDER BY id").map { try $0.optionalText(0) } }
            #expect(names == [nil, "b", "c", nil])
            let prepared = try await session.read { tx in
                try tx.query("SELECT count(*) FROM pg_prepared_statements WHERE statement = $1", [.text(sql)]).only().int8(0)
            }
            #expect(prepared == 3)
        }
    }

    @Test func generated_statements_do_not_pile_up_on_the_server() async throws {
        try await withTable { session in
            let prepared = try await session.read { tx in
                for number in 0..<1500 {
                    let answer = try tx.query("SELECT \(number)").only().int4(0)
                    #expect(answer == Int32(number))
                }
                return try tx.query("SELECT count(*) FROM pg_prepared_statements").only().int8(0)
            }
            #expect(prepared <= 1000)
        }
    }

    @Test func the_session_speaks_utc_and_has_its_limits() async throws {
        var configuration = try serverConfiguration()
        configuration.applicationName = "a b'c"
        configuration.lockTimeout = .milliseconds(1234)
        let session = PostgresSession(configuration, logger: quiet)
        let settings = try await session.read { tx in
            try ["TimeZone", "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "application_name"].map {
                try tx.query("SELECT current_setting($1)", [.text($0)]).only().text(0)
            }
        }
        #expect(settings == ["UTC", "1234ms", "30s", "30s", "a b'c"])
        await session.close()
    }

    @Test func a_session_may_be_kept_from_reading_tables_whole() async throws {
        try await withScratchDatabase { configuration in
            var configuration = configuration
            let sql = "EXPLAIN SELECT * FROM shelf WHERE id = 1"
            let usual = PostgresSession(configuration, logger: quiet)
            // A page is soonest read whole.
            try await usual.script(
                "CREATE TABLE shelf (id integer PRIMARY KEY, units integer); INSERT INTO shelf VALUES (1, 1); ANALYZE shelf"
            )
            #expect(try await usual.read { tx in try tx.query(sql)[0].text(0) }.hasPrefix("Seq Scan"))
            configuration.readsTablesWhole = false
            let keyed = PostgresSession(configuration, logger: quiet)
            #expect(try await keyed.read { tx in try tx.query(sql)[0].text(0) }.hasPrefix("Index Scan"))
            await keyed.close()
            await usual.close()
        }
    }
}
