package import Commerce
package import Postgres

/// What locations' feeds have been like, for a report on who can be relied upon.
package struct FeedRecord: Sendable {
    package var location: Int32
    /// When its last feed was complete; `nil`: it never had one.
    package var fedAt: Timestamp?
    /// Seconds since then.
    package var age: Double?
    package var freshness: FeedFreshness
    package var feeds: Int64
    package var lateFeeds: Int64
    /// Intervals by which its feeds are overdue, weighted towards the newest: 0 is always in time.
    package var lateness: Double
    /// Sequence numbers left out, feeds behind a newer one, counts that jumped.
    package var gaps: Int64
    package var repeats: Int64
    package var jumps: Int64

    /// Every location's that ever sent something, by key.
    package static func all(in tx: borrowing Transaction) throws -> [FeedRecord] {
        let rows = try tx.query(
            """
            SELECT location, fed_at, extract(epoch FROM clock_timestamp() - fed_at)::float8, missed, is_dropped, feeds, late_feeds, lateness,
                   gaps, repeats, jumps
            FROM location_freshness ORDER BY location
            """
        )
        return try rows.map { row in
            FeedRecord(
                location: try row.int4(0),
                fedAt: try row.optionalTimestamp(1).map(Timestamp.init(rawValue:)),
                age: try row.optionalDouble(2),
                freshness: FeedFreshness(missed: try row.int8(3), isDropped: try row.bool(4)),
                feeds: try row.int8(5),
                lateFeeds: try row.int8(6),
                lateness: try row.double(7),
                gaps: try row.int8(8),
                repeats: try row.int8(9),
                jumps: try row.int8(10)
            )
        }
    }
}
