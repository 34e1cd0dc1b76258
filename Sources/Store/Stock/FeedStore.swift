package import Commerce
package import Postgres

/// Where each location's feed stands.
package enum FeedStore {
    package struct Progress: Sendable {
        package var sequence: Int64
        package var parts: Int32
        package var isFull: Bool
        package var observedAt: Timestamp
        package var completedAt: Timestamp?
        /// Digests of the parts that are applied, by part number.
        package var digests: [Int32: [UInt8]]
        /// Counts in it that were implausible.
        package var jumps: Int64
    }

    /// Locks the location's feed, which is made where there is none yet (`nil` then).
    package static func lock(location: Int32, in tx: borrowing Transaction) throws -> Progress? {
        // The advisory lock stands in for the row that may not be there yet.
        _ = try tx.query("SELECT pg_advisory_xact_lock(7101, $1)", [.int4(location)])
        let rows = try tx.query(
            "SELECT sequence, parts, is_full, observed_at, completed_at, jumps FROM feed WHERE location = $1 FOR UPDATE",
            [.int4(location)]
        )
        guard let row = rows.first else { return nil }
        let sequence = try row.int8(0)
        var digests: [Int32: [UInt8]] = [:]
        let parts = try tx.query(
            "SELECT part, digest FROM feed_part WHERE location = $1 AND sequence = $2",
            [.int4(location), .int8(sequence)]
        )
        for part in parts { digests[try part.int4(0)] = try part.bytes(1) }
        return Progress(
            sequence: sequence,
            parts: try row.int4(1),
            isFull: try row.bool(2),
            observedAt: Timestamp(rawValue: try row.timestamp(3)),
            completedAt: try row.optionalTimestamp(4).map(Timestamp.init(rawValue:)),
            digests: digests,
            jumps: try row.int8(5)
        )
    }

    /// Starts a newer feed; an older one that was incomplete is abandoned, and counted.
    package static func start(
        location: Int32,
        sequence: Int64,
        parts: Int32,
        isFull: Bool,
        observedAt: Timestamp,
        receivedAt: Timestamp,
        in tx: borrowing Transaction
    ) throws {
        try tx.send(
            """
            INSERT INTO feed (location, sequence, parts, is_full, observed_at, received_at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (location) DO UPDATE SET
                sequence = excluded.sequence, parts = excluded.parts, is_full = excluded.is_full,
                observed_at = excluded.observed_at, received_at = excluded.received_at, completed_at = NULL, jumps = 0,
                abandoned = feed.abandoned + CASE WHEN feed.completed_at IS NULL THEN 1 ELSE 0 END
            """,
            [
                .int4(location), .int8(sequence), .int4(parts), .bool(isFull), .timestamp(observedAt.rawValue),
                .timestamp(receivedAt.rawValue),
            ]
        )
        try tx.send("DELETE FROM feed_part WHERE location = $1 AND sequence <> $2", [.int4(location), .int8(sequence)])
    }

    /// Remembers a part as applied.
    package static func finishPart(
        location: Int32,
        sequence: Int64,
        part: Int32,
        digest: [UInt8],
        in tx: borrowing Transaction
    ) throws {
        try tx.send(
            "INSERT INTO feed_part (location, sequence, part, digest) VALUES ($1, $2, $3, $4)",
            [.int4(location), .int8(sequence), .int4(part), .bytes(digest)]
        )
    }

    package static func complete(location: Int32, at moment: Timestamp, in tx: borrowing Transaction) throws {
        try tx.send("UPDATE feed SET completed_at = $2 WHERE location = $1", [.int4(location), .timestamp(moment.rawValue)])
    }

    /// Counts rows of the feed at hand that jumped.
    package static func countJumps(_ jumps: Int, location: Int32, in tx: borrowing Transaction) throws {
        try tx.send("UPDATE feed SET jumps = jumps + $2 WHERE location = $1", [.int4(location), .int8(Int64(jumps))])
    }

    package static func countStale(location: Int32, in tx: borrowing Transaction) throws {
        try tx.send("UPDATE feed SET stale = stale + 1 WHERE location = $1", [.int4(location)])
    }

    /// Lets a supplier start its sequence again. Gives whether there was a feed.
    package static func reset(location: Int32, in tx: borrowing Transaction) throws -> Bool {
        _ = try tx.query("SELECT pg_advisory_xact_lock(7101, $1)", [.int4(location)])
        try tx.send("DELETE FROM feed_part WHERE location = $1", [.int4(location)])
        // Sequence numbers come again: what was counted under one of them long ago must not pass for named by the new feed.
        try SharedCounts.forgetSequences(location: location, in: tx)
        return try tx.execute("DELETE FROM feed WHERE location = $1", [.int4(location)]) > 0
    }
}
