import Glibc
import Postgres
import TestSupport
import Testing
import Workers

/// What workers ask of their database sessions.
@Suite(.timeLimit(.minutes(15)))
struct WorkerSessionTests {
    @Test func workers_read_no_table_whole_and_are_cut_off_when_they_freeze_and_tools_are_not() async throws {
        try await withShop([]) { shop in
            let usual = try PostgresConfiguration(url: shop.databaseURL)
            #expect(try await Self.limits(usual) == ["on", "30s"])
            #expect(try await Self.limits(usual.ofWorkers) == ["off", "5s"])
            // What an installation says itself wins.
            let mark = shop.databaseURL.contains("?") ? "&" : "?"
            let told = try PostgresConfiguration(url: "\(shop.databaseURL)\(mark)options=-c%20idle_in_transaction_session_timeout%3D7s")
            #expect(try await Self.limits(told.ofWorkers) == ["off", "7s"])
        }
    }

    @Test func a_worker_that_freezes_in_a_transaction_loses_its_locks_and_does_its_work_again_when_it_wakes() async throws {
        try await withShop([.intake, .sourcing, .stock]) { shop in
            let order = Order("1", of: "A")
            try await shop.stock("ber", [("A", 1)])
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            let holder = PostgresSession(try PostgresConfiguration(url: shop.databaseURL), logger: quiet)
            try await holder.script("BEGIN; SELECT FROM orders FOR UPDATE")
            let child = try shop.child(["fulfillment"])
            let reply = Task { try await shop.ask("shipment.dispatched", shop.dispatched(parcel), within: .seconds(240)) }
            // It is frozen while it waits for the order, which it then has, and knows nothing of.
            try await eventually("the worker waits for the order", within: .seconds(240)) {
                try await shop.number("\(Self.workers) AND wait_event_type = 'Lock'") == 1
            }
            child.send(SIGSTOP)
            try await holder.script("ROLLBACK")
            await holder.close()
            try await eventually("it sits on the order", within: .seconds(240)) {
                try await shop.number("\(Self.workers) AND state = 'idle in transaction'") == 1
            }
            // Whoever wants the order is kept waiting for no longer than a lock may be waited for: 10 s.
            try await shop.session.write { tx in try tx.execute("SELECT FROM orders FOR UPDATE") }
            #expect(try await shop.count("shipment") == 0)
            child.send(SIGCONT)
            #expect(try await reply.value == ["accepted": true, "id": "s-1"])
            #expect(try await shop.desk().isEmpty)
            #expect(try await child.end() == .exited(0))
        }
    }

    private static let workers =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'oms worker'"

    private static func limits(_ configuration: PostgresConfiguration) async throws -> [String] {
        let session = PostgresSession(configuration, logger: quiet)
        let limits = try await session.read { tx in
            try ["enable_seqscan", "idle_in_transaction_session_timeout"].map {
                try tx.query("SELECT current_setting($1)", [.text($0)]).only().text(0)
            }
        }
        await session.close()
        return limits
    }
}
