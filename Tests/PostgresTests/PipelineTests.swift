import Postgres
import Testing

@Suite(.timeLimit(.minutes(15)))
struct PipelineTests {
    @Test func gives_the_rows_of_each_statement() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        try await session.read { tx in
            try tx.send("SELECT 99")
            let results = try tx.pipeline([
                Statement("SELECT $1", [.int8(1)]), Statement("SELECT $1", [.int8(2)]), Statement("SELECT 3 WHERE false"),
            ])
            #expect(results.count == 3)
            #expect(try results[0].only().int8(0) == 1)
            #expect(try results[1].only().int8(0) == 2)
            #expect(results[2].isEmpty)
            #expect(try tx.pipeline([]).isEmpty)
        }
        await session.close()
    }

    @Test func an_error_in_the_middle_is_thrown_and_the_session_lives() async throws {
        try await withScratchSession { session in
            try await session.write { tx in try tx.script("CREATE TABLE item (id bigint PRIMARY KEY)") }
            let error = await #expect(throws: PostgresError.self) {
                try await session.write { tx in
                    try tx.pipeline([
                        Statement("INSERT INTO item VALUES (1)"),
                        Statement("INSERT INTO item VALUES (1) -- again"),
                        Statement("SELECT never_prepared FROM item"),
                        Statement("INSERT INTO item VALUES (3)"),
                    ]).count
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            // Statements that were skipped while being prepared are prepared again.
            try await session.write { tx in try tx.execute("INSERT INTO item VALUES (3)") }
            let ids = try await session.read { tx in try tx.query("SELECT id FROM item").map { try $0.int8(0) } }
            #expect(ids == [3])
        }
    }

    @Test func a_nul_in_the_middle_leaves_the_transaction_to_the_caller() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        try await session.read { tx in
            let error = #expect(throws: PostgresError.self) {
                _ = try tx.pipeline([Statement("SELECT 1"), Statement("SELECT $1", [.text("\0")])])
            }
            #expect(error?.kind == .parameter)
            let five = try tx.query("SELECT 5").only().int4(0)
            #expect(five == 5)
        }
        await session.close()
    }

    /// Both ways carry more than the sockets' buffers: who only writes, or only reads, would wait for ever.
    @Test func big_questions_and_big_answers_do_not_block_each_other() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let size = 400_000
        let text = String(repeating: "x", count: size)
        let lengths = try await session.read { tx in
            try tx.pipeline((0..<60).map { _ in Statement("SELECT $1 || $1", [.text(text)]) })
                .map { try $0.only().withBytes(0) { $0.count } ?? 0 }
        }
        #expect(lengths == Array(repeating: 2 * size, count: 60))
        await session.close()
    }

    @Test func queries_asked_together_are_answered_each_in_its_place_and_a_known_answer_asks_nothing() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let (one, known, names) = try await session.read { tx in
            try tx.ask(
                Query("SELECT 1::bigint") { try $0.only().int8(0) },
                .known("as it was"),
                Query("SELECT n::text FROM generate_series(1, $1) AS n", [.int4(3)]) { rows in try rows.map { try $0.text(0) } }
            )
        }
        #expect(one == 1 && known == "as it was" && names == ["1", "2", "3"])
        let only = try await session.read { tx in try tx.ask(Query<Int>.known(7)) }
        #expect(only == 7)
        await session.close()
    }

    @Test func what_was_sent_before_a_question_is_not_taken_for_its_answer() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let count = try await session.write { tx in
            try tx.send("CREATE TEMP TABLE sent (n bigint) ON COMMIT DROP")
            try tx.send("INSERT INTO sent VALUES (1), (2)")
            return try tx.ask(Query("SELECT count(*) FROM sent") { try $0.only().int8(0) })
        }
        #expect(count == 2)
        await session.close()
    }

    @Test func the_rows_of_the_last_statement_come_with_the_commit() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let key = try await session.writeLast { tx in
            try tx.send("CREATE TEMP TABLE last (n bigint) ON COMMIT DROP")
            try tx.send("INSERT INTO last VALUES (42) RETURNING n")
            return { rows in try rows?.only().int8(0) }
        }
        #expect(key == 42)
        let none = try await session.writeLast { tx in
            _ = try tx.query("SELECT 1")
            return { rows in rows == nil }
        }
        #expect(none)
        await session.close()
    }
}
