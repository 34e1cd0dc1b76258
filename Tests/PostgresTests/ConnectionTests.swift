import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct ConnectionTests {
    private static let suicide = "SELECT pg_terminate_backend(pg_backend_pid())"

    @Test func a_connection_that_dies_in_a_transaction_is_a_typed_loss_and_the_next_call_works() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let error = await #expect(throws: PostgresError.self) {
            try await session.write { tx in
                try tx.execute(Self.suicide)
                Issue.record("the statement came back")
            }
        }
        #expect(error?.kind == .connectionLost)
        #expect(error?.sqlState == .adminShutdown)
        #expect(error?.isConnectionLoss == true && error?.isOutage == true && error?.isRetriable == false)
        #expect(error?.isOutcomeUnknown == false)
        try await session.check()
        await session.close()
    }

    @Test func a_loss_the_closure_swallowed_is_thrown_by_the_next_statement() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let error = await #expect(throws: PostgresError.self) {
            try await session.write { tx in
                _ = try? tx.execute(Self.suicide)
                try tx.execute("SELECT 1")
            }
        }
        #expect(error?.isConnectionLoss == true)
        try await session.check()
        await session.close()
    }

    @Test func a_loss_under_the_commit_leaves_its_outcome_open() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let error = await #expect(throws: PostgresError.self) {
            try await session.write { tx in try tx.send(Self.suicide) }
        }
        #expect(error?.isConnectionLoss == true)
        #expect(error?.isOutcomeUnknown == true)
        try await session.check()
        await session.close()
    }

    @Test func a_connection_that_died_idle_is_replaced_without_an_error() async throws {
        let configuration = try serverConfiguration()
        let session = PostgresSession(configuration, logger: quiet)
        let killer = PostgresSession(configuration, logger: quiet)
        let process = try await session.read { tx in try tx.query("SELECT pg_backend_pid()").only().int4(0) }
        try await killer.read { tx in try tx.execute("SELECT pg_terminate_backend($1)", [.int4(process)]) }
        try await eventually("the session is gone") {
            try await killer.read { tx in
                try tx.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1", [.int4(process)]).isEmpty
            }
        }
        let next = try await session.read { tx in try tx.query("SELECT pg_backend_pid()").only().int4(0) }
        #expect(next != process)
        await session.close()
        await killer.close()
    }

    @Test func a_transaction_left_open_for_too_long_is_a_typed_loss_and_the_next_call_works() async throws {
        var configuration = try serverConfiguration()
        configuration.idleInTransactionTimeout = .milliseconds(50)
        let session = PostgresSession(configuration, logger: quiet)
        let watcher = PostgresSession(try serverConfiguration(), logger: quiet)
        let process = Journal()
        let isEnded = Signal()
        let outcome = Task {
            try await session.write { tx in
                process.append(Int(try tx.query("SELECT pg_backend_pid()").only().int4(0)))
                #expect(isEnded.waitBlocking(seconds: 60))
                try tx.execute("SELECT 1")
            }
        }
        try await eventually("the session is cut off") {
            guard let frozen = process.values.first else { return false }
            return try await watcher.read { tx in
                try tx.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1", [.int4(Int32(frozen))]).isEmpty
            }
        }
        isEnded.fire()
        let error = await #expect(throws: PostgresError.self) { try await outcome.value }
        #expect(error?.sqlState == .idleInTransactionTimeout)
        #expect(error?.isConnectionLoss == true && error?.isOutage == true && error?.isOutcomeUnknown == false)
        try await session.check()
        await session.close()
        await watcher.close()
    }

    @Test func an_old_connection_is_replaced() async throws {
        var configuration = try serverConfiguration()
        configuration.maximumAge = .zero
        let session = PostgresSession(configuration, logger: quiet)
        let first = try await session.read { tx in try tx.query("SELECT pg_backend_pid()").only().int4(0) }
        let second = try await session.read { tx in try tx.query("SELECT pg_backend_pid()").only().int4(0) }
        #expect(first != second)
        await session.close()
    }

    @Test func no_server_is_unreachable() async throws {
        // Port 1 (tcpmux) is served nowhere.
        let session = PostgresSession(try PostgresConfiguration(url: "postgresql://u:secret@127.0.0.1:1/db"), logger: quiet)
        let error = await #expect(throws: PostgresError.self) { try await session.check() }
        #expect(error?.kind == .unreachable)
        #expect(error?.isUnreachable == true && error?.isOutage == true)
        #expect(error?.description.contains("secret") == false)
        await session.close()
    }

    @Test func a_missing_database_is_a_refusal() async throws {
        var configuration = try serverConfiguration()
        configuration.database = "no such database"
        let session = PostgresSession(configuration, logger: quiet)
        let error = await #expect(throws: PostgresError.self) { try await session.check() }
        #expect(error?.kind == .connectionRefused)
        #expect(error?.sqlState == .invalidDatabase)
        #expect(error?.isOutage == false)
        await session.close()
    }

    @Test func the_second_host_serves_when_the_first_does_not() async throws {
        let admin = PostgresSession(try serverConfiguration(), logger: quiet)
        let text = try serverConfiguration().description
        await admin.close()
        let server = try #require(text.split(separator: "/").dropFirst().first)
        let url = try #require(environmentURL()).replacing(server, with: "127.0.0.1:1,\(server)")
        let session = PostgresSession(try PostgresConfiguration(url: url), logger: quiet)
        try await session.check()
        await session.close()
    }

    @Test func a_closed_session_says_so() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        try await session.check()
        await session.close()
        let error = await #expect(throws: PostgresError.self) { try await session.check() }
        #expect(error?.kind == .closed)
    }

    /// More sessions than the cooperative pool has threads wait for a lock; the task that frees it must still get to run.
    @Test func blocked_sessions_do_not_stall_the_cooperative_pool() async throws {
        try await withScratchDatabase { configuration in
            let holder = PostgresSession(configuration, logger: quiet)
            let observer = PostgresSession(configuration, logger: quiet)
            let mayRelease = Signal()
            let isHeld = Signal()
            async let held: Void = holder.write { tx in
                try tx.execute("SELECT pg_advisory_xact_lock(1)")
                isHeld.fire()
                #expect(mayRelease.waitBlocking())
            }
            try await isHeld.wait()
            try await withThrowingTaskGroup { group in
                for _ in 0..<12 {
                    group.addTask {
                        let session = PostgresSession(configuration, logger: quiet)
                        try await session.write { tx in try tx.execute("SELECT pg_advisory_xact_lock(1)") }
                        await session.close()
                    }
                }
                try await eventually("twelve wait") { try await observer.waitersForAdvisoryLocks() == 12 }
                mayRelease.fire()
                try await group.waitForAll()
            }
            try await held
            await holder.close()
            await observer.close()
        }
    }
}
