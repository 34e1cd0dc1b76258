package import Commerce
package import Postgres

/// How each location keeps its word: its newest feed, and what it did with the parcels it was asked for lately.
package struct SupplyFigures: Sendable {
    package var location: Int32
    /// The moment the newest feed is of; `nil` where there never was one.
    package var observedAt: Timestamp?
    /// Feeds that came behind a newer one, and feeds that were never completed.
    package var stale: Int64
    package var abandoned: Int64
    /// Parcels asked for within the window, and how many of them it rejected, whole or in part.
    package var parcels: Int64
    package var rejected: Int64

    package static func of(_ scope: StockFigures.Scope, in tx: borrowing Transaction) throws -> [SupplyFigures] {
        let rows = try tx.query(statement, [.timestamp(scope.since.rawValue)])
        return try rows.map { row in
            SupplyFigures(
                location: try row.int4(0),
                observedAt: try row.optionalTimestamp(1).map(Timestamp.init(rawValue:)),
                stale: try row.int8(2),
                abandoned: try row.int8(3),
                parcels: try row.int8(4),
                rejected: try row.int8(5)
            )
        }
    }

    /// LATERAL with LIMIT asks for each parcel of the window, instead of reading every rejection there ever was.
    package static let statement = """
        WITH asked AS (
            SELECT f.location, count(*) AS parcels, count(r.hit) AS rejected
            FROM fulfillment f
            LEFT JOIN LATERAL (SELECT 1 AS hit FROM fulfillment_rejection WHERE fulfillment_key = f.key LIMIT 1) r ON true
            WHERE f.created_at >= $1
            GROUP BY f.location
        )
        SELECT l.key, f.observed_at, coalesce(f.stale, 0), coalesce(f.abandoned, 0), coalesce(a.parcels, 0), coalesce(a.rejected, 0)
        FROM location l LEFT JOIN feed f ON f.location = l.key LEFT JOIN asked a ON a.location = l.key
        ORDER BY l.key
        """
}
