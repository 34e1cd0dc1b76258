import Commerce
import Logging
import Postgres
import Store
import TestSupport
import Testing

/// A count and a movement that meet: whoever comes second knows of the first.
@Suite(.timeLimit(.minutes(15)))
struct StockCountTests {
    private static let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
    private static let observedAt = Timestamp(rawValue: 1_700_000_000_000_000)

    /// Has a dispatch commit while `count` waits for the stock row the dispatch has locked.
    private func race(_ count: @escaping @Sendable (borrowing Transaction) throws -> Void) async throws -> (
        onHand: Int64, violations: Int64
    ) {
        try await withDatabase { database in
            let configuration = try PostgresConfiguration(url: database.url)
            let dispatch = PostgresSession(configuration, name: "dispatch", logger: Self.logger)
            let feed = PostgresSession(configuration, name: "feed", logger: Self.logger)
            let watch = PostgresSession(configuration, name: "watch", logger: Self.logger)
            try await watch.write { tx in
                _ = try StockCounts.apply([(sku: 1, count: 10)], location: 1, sequence: 1, observedAt: Self.observedAt, in: tx)
            }
            // A transaction kept open over several calls, as none of ours is.
            try await dispatch.script(
                """
                BEGIN;
                SELECT FROM stock WHERE sku = 1 FOR UPDATE;
                INSERT INTO stock_movement (sku, location, delta, occurred_at, kind, reference) VALUES (1, 1, -3, now(), 2, 'x');
                UPDATE stock SET on_hand = on_hand - 3;
                """
            )
            let counting = Task { try await feed.write { tx in try count(tx) } }
            try await eventually("the count waits for the dispatch") {
                try await watch.read { tx in
                    try tx.query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .only().int8(0) == 1
                }
            }
            try await dispatch.script("COMMIT")
            try await counting.value
            let result = try await watch.read { tx in
                let onHand = try tx.query("SELECT on_hand FROM stock").only().int8(0)
                return (onHand, try AuditStore.examine(in: tx).first { $0.law.name == "on_hand" }?.violations ?? -1)
            }
            for session in [dispatch, feed, watch] { await session.close() }
            return result
        }
    }

    @Test func a_count_that_waited_for_a_dispatch_knows_of_it() async throws {
        let result = try await race { tx in
            _ = try StockCounts.apply([(sku: 1, count: 20)], location: 1, sequence: 2, observedAt: Self.observedAt, in: tx)
        }
        #expect(result == (17, 0))
    }

    @Test func zeroing_that_waited_for_a_dispatch_knows_of_it() async throws {
        let result = try await race { tx in
            _ = try StockCounts.zeroUnnamed(location: 1, sequence: 2, observedAt: Self.observedAt, in: tx)
        }
        #expect(result == (-3, 0))
    }
}
