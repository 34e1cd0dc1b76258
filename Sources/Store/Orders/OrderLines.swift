package import Postgres

/// Quantities of orders, line by line.
package enum OrderLines {
    package struct Line: Sendable {
        package var order: Int64
        package var line: Int32
        package var sku: Int64
        package var quantity: Int64
        package var cancelled: Int64
    }

    /// The lines of the orders, by order and line.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Line] { try tx.ask(of(orders)) }

    package static func of(_ orders: [Int64]) -> Query<[Line]> {
        guard !orders.isEmpty else { return .known([]) }
        return Query(
            "SELECT order_key, line, sku, quantity, cancelled FROM order_line WHERE order_key = ANY($1) ORDER BY order_key, line",
            [.int8Array(orders)]
        ) { rows in
            try rows.map {
                Line(
                    order: try $0.int8(0),
                    line: try $0.int4(1),
                    sku: try $0.int8(2),
                    quantity: try $0.int8(3),
                    cancelled: try $0.int8(4)
                )
            }
        }
    }

    /// Sets how many units of each line are cancelled, in all.
    package static func setCancelled(_ lines: [(order: Int64, line: Int32, cancelled: Int64)], in tx: borrowing Transaction) throws {
        guard !lines.isEmpty else { return }
        try tx.send(
            """
            UPDATE order_line l SET cancelled = t.cancelled
            FROM unnest($1::bigint[], $2::int[], $3::bigint[]) AS t (order_key, line, cancelled)
            WHERE l.order_key = t.order_key AND l.line = t.line
            """,
            [.int8Array(lines.map(\.order)), .int4Array(lines.map(\.line)), .int8Array(lines.map(\.cancelled))]
        )
    }
}
