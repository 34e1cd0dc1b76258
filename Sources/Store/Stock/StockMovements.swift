package import Commerce
package import Postgres

/// Movements of stock between counts.
package enum StockMovements {
    package enum Kind: Int16, Sendable {
        case dispatch = 1
        case adjustment = 2
        /// Handed over at a till.
        case tillSale = 3
        /// A transfer reached the store where its goods are collected.
        case transferReceipt = 4
        /// Collected by the customer.
        case pickup = 5
        /// Left for the store where the goods are collected.
        case transferDispatch = 6
    }

    package struct Movement: Sendable {
        package var sku: Int64
        package var location: Int32
        /// Units that came (positive) or went (negative).
        package var delta: Int64
        package var occurredAt: Timestamp
        package var kind: Kind
        /// The shipment, adjustment … that caused it.
        package var reference: String

        package init(sku: Int64, location: Int32, delta: Int64, occurredAt: Timestamp, kind: Kind, reference: String) {
            self.sku = sku
            self.location = location
            self.delta = delta
            self.occurredAt = occurredAt
            self.kind = kind
            self.reference = reference
        }
    }

    /// Records the movements and applies those that the last count does not know of yet: `occurredAt` at or after it.
    ///
    /// The rows are locked; of one row there may be several movements.
    package static func record(_ movements: [Movement], in tx: borrowing Transaction) throws {
        guard !movements.isEmpty else { return }
        let skus = Parameter.int8Array(movements.map(\.sku))
        let locations = Parameter.int4Array(movements.map(\.location))
        let deltas = Parameter.int8Array(movements.map(\.delta))
        let moments = Parameter.timestampArray(movements.map(\.occurredAt.rawValue))
        try tx.send(
            """
            INSERT INTO stock_movement (sku, location, delta, occurred_at, kind, reference)
            SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::timestamptz[], $5::smallint[], $6::text[])
            """,
            [
                skus, locations, deltas, moments,
                .int2Array(movements.map(\.kind.rawValue)),
                .textArray(movements.map(\.reference)),
            ]
        )
        try tx.send(
            """
            UPDATE stock s SET on_hand = s.on_hand + m.delta
            FROM (
                SELECT t.sku, t.location, sum(t.delta)::bigint AS delta
                FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::timestamptz[]) AS t (sku, location, delta, occurred_at)
                JOIN stock k ON k.sku = t.sku AND k.location = t.location
                LEFT JOIN stock_count c ON c.key = k.count_key
                WHERE c.counted_at IS NULL OR t.occurred_at >= c.counted_at
                GROUP BY t.sku, t.location
            ) m
            WHERE s.sku = m.sku AND s.location = m.location AND m.delta <> 0
            """,
            [skus, locations, deltas, moments]
        )
    }
}
