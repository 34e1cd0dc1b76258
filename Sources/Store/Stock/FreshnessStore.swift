package import Commerce
package import Postgres

/// How locations keep to the feed interval they owe, by the database's clock.
package enum FreshnessStore {
    package struct Row: Sendable {
        package var location: Int32
        package var freshness: FeedFreshness
        /// When the last feed was complete, and how many seconds ago that was.
        package var fedAt: Timestamp
        package var age: Double
        /// Intervals missed since then that its reliability knows of.
        package var countedMissed: Int64
    }

    /// What is out of the ordinary about a feed.
    package enum Suspicion: String, Sendable {
        /// Numbers were left out.
        case gap
        /// It comes behind a newer one, or again with other content.
        case `repeat`
        /// Counts that are far from what was expected.
        case jump
    }

    /// The locations that are late or dropped.
    package static func late(in tx: borrowing Transaction) throws -> [Int32: FeedFreshness] {
        let rows = try tx.query("SELECT location, missed, is_dropped FROM location_freshness WHERE missed > 0 OR is_dropped", [])
        var late: [Int32: FeedFreshness] = [:]
        for row in rows { late[try row.int4(0)] = FeedFreshness(missed: try row.int8(1), isDropped: try row.bool(2)) }
        return late
    }

    /// Whether this transaction may step the locations on: one at a time may.
    package static func claim(in tx: borrowing Transaction) throws -> Bool {
        try tx.query("SELECT pg_try_advisory_xact_lock(7103, 0)", [])[0].bool(0)
    }

    /// Every location that had a feed. Takes no locks.
    package static func all(in tx: borrowing Transaction) throws -> [Row] {
        try tx.query("\(columns) WHERE fed_at IS NOT NULL ORDER BY location", []).map { try row($0) }
    }

    /// The same of these locations, locked.
    package static func lock(_ locations: [Int32], in tx: borrowing Transaction) throws -> [Row] {
        try tx.query(
            "\(columns) WHERE fed_at IS NOT NULL AND location = ANY($1) ORDER BY location FOR UPDATE",
            [.int4Array(locations)]
        ).map { try row($0) }
    }

    /// A feed of the location is complete. Gives how late it stands, locked, and `nil` where it is the first one.
    ///
    /// - Parameter intervalMinutes: what the location owes, for its record.
    package static func feed(location: Int32, intervalMinutes: Int64?, in tx: borrowing Transaction) throws -> Row? {
        let before = try lock([location], in: tx).first
        try tx.send(
            """
            INSERT INTO location_freshness AS f (location, fed_at, feeds) VALUES ($1, clock_timestamp(), 1)
            ON CONFLICT (location) DO UPDATE SET
                fed_at = excluded.fed_at, feeds = f.feeds + 1, counted_missed = 0,
                late_feeds = f.late_feeds + CASE WHEN $2 > \(FeedFreshness.grace) THEN 1 ELSE 0 END,
                lateness = CASE WHEN $2 >= 0 THEN f.lateness * (1 - \(weight)) + least($2, 10) * \(weight) ELSE f.lateness END
            """,
            [.int4(location), .double(overdue(before, intervalMinutes))]
        )
        return before
    }

    /// Intervals by which a feed that comes now is overdue; −1 where nothing was owed.
    private static func overdue(_ row: Row?, _ intervalMinutes: Int64?) -> Double {
        guard let row, let intervalMinutes, intervalMinutes > 0 else { return -1 }
        return max(0, row.age / (Double(intervalMinutes) * 60) - 1)
    }

    /// How much the newest feed counts in `lateness`: about the last ten make it up.
    private static let weight = 0.2

    /// Writes how late the locations are now; gives the number of each one's event, in the order of `changes`.
    package static func step(_ changes: [(location: Int32, freshness: FeedFreshness)], in tx: borrowing Transaction) throws -> [Int64] {
        guard !changes.isEmpty else { return [] }
        let rows = try tx.query(
            """
            UPDATE location_freshness f SET missed = t.missed, is_dropped = t.is_dropped, since = clock_timestamp(), step = f.step + 1
            FROM unnest($1::int[], $2::bigint[], $3::boolean[]) AS t (location, missed, is_dropped)
            WHERE f.location = t.location
            RETURNING f.location, f.step
            """,
            [
                .int4Array(changes.map(\.location)), .int8Array(changes.map(\.freshness.missed)),
                .boolArray(changes.map(\.freshness.isDropped)),
            ]
        )
        var steps: [Int32: Int64] = [:]
        for row in rows { steps[try row.int4(0)] = try row.int8(1) }
        return changes.map { steps[$0.location] ?? 0 }
    }

    /// Remembers of locked rows how many missed intervals their reliability knows of.
    package static func countMissed(_ counts: [(location: Int32, missed: Int64)], in tx: borrowing Transaction) throws {
        guard !counts.isEmpty else { return }
        try tx.send(
            """
            UPDATE location_freshness f SET counted_missed = t.missed FROM unnest($1::int[], $2::bigint[]) AS t (location, missed)
            WHERE f.location = t.location
            """,
            [.int4Array(counts.map(\.location)), .int8Array(counts.map(\.missed))]
        )
    }

    /// Counts what is suspicious about a feed; gives the number of its event.
    ///
    /// - Parameter count: how many times: of rows, for a jump.
    package static func count(_ suspicion: Suspicion, _ count: Int64 = 1, location: Int32, in tx: borrowing Transaction) throws -> Int64 {
        let parameters: [Parameter] = [
            .int4(location), .int8(suspicion == .gap ? count : 0), .int8(suspicion == .repeat ? count : 0),
            .int8(suspicion == .jump ? count : 0),
        ]
        return try tx.query(
            """
            INSERT INTO location_freshness AS f (location, step, gaps, repeats, jumps) VALUES ($1, 1, $2, $3, $4)
            ON CONFLICT (location) DO UPDATE SET
                step = f.step + 1, gaps = f.gaps + excluded.gaps, repeats = f.repeats + excluded.repeats, jumps = f.jumps + excluded.jumps
            RETURNING f.step
            """,
            parameters
        )[0].int8(0)
    }

    /// SKUs of which the location has something that is neither promised nor blocked nor withheld.
    package static func skus(at location: Int32, in tx: borrowing Transaction) throws -> [Int64] {
        try tx.query(
            "SELECT sku FROM stock WHERE location = $1 AND on_hand - reserved > blocked + withheld ORDER BY sku",
            [.int4(location)]
        ).map { try $0.int8(0) }
    }

    private static let columns = """
        SELECT location, missed, is_dropped, fed_at, extract(epoch FROM clock_timestamp() - fed_at)::float8, counted_missed
        FROM location_freshness
        """

    private static func row(_ row: Postgres.Row) throws -> Row {
        Row(
            location: try row.int4(0),
            freshness: FeedFreshness(missed: try row.int8(1), isDropped: try row.bool(2)),
            fedAt: Timestamp(rawValue: try row.timestamp(3)),
            age: try row.double(4),
            countedMissed: try row.int8(5)
        )
    }
}
