package import Commerce
package import Postgres

/// Lines of orders that were handed over on the spot: written by intake, carried out by sourcing.
package enum TillLines {
    package struct Line: Sendable, Hashable {
        package var order: Int64
        package var line: Int32
        package var location: Int32

        package init(order: Int64, line: Int32, location: Int32) {
            self.order = order
            self.line = line
            self.location = location
        }
    }

    /// A line with the moment its goods changed hands.
    package struct Sold: Sendable {
        package var line: Line
        package var placedAt: Timestamp
    }

    package static func insert(_ lines: [Line], in tx: borrowing Transaction) throws {
        guard !lines.isEmpty else { return }
        try tx.send(
            "INSERT INTO till_line (order_key, line, location) SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[])",
            [.int8Array(lines.map(\.order)), .int4Array(lines.map(\.line)), .int4Array(lines.map(\.location))]
        )
    }

    /// The till lines of the orders, by order and line; most orders have none.
    package static func of(_ orders: [Int64]) -> Query<[Sold]> {
        guard !orders.isEmpty else { return .known([]) }
        return Query(
            """
            SELECT t.order_key, t.line, t.location, o.placed_at
            FROM till_line t CROSS JOIN LATERAL (SELECT placed_at FROM orders WHERE key = t.order_key LIMIT 1) o
            WHERE t.order_key = ANY($1) ORDER BY t.order_key, t.line
            """,
            [.int8Array(orders)]
        ) { rows in
            try rows.map { row in
                Sold(
                    line: Line(order: try row.int8(0), line: try row.int4(1), location: try row.int4(2)),
                    placedAt: Timestamp(rawValue: try row.timestamp(3))
                )
            }
        }
    }
}
