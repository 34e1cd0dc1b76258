package import Commerce
package import Postgres

/// How far locations can be relied on: their rows are the last locks of a transaction, taken in ascending order.
package enum ReliabilityStore {
    /// Adds what was judged in this transaction.
    package static func add(_ tallies: [Int32: VerdictTally], at moment: Timestamp, in tx: borrowing Transaction) throws {
        try change(tallies, at: moment, in: tx) { $0.take($1, at: moment) }
    }

    /// Adds feeds that came, or did not.
    package static func add(_ feeds: [Int32: FeedTally], at moment: Timestamp, in tx: borrowing Transaction) throws {
        try change(feeds, at: moment, in: tx) { $0.take($1, at: moment) }
    }

    private static func change<Tally>(
        _ tallies: [Int32: Tally],
        at moment: Timestamp,
        in tx: borrowing Transaction,
        _ take: (inout LocationReliability, Tally) -> Void
    ) throws {
        guard !tallies.isEmpty else { return }
        let locations = tallies.keys.sorted()
        var known = try lock(locations, in: tx)
        if known.count < locations.count {
            try tx.send(
                """
                INSERT INTO location_reliability (location, updated_at)
                SELECT location, $2 FROM unnest($1::int[]) WITH ORDINALITY AS t (location, n) ORDER BY n
                ON CONFLICT (location) DO NOTHING
                """,
                [.int4Array(locations), .timestamp(moment.rawValue)]
            )
            known = try lock(locations, in: tx)
        }
        for (location, tally) in tallies {
            guard var record = known[location] else { continue }
            take(&record, tally)
            known[location] = record
        }
        try update(known, in: tx)
    }

    /// What is known of locations that have ended a parcel, by location key.
    package static func all(in tx: borrowing Transaction) throws -> [Int32: LocationReliability] { try tx.ask(all) }

    package static var all: Query<[Int32: LocationReliability]> { Query("SELECT \(columns) FROM location_reliability", read: read) }

    private static let columns = """
        location, parcels, refused, short, answered_late, dispatched_late,
        total_parcels, total_refused, total_short, total_answered_late, total_dispatched_late, updated_at,
        feeds, feed_lateness, total_feeds, total_late_feeds, total_missed_feeds
        """

    private static func lock(_ locations: [Int32], in tx: borrowing Transaction) throws -> [Int32: LocationReliability] {
        try read(
            try tx.query(
                "SELECT \(columns) FROM location_reliability WHERE location = ANY($1) ORDER BY location FOR UPDATE",
                [.int4Array(locations)]
            )
        )
    }

    private static func read(_ rows: Rows) throws -> [Int32: LocationReliability] {
        var result: [Int32: LocationReliability] = [:]
        for row in rows {
            result[try row.int4(0)] = LocationReliability(
                weights: LocationReliability.Weights(
                    parcels: try row.double(1),
                    refused: try row.double(2),
                    short: try row.double(3),
                    answeredLate: try row.double(4),
                    dispatchedLate: try row.double(5),
                    feeds: try row.double(12),
                    feedLateness: try row.double(13)
                ),
                total: VerdictTally(
                    parcels: try row.int8(6),
                    refused: try row.int8(7),
                    short: try row.int8(8),
                    answeredLate: try row.int8(9),
                    dispatchedLate: try row.int8(10)
                ),
                totalFeeds: FeedTally(feeds: try row.int8(14), late: try row.int8(15), missed: try row.int8(16)),
                updatedAt: Timestamp(rawValue: try row.timestamp(11))
            )
        }
        return result
    }

    private static func update(_ rows: [Int32: LocationReliability], in tx: borrowing Transaction) throws {
        let entries = rows.sorted { $0.key < $1.key }
        try tx.send(
            """
            UPDATE location_reliability r
            SET parcels = t.parcels, refused = t.refused, short = t.short, answered_late = t.answered_late,
                dispatched_late = t.dispatched_late, total_parcels = t.total_parcels, total_refused = t.total_refused,
                total_short = t.total_short, total_answered_late = t.total_answered_late,
                total_dispatched_late = t.total_dispatched_late, updated_at = t.updated_at,
                feeds = t.feeds, feed_lateness = t.feed_lateness, total_feeds = t.total_feeds,
                total_late_feeds = t.total_late_feeds, total_missed_feeds = t.total_missed_feeds
            FROM unnest($1::int[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::float8[],
                        $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::timestamptz[],
                        $13::float8[], $14::float8[], $15::bigint[], $16::bigint[], $17::bigint[])
                AS t (\(columns))
            WHERE r.location = t.location
            """,
            [
                .int4Array(entries.map(\.key)), .doubleArray(entries.map(\.value.weights.parcels)),
                .doubleArray(entries.map(\.value.weights.refused)), .doubleArray(entries.map(\.value.weights.short)),
                .doubleArray(entries.map(\.value.weights.answeredLate)), .doubleArray(entries.map(\.value.weights.dispatchedLate)),
                .int8Array(entries.map(\.value.total.parcels)), .int8Array(entries.map(\.value.total.refused)),
                .int8Array(entries.map(\.value.total.short)), .int8Array(entries.map(\.value.total.answeredLate)),
                .int8Array(entries.map(\.value.total.dispatchedLate)), .timestampArray(entries.map(\.value.updatedAt.rawValue)),
                .doubleArray(entries.map(\.value.weights.feeds)), .doubleArray(entries.map(\.value.weights.feedLateness)),
                .int8Array(entries.map(\.value.totalFeeds.feeds)), .int8Array(entries.map(\.value.totalFeeds.late)),
                .int8Array(entries.map(\.value.totalFeeds.missed)),
            ]
        )
    }
}
