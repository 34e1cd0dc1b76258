import Commerce
import Logging
import Postgres
import Store
import TestSupport
import Testing

/// Reports read the window they are asked for, not the history behind it.
@Suite(.timeLimit(.minutes(15)))
struct ReportPlanTests {
    private static let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

    /// Two years of movements and parcels in the order of time, a few hundred a day.
    private static let history = """
        INSERT INTO sku (id) SELECT 'S' || n FROM generate_series(1, 5000) n;
        INSERT INTO stock (sku, location, on_hand, counted) SELECT s, l, 10, 10 FROM generate_series(1, 5000) s, generate_series(1, 3) l;
        INSERT INTO stock_movement (sku, location, delta, occurred_at, kind, reference)
            SELECT 1 + n % 5000, 1 + n % 3, -2, timestamptz '2026-11-01' - interval '730 days' + n * interval '210.24 seconds', 1, 'F' || n
            FROM generate_series(1, 300000) n;
        INSERT INTO fulfillment SELECT n, n, 1, 4, timestamptz '2026-11-01' - interval '730 days' + n * interval '210.24 seconds'
            FROM generate_series(1, 300000) n;
        INSERT INTO orders (key, channel, id, status, accept_partial, event_sequence, total, placed_at, accepted_at, digest)
            SELECT n, 1, 'o' || n, 7, false, 1, 100, now(), now(), '\\x00' FROM generate_series(1, 300000) n;
        UPDATE fulfillment SET status = 1 WHERE key = 299990;
        INSERT INTO fulfillment_line SELECT n, 0, 1, 2, CASE WHEN n = 299990 THEN 0 ELSE 2 END FROM generate_series(250000, 300000) n;
        UPDATE stock SET reserved = 2 WHERE sku = 1 AND location = 1;
        INSERT INTO location (id, definition) VALUES ('ber', '{}'), ('ham', '{}');
        INSERT INTO fulfillment_rejection SELECT n, 'r', '\\x00', n, 1, 'other', now() FROM generate_series(1, 300000, 10) n;
        SELECT brin_summarize_new_values('stock_movement_lately'), brin_summarize_new_values('fulfillment_lately');
        ANALYZE;
        """

    @Test func a_report_reads_its_window_and_not_the_history() async throws {
        try await withDatabase { database in
            var configuration = try PostgresConfiguration(url: database.ownerURL)
            configuration.statementTimeout = .seconds(120)
            let owner = PostgresSession(configuration, name: "owner", logger: Self.logger)
            try await owner.script(Self.history)
            let now = Timestamp(seconds: 1_793_491_200)
            let scope = StockFigures.Scope(now: now, days: 7)
            let before = try await Self.rowsRead(owner)
            let (demand, supply) = try await owner.read { tx in
                var demand: Int64 = 0
                try StockFigures.skus(scope, in: tx) { skus in demand += skus.reduce(0) { $0 + $1.facts.demand } }
                return (demand, try SupplyFigures.of(scope, in: tx))
            }
            // 410 or 411 movements a day, of 2 units.
            #expect((5_740...5_780).contains(demand), "\(demand)")
            #expect(supply.first.map { $0.parcels > 2_800 && $0.rejected == $0.parcels / 10 } == true, "\(supply)")
            let after = try await Self.rowsRead(owner)
            // A week and the block ranges at its edges: not 300,000.
            for table in ["stock_movement", "fulfillment"] {
                let read = (after[table] ?? 0) - (before[table] ?? 0)
                #expect(read > 0 && read < 40_000, "\(read) rows of \(table)")
            }
            await owner.close()
        }
    }

    @Test func a_page_on_one_sku_reads_lately_moved_stock_alone() async throws {
        try await withDatabase { database in
            var configuration = try PostgresConfiguration(url: database.ownerURL)
            configuration.statementTimeout = .seconds(120)
            let owner = PostgresSession(configuration, name: "owner", logger: Self.logger)
            try await owner.script(Self.history)
            let extent = SKUStory.Extent(rows: 20, since: Timestamp(seconds: 1_793_491_200).adding(seconds: -7 * 86_400))
            let before = try await Self.rowsRead(owner)
            let story = try await owner.read { tx in try SKUStory.find("S1", extent: extent, in: tx) }
            #expect(story?.places.count == 3)
            #expect(story?.movements.isEmpty == false)
            #expect(story?.reserved.map(\.units) == [2] && story?.reserved.first?.orderID == "o299990")
            let after = try await Self.rowsRead(owner)
            for table in ["stock_movement", "fulfillment", "fulfillment_line", "orders"] {
                #expect((after[table] ?? 0) - (before[table] ?? 0) < 40_000, "\(table)")
            }
            await owner.close()
        }
    }

    /// Rows that scans of any kind have fetched of each table.
    private static func rowsRead(_ session: PostgresSession) async throws -> [String: Int64] {
        _ = try await session.read(isolation: .readCommitted) { tx in try tx.query("SELECT pg_stat_force_next_flush()").count }
        return try await session.read(isolation: .readCommitted) { tx in
            var rows: [String: Int64] = [:]
            for row in try tx.query("SELECT relname::text, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables") {
                rows[try row.text(0)] = try row.int8(1)
            }
            return rows
        }
    }
}
