package import Commerce
package import Postgres

/// What those who wait for stock are promised.
package enum WaitingPromises {
    /// A waiting line with its promise as it was told last.
    package struct Row: Sendable {
        package var wait: PromiseAllocation.Wait
        package var promisedAt: Timestamp?
        package var preorder: Bool
    }

    /// A line's promise to be written.
    package struct Promise: Sendable {
        package var order: Int64
        package var line: Int32
        package var promisedAt: Timestamp?

        package init(order: Int64, line: Int32, promisedAt: Timestamp?) {
            self.order = order
            self.line = line
            self.promisedAt = promisedAt
        }
    }

    /// From now on nobody else recalculates promises of these SKUs. Taken before every other lock of its transaction.
    package static func lock(_ skus: [Int64], in tx: borrowing Transaction) throws {
        _ = try tx.query(
            "SELECT pg_advisory_xact_lock(o.sku) FROM (SELECT sku FROM unnest($1::bigint[]) AS t (sku) ORDER BY sku OFFSET 0) o",
            [.int8Array(skus)]
        )
    }

    /// The oldest lines that wait for the SKUs, at most `limit` of each SKU; by SKU, order and line.
    package static func queue(_ skus: [Int64], limit: Int, in tx: borrowing Transaction) throws -> [Row] {
        guard !skus.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT k.sku, w.order_key, w.line, w.quantity, o.accept_partial, w.promised_at, w.preorder
            FROM unnest($1::bigint[]) AS k (sku)
            CROSS JOIN LATERAL (
                SELECT order_key, line, quantity, promised_at, preorder FROM waiting_line
                WHERE sku = k.sku ORDER BY order_key, line LIMIT $2
            ) w
            CROSS JOIN LATERAL (SELECT accept_partial FROM orders WHERE key = w.order_key LIMIT 1) o
            ORDER BY k.sku, w.order_key, w.line
            """,
            [.int8Array(skus), .int8(Int64(limit))]
        )
        return try rows.map { row in
            Row(
                wait: PromiseAllocation.Wait(
                    order: try row.int8(1),
                    line: try row.int4(2),
                    sku: try row.int8(0),
                    units: try row.int8(3),
                    acceptPartial: try row.bool(4)
                ),
                promisedAt: try row.optionalTimestamp(5).map(Timestamp.init(rawValue:)),
                preorder: try row.bool(6)
            )
        }
    }

    /// Writes promises, under the row locks of their orders.
    package static func write(_ promises: [Promise], in tx: borrowing Transaction) throws {
        guard !promises.isEmpty else { return }
        _ = try tx.execute(
            """
            UPDATE waiting_line w SET promised_at = t.promised_at
            FROM unnest($1::bigint[], $2::int[], $3::timestamptz[]) AS t (order_key, line, promised_at)
            WHERE w.order_key = t.order_key AND w.line = t.line
            """,
            [
                .int8Array(promises.map(\.order)), .int4Array(promises.map(\.line)),
                .optionalTimestampArray(promises.map { $0.promisedAt?.rawValue }),
            ]
        )
    }

    /// What one order is promised, by line: for its story.
    package static func of(order: Int64, in tx: borrowing Transaction) throws -> [Int32: (promisedAt: Timestamp?, preorder: Bool)] {
        let rows = try tx.query("SELECT line, promised_at, preorder FROM waiting_line WHERE order_key = $1", [.int8(order)])
        var lines: [Int32: (promisedAt: Timestamp?, preorder: Bool)] = [:]
        for row in rows {
            lines[try row.int4(0)] = (try row.optionalTimestamp(1).map(Timestamp.init(rawValue:)), try row.bool(2))
        }
        return lines
    }
}
