import Postgres
import Testing

@Suite(.timeLimit(.minutes(15)))
struct ErrorTests {
    private func failure(_ sql: String, _ parameters: [Parameter] = [], setup: String = "") async throws -> PostgresError {
        try await withScratchSession { session in
            let error = await #expect(throws: PostgresError.self) {
                try await session.write { tx in
                    try tx.script(setup)
                    try tx.execute(sql, parameters)
                }
            }
            return try #require(error)
        }
    }

    @Test func a_unique_violation_names_constraint_and_table_but_no_data() async throws {
        let error = try await failure(
            "INSERT INTO customer VALUES ($1), ($1)",
            [.text("jane@example.org")],
            setup: "CREATE TABLE customer (mail text CONSTRAINT one_mail UNIQUE)"
        )
        #expect(error.kind == .statement)
        #expect(error.sqlState == .uniqueViolation)
        #expect(error.constraint == "one_mail")
        #expect(error.table == "customer")
        #expect(error.serverDetail?.contains("jane@example.org") == true)
        #expect(!"\(error)".contains("jane"))
        #expect(!error.isRetriable && !error.isConnectionLoss && !error.isUnreachable && !error.isOutage)
    }

    @Test func data_exceptions_keep_their_values_out_of_the_description() async throws {
        let error = try await failure("SELECT $1::integer", [.text("jane")])
        #expect(error.sqlState == .invalidTextRepresentation)
        #expect(error.serverMessage?.contains("jane") == true)
        #expect(!"\(error)".contains("jane"))
    }

    @Test(arguments: [
        ("INSERT INTO a VALUES (NULL)", SQLState.notNullViolation),
        ("INSERT INTO a VALUES (-1)", .checkViolation),
        ("INSERT INTO b VALUES (5)", .foreignKeyViolation),
        ("SELEC 1", .syntaxError),
        ("SELECT * FROM nowhere", .undefinedTable),
        ("DO $$ BEGIN RAISE 'no'; END $$", .raisedException),
    ])
    func conditions_are_told_apart(_ sql: String, _ state: SQLState) async throws {
        let error = try await failure(
            sql,
            setup: "CREATE TABLE a (id integer PRIMARY KEY CHECK (id > 0)); CREATE TABLE b (a integer REFERENCES a)"
        )
        #expect(error.sqlState == state)
    }

    @Test func a_state_matches_in_a_catch() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        do {
            try await session.write { tx in try tx.execute("SELECT * FROM nowhere") }
            Issue.record("no error")
        } catch SQLState.uniqueViolation {
            Issue.record("the wrong state matched")
        } catch SQLState.undefinedTable {
            // As it should be.
        }
        await session.close()
    }

    @Test func text_with_nul_is_refused_before_anything_is_sent() async throws {
        #expect("a\0b".containsNUL && !"ab".containsNUL && !"".containsNUL)
        let parameters: [Parameter] = [.text("a\0"), .textArray(["a", "\0"]), .optionalTextArray([nil, "b\0c"])]
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        try await session.write { tx in
            for parameter in parameters {
                let error = #expect(throws: PostgresError.self) { _ = try tx.query("SELECT $2", [.int4(1), parameter]) }
                #expect(error?.kind == .parameter)
                #expect(error?.sqlState == .untranslatableCharacter)
                #expect(error?.description.contains("parameter $2") == true)
            }
            // The transaction was not harmed.
            let one = try tx.query("SELECT 1").only().int4(0)
            #expect(one == 1)
        }
        await session.close()
    }

    @Test func wrong_columns_and_types_are_errors_that_say_what_to_do() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        try await session.read { tx in
            let row = try tx.query("SELECT 1::numeric AS total, 'x' AS label").only()
            let numeric = #expect(throws: PostgresError.self) { try row.int8(0) }
            #expect(numeric?.kind == .result)
            #expect(numeric?.description.contains("cast it to bigint") == true)
            #expect(throws: PostgresError.self) { try row.int8(1) }
            #expect(throws: PostgresError.self) { try row.text(2) }
            #expect(throws: PostgresError.self) { try row.text(-1) }
            #expect(throws: PostgresError.self) { try row.isNull(2) }
            #expect(throws: PostgresError.self) { try row.int8Array(1) }
            #expect(throws: PostgresError.self) { try tx.query("SELECT 1 WHERE false").only() }
        }
        await session.close()
    }

    @Test func a_statement_beyond_its_time_is_canceled_and_the_session_lives() async throws {
        var configuration = try serverConfiguration()
        configuration.statementTimeout = .milliseconds(50)
        let session = PostgresSession(configuration, logger: quiet)
        let error = await #expect(throws: PostgresError.self) { try await session.read { tx in try tx.execute("SELECT pg_sleep(30)") } }
        #expect(error?.sqlState == .queryCanceled)
        try await session.check()
        await session.close()
    }
}
