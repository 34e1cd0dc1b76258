package import Commerce
package import Postgres

/// What a location's refusal says of its stock: units on hand that are promised to nobody until the SKU is counted again.
///
/// On hand stays what counts and movements make it. A count clears what was withheld at or before the moment it is of.
package enum StockEffects {
    /// More than there can be of anything: whatever is on hand, nothing of it is available.
    static let everything: Int64 = 1_000_000_000_000_000

    /// Refused units of one SKU at one location.
    package struct Refusal: Sendable {
        package var sku: Int64
        package var location: Int32
        package var units: Int64
        /// Nothing of the SKU is there, not only the refused units.
        package var isNothingLeft: Bool
        package var occurredAt: Timestamp
        /// When the location was asked for them: it cannot have refused before.
        package var requestedAt: Timestamp

        package init(
            sku: Int64,
            location: Int32,
            units: Int64,
            isNothingLeft: Bool,
            occurredAt: Timestamp,
            requestedAt: Timestamp
        ) {
            self.sku = sku
            self.location = location
            self.units = units
            self.isNothingLeft = isNothingLeft
            self.occurredAt = occurredAt
            self.requestedAt = requestedAt
        }
    }

    /// Withholds what the refusals say. The stock rows are locked.
    ///
    /// A refusal that claims a time before the last count, of a parcel requested after it, has a wrong clock: the request counts. One of a
    /// parcel that was requested before the last count, and refused before it, tells nothing new.
    package static func withhold(_ refusals: [Refusal], in tx: borrowing Transaction) throws {
        guard !refusals.isEmpty else { return }
        try tx.send(
            """
            UPDATE stock s
            SET withheld = least(s.withheld + t.units, \(everything)), withheld_at = greatest(s.withheld_at, t.at)
            FROM (
                SELECT r.sku, r.location, least(sum(r.units), \(everything))::bigint AS units, max(r.at) AS at
                FROM (
                    SELECT u.sku, u.location, u.units,
                           CASE WHEN c.counted_at IS NULL OR u.occurred_at >= c.counted_at THEN u.occurred_at ELSE u.requested_at END AS at
                    FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::timestamptz[], $5::timestamptz[])
                        AS u (sku, location, units, occurred_at, requested_at)
                    JOIN stock k ON k.sku = u.sku AND k.location = u.location
                    LEFT JOIN stock_count c ON c.key = k.count_key
                    WHERE c.counted_at IS NULL OR greatest(u.occurred_at, u.requested_at) >= c.counted_at
                ) r
                GROUP BY r.sku, r.location
            ) t
            WHERE s.sku = t.sku AND s.location = t.location
            """,
            [
                .int8Array(refusals.map(\.sku)), .int4Array(refusals.map(\.location)),
                .int8Array(refusals.map { $0.isNothingLeft ? everything : $0.units }),
                .timestampArray(refusals.map(\.occurredAt.rawValue)), .timestampArray(refusals.map(\.requestedAt.rawValue)),
            ]
        )
    }
}
