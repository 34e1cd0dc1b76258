package import Postgres

/// Requests that a location has neither accepted, rejected nor shipped in the time it has for it.
package enum UnansweredRequests {
    /// Open requests that are overdue by the database's clock, the oldest of each location first. Reads only requests without an answer,
    /// and of those only the overdue ones, however many there were in the past.
    ///
    /// - Parameters:
    ///   - terms: locations that may not take as long as they like, with the minutes they have.
    ///   - limit: of keys per location.
    package static func overdue(
        _ terms: [(location: Int32, minutes: Int64)],
        limit: Int,
        in tx: borrowing Transaction
    ) throws -> [Int64] {
        guard !terms.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT f.key
            FROM unnest($1::int[], $2::bigint[]) AS t (location, minutes)
            CROSS JOIN LATERAL (
                SELECT key FROM fulfillment
                WHERE status = 1 AND location = t.location AND created_at < clock_timestamp() - least(t.minutes, 52560000) * interval '1 minute'
                ORDER BY created_at LIMIT $3
            ) f
            """,
            [.int4Array(terms.map(\.location)), .int8Array(terms.map(\.minutes)), .int8(Int64(limit))]
        )
        return try rows.map { try $0.int8(0) }
    }
}
