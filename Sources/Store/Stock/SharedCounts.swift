internal import Commerce
internal import Postgres

/// The counts that rows of stock share: rows that were counted together are of one count, which says when that was and with which feed.
///
/// Where a feed counts all rows of a count as they stand, the count alone becomes newer. All of them are locked then, so nobody who
/// records a movement of such a row, under its lock, reads its count meanwhile. A location's counts are written by its feeds only, which
/// come one at a time (`FeedStore.lock`).
enum SharedCounts {
    /// What a slice of a feed tells of one count's rows.
    private struct Named {
        var count: Int64
        /// Rows that are named, and those of them that stay as they are.
        var rows: Int64
        var same: Int64
        /// All that the count has.
        var all: Int64
    }

    /// A slice of a feed, against what stands.
    struct Comparison {
        /// Rows that have to be written.
        var toWrite: Set<Int64>
        /// Counts that become newer.
        var confirmed: [Int64] = []
        /// Counts that lose rows.
        var losing: [Int64] = []
    }

    /// Locks the rows that are named, in ascending order, and tells which of them have to be written.
    ///
    /// A row stays as it is where the feed counts what was counted last and is on hand, nothing moved since the new count is of, and nothing
    /// becomes available again by it. It need not be written where that goes for all that is left of its count, which must be named whole.
    static func compare(
        _ counts: [(sku: Int64, count: Int64)],
        location: Int32,
        observedAt: Timestamp,
        in tx: borrowing Transaction
    ) throws -> Comparison {
        let skus = Parameter.int8Array(counts.map(\.sku))
        let rows = try tx.query(
            Self.lock,
            [skus, .int8Array(counts.map(\.count)), .int4(location), .timestamp(observedAt.rawValue)]
        )
        var comparison = Comparison(toWrite: [])
        var named: [Named] = []
        for row in rows {
            let key = try row.int8(0)
            if try row.isNull(1) {
                comparison.toWrite.insert(key)
            } else {
                named.append(Named(count: key, rows: try row.int8(1), same: try row.int8(2), all: try row.int8(3)))
            }
        }
        guard comparison.toWrite.count < counts.count else {
            comparison.losing = named.map(\.count)
            return comparison
        }
        // Leftovers of many feeds are written anew, together: a slice is never of more than 64 counts that were there before.
        let kept = named.filter { $0.rows == $0.all && $0.same > 0 && $0.same * 64 >= Int64(counts.count) }
        comparison.confirmed = kept.map(\.count)
        comparison.losing = Set(named.map(\.count)).subtracting(comparison.confirmed).sorted()
        if !comparison.losing.isEmpty {
            let others = try tx.query(
                "SELECT sku FROM stock WHERE location = $1 AND sku = ANY($2) AND count_key = ANY($3)",
                [.int4(location), skus, .int8Array(comparison.losing)]
            )
            for row in others { comparison.toWrite.insert(try row.int8(0)) }
        }
        guard !kept.isEmpty else { return comparison }
        // A statement of its own: a movement that was committed while the lock waited is only seen now.
        let moved = try tx.query(
            "SELECT DISTINCT sku FROM stock_movement WHERE location = $1 AND occurred_at >= $2",
            [.int4(location), .timestamp(observedAt.rawValue)]
        )
        if !moved.isEmpty {
            let slice = Set(counts.map(\.sku))
            for row in moved where slice.contains(try row.int8(0)) { comparison.toWrite.insert(try row.int8(0)) }
        }
        return comparison
    }

    /// A row each for what has to be written, SKU alone, and for each count that is met.
    private static let lock = """
        WITH locked AS MATERIALIZED (
            SELECT s.sku, s.on_hand, s.counted, s.withheld_at, s.count_key
            FROM stock s WHERE s.location = $3 AND s.sku = ANY($1) ORDER BY s.sku FOR UPDATE
        ), named AS MATERIALIZED (
            SELECT i.sku, l.count_key,
                   coalesce(l.count_key IS NOT NULL AND l.counted = i.count AND l.on_hand = i.count
                            AND (l.withheld_at IS NULL OR l.withheld_at > $4), false) AS is_same
            FROM unnest($1::bigint[], $2::bigint[]) AS i (sku, count) LEFT JOIN locked l ON l.sku = i.sku
        )
        SELECT sku, NULL::bigint, NULL::bigint, NULL::bigint FROM named WHERE NOT is_same
        UNION ALL
        SELECT c.key, n.rows, n.same, c.rows
        FROM (SELECT count_key, count(*) AS rows, count(*) FILTER (WHERE is_same) AS same FROM named GROUP BY count_key) n
        JOIN stock_count c ON c.key = n.count_key
        """

    /// The counts are of this feed, and of this moment.
    static func confirm(_ counts: [Int64], sequence: Int64, observedAt: Timestamp, in tx: borrowing Transaction) throws {
        guard !counts.isEmpty else { return }
        try tx.send(
            "UPDATE stock_count SET counted_at = $2, sequence = $3 WHERE key = ANY($1)",
            [.int8Array(counts), .timestamp(observedAt.rawValue), .int8(sequence)]
        )
    }

    /// A new count, whose rows are still to be written.
    static func start(location: Int32, sequence: Int64, observedAt: Timestamp, in tx: borrowing Transaction) throws -> Int64 {
        try tx.query(
            "INSERT INTO stock_count (location, sequence, counted_at) VALUES ($1, $2, $3) RETURNING key",
            [.int4(location), .int8(sequence), .timestamp(observedAt.rawValue)]
        ).only().int8(0)
    }

    /// So many rows are of the new count; the location's counts that lost all of theirs go.
    static func finish(_ count: Int64, rows: Int, ofLocation location: Int32, in tx: borrowing Transaction) throws {
        try tx.send("UPDATE stock_count SET rows = $2 WHERE key = $1", [.int8(count), .int8(Int64(rows))])
        try tx.send("DELETE FROM stock_count WHERE location = $1 AND rows = 0", [.int4(location)])
    }

    /// So many rows are of the new count; of those that lost rows to it, the empty ones go.
    static func finish(_ count: Int64, rows: Int, losing: [Int64], in tx: borrowing Transaction) throws {
        try tx.send("UPDATE stock_count SET rows = $2 WHERE key = $1", [.int8(count), .int8(Int64(rows))])
        guard !losing.isEmpty else { return }
        try tx.send("DELETE FROM stock_count WHERE key = ANY($1) AND rows = 0", [.int8Array(losing)])
    }

    /// The supplier's numbers begin again.
    static func forgetSequences(location: Int32, in tx: borrowing Transaction) throws {
        try tx.send("UPDATE stock_count SET sequence = NULL WHERE location = $1", [.int4(location)])
    }
}
