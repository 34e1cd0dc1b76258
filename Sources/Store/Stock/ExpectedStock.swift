package import Commerce
package import Postgres

/// Goods on their way to locations: the newest word on each delivery.
///
/// A delivery promises something while units of it are still to come, and no count that was observed after its date says what is there:
/// such a count has the goods in it, or they did not come by then. Either way somebody has to announce what is still to come anew.
package enum ExpectedStock {
    /// What was said of one delivery.
    package struct Row: Sendable {
        package var location: Int32
        package var reference: String
        package var sku: Int64
        /// Units still to come; 0: nothing any more.
        package var quantity: Int64
        package var expectedAt: Timestamp
        package var updatedAt: Timestamp
        /// The most units that were ever announced of it.
        package var announced: Int64

        /// Units that are no longer to come: they came, or were called off.
        package var received: Int64 { max(0, announced - quantity) }

        package init(
            location: Int32,
            reference: String,
            sku: Int64,
            quantity: Int64,
            expectedAt: Timestamp,
            updatedAt: Timestamp,
            announced: Int64? = nil
        ) {
            self.announced = announced ?? quantity
            self.location = location
            self.reference = reference
            self.sku = sku
            self.quantity = quantity
            self.expectedAt = expectedAt
            self.updatedAt = updatedAt
        }
    }

    /// Writes what was said, unless something newer was. Gives the SKUs of deliveries that changed.
    ///
    /// - Parameter rows: one per delivery.
    package static func write(_ rows: [Row], in tx: borrowing Transaction) throws -> Set<Int64> {
        guard !rows.isEmpty else { return [] }
        let sorted = rows.sorted { left, right in
            if left.location != right.location { return left.location < right.location }
            if !ExactID.same(left.reference, right.reference) { return precedesBytewise(left.reference, right.reference) }
            return left.sku < right.sku
        }
        let changed = try tx.query(
            """
            INSERT INTO stock_expected AS e (location, reference, sku, quantity, announced, expected_at, updated_at, closed_at)
            SELECT t.location, t.reference, t.sku, t.quantity, t.quantity, t.expected_at, t.updated_at,
                   (SELECT c.counted_at FROM stock s JOIN stock_count c ON c.key = s.count_key
                    WHERE s.sku = t.sku AND s.location = t.location AND c.counted_at >= t.expected_at)
            FROM unnest($1::int[], $2::text[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::timestamptz[])
                WITH ORDINALITY AS t (location, reference, sku, quantity, expected_at, updated_at, n)
            ORDER BY t.n
            ON CONFLICT (location, reference, sku) DO UPDATE SET
                quantity = excluded.quantity,
                -- What has ended begins anew.
                announced = CASE WHEN e.quantity = 0 THEN excluded.quantity ELSE greatest(e.announced, excluded.quantity) END,
                expected_at = excluded.expected_at, updated_at = excluded.updated_at,
                closed_at = excluded.closed_at
            WHERE e.updated_at < excluded.updated_at
            RETURNING e.sku
            """,
            [
                .int4Array(sorted.map(\.location)), .textArray(sorted.map(\.reference)), .int8Array(sorted.map(\.sku)),
                .int8Array(sorted.map(\.quantity)), .timestampArray(sorted.map(\.expectedAt.rawValue)),
                .timestampArray(sorted.map(\.updatedAt.rawValue)),
            ]
        )
        return Set(try changed.map { try $0.int8(0) })
    }

    /// A count of the location was observed: closes the deliveries that were expected by then. Gives their SKUs.
    ///
    /// - Parameter skus: those that were counted; `nil`: all of the location.
    package static func close(
        location: Int32,
        skus: [Int64]?,
        observedAt: Timestamp,
        in tx: borrowing Transaction
    ) throws -> Set<Int64> {
        let due = try tx.query(
            """
            SELECT reference, sku FROM stock_expected
            WHERE location = $1 AND expected_at <= $2 AND quantity > 0 AND closed_at IS NULL AND (NOT $3 OR sku = ANY($4))
            ORDER BY location, reference, sku FOR UPDATE
            """,
            [.int4(location), .timestamp(observedAt.rawValue), .bool(skus != nil), .int8Array(skus ?? [])]
        )
        guard !due.isEmpty else { return [] }
        let keys = try due.map { try $0.int8(1) }
        try tx.send(
            """
            UPDATE stock_expected e SET closed_at = $2
            FROM unnest($3::text[], $4::bigint[]) AS t (reference, sku)
            WHERE e.location = $1 AND e.reference = t.reference AND e.sku = t.sku
            """,
            [.int4(location), .timestamp(observedAt.rawValue), .textArray(try due.map { try $0.text(0) }), .int8Array(keys)]
        )
        return Set(keys)
    }

    /// SKUs of which something is on its way to the location, ascending.
    package static func skus(at location: Int32, in tx: borrowing Transaction) throws -> [Int64] {
        try tx.query(
            "SELECT DISTINCT sku FROM stock_expected WHERE location = $1 AND quantity > 0 AND closed_at IS NULL ORDER BY sku",
            [.int4(location)]
        ).map { try $0.int8(0) }
    }

    /// SKUs of which deliveries are open, those of the earliest delivery first.
    ///
    /// - Parameters:
    ///   - sku: only this one's; its id.
    ///   - location: only deliveries to it.
    ///   - limit: of deliveries looked at.
    package static func awaited(sku: String?, location: Int32?, limit: Int, in tx: borrowing Transaction) throws -> [Row] {
        let rows = try tx.query(
            """
            SELECT location, reference, sku, quantity, expected_at, updated_at, announced FROM stock_expected
            WHERE quantity > 0 AND closed_at IS NULL
              AND ($1::text IS NULL OR sku = (SELECT key FROM sku WHERE id = $1)) AND ($2::int IS NULL OR location = $2)
            ORDER BY expected_at, location, reference, sku LIMIT $3
            """,
            [.optionalText(sku), .optionalInt4(location), .int8(Int64(limit))]
        )
        return try rows.map(row)
    }

    /// All open deliveries of the SKUs, the earliest of each first.
    package static func open(of skus: [Int64], in tx: borrowing Transaction) throws -> [Row] {
        let rows = try tx.query(
            """
            SELECT location, reference, sku, quantity, expected_at, updated_at, announced FROM stock_expected
            WHERE sku = ANY($1) AND quantity > 0 AND closed_at IS NULL
            ORDER BY sku, expected_at, location, reference
            """,
            [.int8Array(skus)]
        )
        return try rows.map(row)
    }

    private static func row(_ row: Postgres.Row) throws -> Row {
        Row(
            location: try row.int4(0),
            reference: try row.text(1),
            sku: try row.int8(2),
            quantity: try row.int8(3),
            expectedAt: Timestamp(rawValue: try row.timestamp(4)),
            updatedAt: Timestamp(rawValue: try row.timestamp(5)),
            announced: try row.int8(6)
        )
    }

    /// What is on its way of the SKUs after the moment `now`; a date that has passed promises nothing.
    package static func arrivals(of skus: [Int64], after now: Timestamp, in tx: borrowing Transaction) throws -> [PromiseAllocation.Arrival]
    {
        guard !skus.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT sku, location, expected_at, quantity FROM stock_expected
            WHERE sku = ANY($1) AND expected_at > $2 AND quantity > 0 AND closed_at IS NULL
            ORDER BY sku, expected_at, location, reference
            """,
            [.int8Array(skus), .timestamp(now.rawValue)]
        )
        return try rows.map { row in
            PromiseAllocation.Arrival(
                sku: try row.int8(0),
                location: Int64(try row.int4(1)),
                at: Timestamp(rawValue: try row.timestamp(2)),
                units: try row.int8(3)
            )
        }
    }
}
