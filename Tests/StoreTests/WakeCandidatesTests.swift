import Commerce
import Logging
import Postgres
import Store
import TestSupport
import Testing

/// Of which SKUs a late feed, or a changed rule, is worth telling.
@Suite(.timeLimit(.minutes(15)))
struct WakeCandidatesTests {
    private static let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

    @Test func only_what_is_neither_promised_nor_blocked_nor_withheld_counts() async throws {
        try await withDatabase { database in
            let session = PostgresSession(try PostgresConfiguration(url: database.url), name: "test", logger: Self.logger)
            try await session.write { tx in
                // The last one is withheld whole, as after `out_of_stock`.
                try tx.execute(
                    """
                    INSERT INTO stock (sku, location, on_hand, reserved, blocked, withheld, withheld_at) VALUES
                        (1, 1, 5, 4, 0, 0, NULL), (2, 1, 5, 5, 0, 0, NULL), (3, 1, 5, 2, 3, 0, NULL), (4, 1, 5, 1, 1, 2, now()),
                        (5, 1, 5, 1, 1, 3, now()), (6, 2, 9, 0, 0, 0, NULL), (7, 1, 5, 1, 0, 1000000000000000, now())
                    """
                )
            }
            let (here, anywhere) = try await session.read { tx in
                (try FreshnessStore.skus(at: 1, in: tx), try StockPolicy.skus(in: tx))
            }
            #expect(here == [1, 4])
            #expect(anywhere == [1, 4, 6])
            await session.close()
        }
    }
}
