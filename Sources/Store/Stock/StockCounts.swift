package import Commerce
package import Postgres

/// Counts coming in from feeds: `on hand = last count + Σ movements at or after it`.
package enum StockCounts {
    /// What a count changed of one row.
    package struct Change: Sendable {
        package var sku: Int64
        package var availableBefore: Int64
        package var available: Int64
        package var shortfallBefore: Int64
        package var shortfall: Int64
        /// On hand, before and after. Nothing was expected of a row that was not counted before.
        package var expected: Int64?
        package var counted: Int64

        package init(before: StockRows.Level, after: StockRows.Level, expected: Int64? = nil) {
            sku = after.sku
            availableBefore = before.available
            available = after.available
            shortfallBefore = before.shortfall
            shortfall = after.shortfall
            self.expected = expected
            counted = after.onHand
        }
    }

    /// Applies counts of one location, as of `observedAt`. Rows are locked in ascending order of SKU. Gives the rows whose available
    /// units or shortfall changed.
    ///
    /// - Parameter counts: by SKU key, distinct.
    package static func apply(
        _ counts: [(sku: Int64, count: Int64)],
        location: Int32,
        sequence: Int64,
        observedAt: Timestamp,
        in tx: borrowing Transaction
    ) throws -> [Change] {
        guard !counts.isEmpty else { return [] }
        let sorted = counts.sorted { $0.sku < $1.sku }
        let comparison = try SharedCounts.compare(sorted, location: location, observedAt: observedAt, in: tx)
        try SharedCounts.confirm(comparison.confirmed, sequence: sequence, observedAt: observedAt, in: tx)
        guard !comparison.toWrite.isEmpty else { return [] }
        let written = sorted.filter { comparison.toWrite.contains($0.sku) }
        let count = try SharedCounts.start(location: location, sequence: sequence, observedAt: observedAt, in: tx)
        let changes = try write(written, count: count, location: location, observedAt: observedAt, in: tx)
        try SharedCounts.finish(count, rows: written.count, losing: comparison.confirmed + comparison.losing, in: tx)
        return changes
    }

    private static func write(
        _ counts: [(sku: Int64, count: Int64)],
        count: Int64,
        location: Int32,
        observedAt: Timestamp,
        in tx: borrowing Transaction
    ) throws -> [Change] {
        let skus = Parameter.int8Array(counts.map(\.sku))
        var changes: [Change] = []
        // A row that somebody else makes at this very moment is neither found nor inserted; the next round updates it.
        for round in 0..<Self.maximumRounds {
            // The lock is a statement of its own: a movement that was committed while it waited is only seen by the next one.
            if round > 0 { _ = try tx.query(Self.lock, [skus, .int4(location)]) }
            let rows = try tx.query(
                Self.merge,
                [skus, .int8Array(counts.map(\.count)), .int4(location), .int8(count), .timestamp(observedAt.rawValue)]
            )
            changes += try rows.filter { try !$0.isNull(0) }.map { try change($0, at: location) }
            if try rows.first?.int8(6) == Int64(counts.count) { return changes }
        }
        throw StoreError.inconsistent("stock rows kept appearing while they were counted")
    }

    private static let maximumRounds = 5

    private static let lock = """
        WITH locked AS MATERIALIZED (
            SELECT FROM stock s WHERE s.location = $2 AND s.sku = ANY($1) ORDER BY s.sku FOR UPDATE
        )
        SELECT count(*) FROM locked
        """

    /// Existing rows, which are locked, are updated, and leave their counts for the new one; missing ones are inserted as they shall be.
    /// Gives the rows whose on hand changed, and of each how many rows were written in all; one row of nulls where nothing changed.
    private static let merge = """
        WITH item AS MATERIALIZED (
            SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS t (sku, count)
        ), locked AS MATERIALIZED (
            SELECT s.sku, s.on_hand, s.reserved, s.blocked, s.count_key, s.withheld, s.withheld_at
            FROM stock s WHERE s.location = $3 AND s.sku = ANY($1)
        ), moved AS MATERIALIZED (
            SELECT m.sku, sum(m.delta)::bigint AS delta FROM stock_movement m
            WHERE m.location = $3 AND m.occurred_at >= $5 GROUP BY m.sku
        ), counted AS MATERIALIZED (
            SELECT i.sku, l.sku IS NOT NULL AS is_known, coalesce(l.on_hand, 0) AS on_hand_before, coalesce(l.reserved, 0) AS reserved,
                   coalesce(l.blocked, 0) AS blocked, l.count_key IS NOT NULL AS was_counted, i.count, i.count + coalesce(m.delta, 0) AS on_hand,
                   coalesce(l.withheld, 0) AS withheld_before,
                   CASE WHEN l.withheld_at > $5 THEN l.withheld ELSE 0 END AS withheld,
                   CASE WHEN l.withheld_at > $5 THEN l.withheld_at END AS withheld_at
            FROM item i LEFT JOIN locked l ON l.sku = i.sku LEFT JOIN moved m ON m.sku = i.sku
        ), updated AS (
            UPDATE stock s SET on_hand = c.on_hand, counted = c.count, count_key = $4,
                               withheld = c.withheld, withheld_at = c.withheld_at
            FROM counted c WHERE c.is_known AND s.sku = c.sku AND s.location = $3
            RETURNING s.sku
        ), inserted AS (
            INSERT INTO stock (sku, location, on_hand, counted, count_key)
            SELECT sku, $3, on_hand, count, $4 FROM counted WHERE NOT is_known ORDER BY sku
            ON CONFLICT (sku, location) DO NOTHING
            RETURNING sku
        ), left_behind AS (
            UPDATE stock_count k SET rows = k.rows - l.rows
            FROM (SELECT count_key, count(*) AS rows FROM locked WHERE count_key <> $4 GROUP BY count_key) l WHERE k.key = l.count_key
        ), written AS (
            SELECT (SELECT count(*) FROM updated) + (SELECT count(*) FROM inserted) AS rows
        )
        SELECT c.sku, c.on_hand_before, c.on_hand, c.reserved, c.blocked, c.was_counted, w.rows, c.withheld_before, c.withheld
        FROM written w LEFT JOIN counted c ON (c.on_hand, c.withheld) <> (c.on_hand_before, c.withheld_before)
        """

    /// Sets every SKU of the location that the feed did not name to 0, as of `observedAt`. Gives the rows that changed.
    package static func zeroUnnamed(
        location: Int32,
        sequence: Int64,
        observedAt: Timestamp,
        in tx: borrowing Transaction
    ) throws -> [Change] {
        // Locked first, as in `apply`. A row made meanwhile waits for the next full feed.
        let unnamed = try tx.query(
            """
            SELECT s.sku FROM stock s LEFT JOIN stock_count k ON k.key = s.count_key
            WHERE s.location = $1 AND k.sequence IS DISTINCT FROM $2 ORDER BY s.sku FOR UPDATE OF s
            """,
            [.int4(location), .int8(sequence)]
        )
        guard !unnamed.isEmpty else { return [] }
        let count = try SharedCounts.start(location: location, sequence: sequence, observedAt: observedAt, in: tx)
        let rows = try tx.query(
            """
            WITH moved AS MATERIALIZED (
                SELECT m.sku, sum(m.delta)::bigint AS delta FROM stock_movement m
                WHERE m.location = $1 AND m.occurred_at >= $3 GROUP BY m.sku
            ), counted AS (
                SELECT s.sku, s.on_hand AS on_hand_before, s.reserved, s.blocked, s.count_key, s.count_key IS NOT NULL AS was_counted,
                       coalesce(m.delta, 0) AS on_hand, s.withheld AS withheld_before,
                       CASE WHEN s.withheld_at > $3 THEN s.withheld ELSE 0 END AS withheld,
                       CASE WHEN s.withheld_at > $3 THEN s.withheld_at END AS withheld_at
                FROM stock s LEFT JOIN moved m ON m.sku = s.sku
                WHERE s.location = $1 AND s.sku = ANY($4)
            ), written AS (
                UPDATE stock s SET on_hand = c.on_hand, counted = 0, count_key = $2,
                                   withheld = c.withheld, withheld_at = c.withheld_at
                FROM counted c WHERE s.sku = c.sku AND s.location = $1
            ), left_behind AS (
                UPDATE stock_count k SET rows = k.rows - l.rows
                FROM (SELECT count_key, count(*) AS rows FROM counted GROUP BY count_key) l WHERE k.key = l.count_key
            )
            SELECT sku, on_hand_before, on_hand, reserved, blocked, was_counted, 0::bigint, withheld_before, withheld
            FROM counted WHERE (on_hand, withheld) <> (on_hand_before, withheld_before)
            """,
            [
                .int4(location), .int8(count), .timestamp(observedAt.rawValue),
                .int8Array(try unnamed.map { try $0.int8(0) }),
            ]
        )
        try SharedCounts.finish(count, rows: unnamed.count, ofLocation: location, in: tx)
        return try rows.map { try change($0, at: location) }
    }

    /// From a row of SKU, on hand before and now, reserved, blocked, whether it was counted before, a number that is not looked at, and
    /// withheld before and now.
    private static func change(_ row: Postgres.Row, at location: Int32) throws -> Change {
        let before = StockRows.Level(
            sku: try row.int8(0),
            location: location,
            onHand: try row.int8(1),
            reserved: try row.int8(3),
            blocked: try row.int8(4),
            withheld: try row.int8(7)
        )
        var after = before
        after.onHand = try row.int8(2)
        after.withheld = try row.int8(8)
        return Change(before: before, after: after, expected: try row.bool(5) ? before.onHand : nil)
    }
}
