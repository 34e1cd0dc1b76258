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

        package init(sku: Int64, availableBefore: Int64, available: Int64, shortfallBefore: Int64, shortfall: Int64) {
            self.sku = sku
            self.availableBefore = availableBefore
            self.available = available
            self.shortfallBefore = shortfallBefore
            self.shortfall = shortfall
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
        let skus = Parameter.int8Array(sorted.map(\.sku))
        _ = try tx.execute(
            """
            INSERT INTO stock (sku, location, on_hand)
            SELECT t.sku, $2, 0 FROM unnest($1::bigint[]) WITH ORDINALITY AS t (sku, n)
            WHERE NOT EXISTS (SELECT FROM stock s WHERE s.sku = t.sku AND s.location = $2)
            ORDER BY n
            ON CONFLICT (sku, location) DO NOTHING
            """,
            [skus, .int4(location)]
        )
        let rows = try tx.query(
            """
            WITH locked AS MATERIALIZED (
                SELECT s.sku, s.on_hand, s.reserved FROM stock s
                WHERE s.location = $3 AND s.sku = ANY($1) ORDER BY s.sku FOR UPDATE
            ), moved AS MATERIALIZED (
                SELECT m.sku, sum(m.delta)::bigint AS delta FROM stock_movement m
                WHERE m.location = $3 AND m.occurred_at >= $5 GROUP BY m.sku
            ), counted AS (
                SELECT l.sku, l.on_hand AS on_hand_before, l.reserved, t.count, t.count + coalesce(m.delta, 0) AS on_hand
                FROM locked l
                JOIN unnest($1::bigint[], $2::bigint[]) AS t (sku, count) ON t.sku = l.sku
                LEFT JOIN moved m ON m.sku = l.sku
            ), written AS (
                UPDATE stock s SET on_hand = c.on_hand, counted = c.count, counted_at = $5, counted_sequence = $4
                FROM counted c WHERE s.sku = c.sku AND s.location = $3
            )
            SELECT sku, on_hand_before, on_hand, reserved FROM counted WHERE on_hand <> on_hand_before
            """,
            [
                skus, .int8Array(sorted.map(\.count)), .int4(location), .int8(sequence), .timestamp(observedAt.rawValue),
            ]
        )
        return try rows.map { try change($0) }
    }

    /// Sets every SKU of the location that the feed did not name to 0, as of `observedAt`. Gives the rows that changed.
    package static func zeroUnnamed(
        location: Int32,
        sequence: Int64,
        observedAt: Timestamp,
        in tx: borrowing Transaction
    ) throws -> [Change] {
        let rows = try tx.query(
            """
            WITH locked AS MATERIALIZED (
                SELECT s.sku, s.on_hand, s.reserved FROM stock s
                WHERE s.location = $1 AND s.counted_sequence IS DISTINCT FROM $2 ORDER BY s.sku FOR UPDATE
            ), moved AS MATERIALIZED (
                SELECT m.sku, sum(m.delta)::bigint AS delta FROM stock_movement m
                WHERE m.location = $1 AND m.occurred_at >= $3 GROUP BY m.sku
            ), counted AS (
                SELECT l.sku, l.on_hand AS on_hand_before, l.reserved, coalesce(m.delta, 0) AS on_hand
                FROM locked l LEFT JOIN moved m ON m.sku = l.sku
            ), written AS (
                UPDATE stock s SET on_hand = c.on_hand, counted = 0, counted_at = $3, counted_sequence = $2
                FROM counted c WHERE s.sku = c.sku AND s.location = $1
            )
            SELECT sku, on_hand_before, on_hand, reserved FROM counted WHERE on_hand <> on_hand_before
            """,
            [.int4(location), .int8(sequence), .timestamp(observedAt.rawValue)]
        )
        return try rows.map { try change($0) }
    }

    private static func change(_ row: Postgres.Row) throws -> Change {
        let before = try row.int8(1)
        let now = try row.int8(2)
        let reserved = try row.int8(3)
        return Change(
            sku: try row.int8(0),
            availableBefore: max(0, before - reserved),
            available: max(0, now - reserved),
            shortfallBefore: max(0, reserved - before),
            shortfall: max(0, reserved - now)
        )
    }
}
