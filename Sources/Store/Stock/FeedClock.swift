package import Postgres

/// For shows and rehearsals: lets time pass for a location's feed.
package enum FeedClock {
    /// Makes the location's last complete feed older, by so many minutes. Gives whether it had one.
    package static func age(_ location: Int32, byMinutes minutes: Int32, in tx: borrowing Transaction) throws -> Bool {
        try tx.execute(
            "UPDATE location_freshness SET fed_at = fed_at - $2 * interval '1 minute' WHERE location = $1 AND fed_at IS NOT NULL",
            [.int4(location), .int4(minutes)]
        ) == 1
    }
}
