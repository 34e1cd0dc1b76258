import Logging
import Postgres
import Store
import TestSupport
import Testing

/// `0023_counts.sql` on a database that is in use: the only migration that workers of before cannot go on beside.
@Suite(.timeLimit(.minutes(15)))
struct CountMigrationTests {
    private static let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

    @Test func rows_that_were_counted_together_share_a_count_and_open_sessions_of_workers_stop_it() async throws {
        try await withDatabase(.nothing) { database in
            let owner = PostgresSession(try PostgresConfiguration(url: database.ownerURL), logger: Self.logger)
            let worker = PostgresSession(try PostgresConfiguration(url: database.url), logger: Self.logger)
            let before = Schema.migrations.filter { $0.name < "0023" }
            try await Migrator(files: before).migrate(owner)
            try await worker.write { tx in
                try tx.execute(
                    """
                    INSERT INTO stock (sku, location, on_hand, counted, counted_at, counted_sequence)
                    SELECT n, 1, n, n, CASE WHEN n < 9 THEN timestamptz '2026-11-01 10:00Z' + (n % 2) * interval '1 hour' END, n % 2
                    FROM generate_series(1, 10) AS n
                    """
                )
            }
            let refusal = await #expect(throws: MigrationError.self) { try await Schema.migrator().migrate(owner) }
            #expect("\(try #require(refusal))".contains("stop the workers first; open sessions of oms_app: 1"))
            #expect(try await Schema.migrator().pending(owner).map(\.number) == [23, 24])
            await worker.close()
            let done = try await eventuallyValue("the worker's session is over") { try? await Schema.migrator().migrate(owner) }
            #expect(done.map(\.number) == [23, 24])
            let counts = try await owner.read { tx in
                try tx.query(
                    """
                    SELECT string_agg(s.sku::text, ' ' ORDER BY s.sku), c.rows, c.sequence
                    FROM stock s JOIN stock_count c ON c.key = s.count_key GROUP BY c.key ORDER BY c.counted_at
                    """
                ).map { "\(try $0.text(0)): \(try $0.int8(1)) of \(try $0.int8(2))" }
            }
            #expect(counts == ["2 4 6 8: 4 of 0", "1 3 5 7: 4 of 1"])
            let uncounted = try await owner.read { tx in try tx.query("SELECT count(*) FROM stock WHERE count_key IS NULL").only().int8(0) }
            #expect(uncounted == 2)
            await owner.close()
        }
    }
}
