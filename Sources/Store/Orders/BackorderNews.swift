package import Postgres

/// Orders that wait again, or for more, since that was told last: marked by who made them wait, told by sourcing when it finds nothing else
/// for them. Both under the orders' row locks.
package enum BackorderNews {
    package static func mark(_ orders: [Int64], in tx: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        _ = try tx.execute(
            "INSERT INTO backorder_news (order_key) SELECT * FROM unnest($1::bigint[]) ON CONFLICT DO NOTHING",
            [.int8Array(orders)]
        )
    }

    /// Takes the marks off; gives the orders that had one.
    package static func take(_ orders: [Int64], in tx: borrowing Transaction) throws -> Set<Int64> {
        guard !orders.isEmpty else { return [] }
        let rows = try tx.query("DELETE FROM backorder_news WHERE order_key = ANY($1) RETURNING order_key", [.int8Array(orders)])
        return Set(try rows.map { try $0.int8(0) })
    }
}
