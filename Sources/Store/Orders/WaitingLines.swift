package import Postgres

/// Lines that wait for stock. Older is the smaller order key.
package enum WaitingLines {
    /// What one line of an order needs.
    package struct Need: Sendable, Hashable {
        package var order: Int64
        package var line: Int32
        package var sku: Int64
        package var quantity: Int64
        /// Sold without stock, within its SKU's limit. Only `insert` looks at it.
        package var preorder: Bool

        package init(order: Int64, line: Int32, sku: Int64, quantity: Int64, preorder: Bool = false) {
            self.order = order
            self.line = line
            self.sku = sku
            self.quantity = quantity
            self.preorder = preorder
        }
    }

    /// Waiting orders that could use what is free of `skus` now, oldest first.
    ///
    /// An order that must go out whole is only named when each of its SKUs is there in sufficient number, all locations together, so
    /// that orders which wait for something else cost nothing here. SKUs of which nothing is free are not looked at: ten thousand
    /// orders waiting for a sold-out SKU do not slow the next one down. What lies at a location that has rejected the order does not
    /// count: hundreds of such orders would stand in the way of all that come after.
    ///
    /// Each order is looked at once, however many of its SKUs are free: orders of a hundred lines came to seconds otherwise.
    /// `LIMIT 1` and `OFFSET 0` keep the planner from reading whole tables for a hash join.
    ///
    /// - Parameters:
    ///   - after: only orders younger than this key.
    ///   - locations: keys of the locations that may ship.
    package static func fillable(
        skus: [Int64],
        after: Int64,
        locations: [Int32],
        limit: Int,
        in tx: borrowing Transaction
    ) throws -> [Int64] {
        guard !skus.isEmpty else { return [] }
        let rows = try tx.query(
            """
            WITH free AS MATERIALIZED (
                SELECT s.sku, array_agg(s.location) AS locations FROM stock s
                WHERE s.sku = ANY($1) AND s.location = ANY($3) AND s.on_hand > s.reserved
                GROUP BY s.sku
            ),
            candidate AS MATERIALIZED (
                SELECT DISTINCT w.order_key
                FROM free f
                CROSS JOIN LATERAL (SELECT order_key FROM waiting_line WHERE sku = f.sku AND order_key > $2 OFFSET 0) w
            )
            SELECT c.order_key
            FROM candidate c
            CROSS JOIN LATERAL (SELECT accept_partial FROM orders WHERE key = c.order_key LIMIT 1) o
            WHERE CASE WHEN o.accept_partial THEN EXISTS (
                SELECT FROM waiting_line x JOIN free f ON f.sku = x.sku CROSS JOIN unnest(f.locations) AS l (location)
                WHERE x.order_key = c.order_key
                  AND NOT EXISTS (SELECT FROM fulfillment_rejection r WHERE r.order_key = c.order_key AND r.location = l.location))
            ELSE NOT EXISTS (
                SELECT FROM (SELECT x.sku, sum(x.quantity) AS units FROM waiting_line x WHERE x.order_key = c.order_key GROUP BY x.sku) need
                WHERE need.units > (
                    SELECT coalesce(sum(greatest(s.on_hand - s.reserved, 0)), 0) FROM stock s
                    WHERE s.sku = need.sku AND s.location = ANY($3)
                      AND NOT EXISTS (SELECT FROM fulfillment_rejection r WHERE r.order_key = c.order_key AND r.location = s.location)))
            END
            ORDER BY c.order_key
            LIMIT $4
            """,
            [.int8Array(skus), .int8(after), .int4Array(locations), .int8(Int64(limit))]
        )
        return try rows.map { try $0.int8(0) }
    }

    /// Which of `skus` somebody waits for.
    package static func awaited(among skus: [Int64], in tx: borrowing Transaction) throws -> [Int64] {
        guard !skus.isEmpty else { return [] }
        let rows = try tx.query(
            "SELECT sku FROM unnest($1::bigint[]) AS t (sku) WHERE EXISTS (SELECT FROM waiting_line w WHERE w.sku = t.sku)",
            [.int8Array(skus)]
        )
        return try rows.map { try $0.int8(0) }
    }

    /// SKUs that somebody waits for and that lie free at one of the locations, ascending. Reads all that wait: for rare looks.
    package static func awaited(at locations: [Int32], in tx: borrowing Transaction) throws -> [Int64] {
        guard !locations.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT w.sku FROM (SELECT DISTINCT sku FROM waiting_line) w
            WHERE EXISTS (
                SELECT FROM stock s WHERE s.sku = w.sku AND s.location = ANY($1) AND s.on_hand > s.reserved)
            ORDER BY w.sku
            """,
            [.int4Array(locations)]
        )
        return try rows.map { try $0.int8(0) }
    }

    /// What the orders wait for, by order and line.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Need] {
        guard !orders.isEmpty else { return [] }
        let rows = try tx.query(
            "SELECT order_key, line, sku, quantity FROM waiting_line WHERE order_key = ANY($1) ORDER BY order_key, line",
            [.int8Array(orders)]
        )
        return try rows.map { Need(order: try $0.int8(0), line: try $0.int4(1), sku: try $0.int8(2), quantity: try $0.int8(3)) }
    }

    /// Writes what orders wait for. A line that waits already keeps what it was promised, and its place among the pre-orders.
    package static func insert(_ needs: [Need], in tx: borrowing Transaction) throws {
        guard !needs.isEmpty else { return }
        _ = try tx.execute(
            """
            INSERT INTO waiting_line (order_key, line, sku, quantity, preorder)
            SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::boolean[])
            ON CONFLICT (order_key, line) DO UPDATE SET quantity = excluded.quantity
            """,
            [
                .int8Array(needs.map(\.order)), .int4Array(needs.map(\.line)), .int8Array(needs.map(\.sku)),
                .int8Array(needs.map(\.quantity)), .boolArray(needs.map(\.preorder)),
            ]
        )
    }

    /// Replaces what the orders wait for by `needs`: under their row locks.
    package static func replace(of orders: [Int64], by needs: [Need], in tx: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        _ = try tx.execute(
            """
            DELETE FROM waiting_line w
            WHERE w.order_key = ANY($1)
              AND NOT EXISTS (
                  SELECT FROM unnest($2::bigint[], $3::int[]) AS t (order_key, line) WHERE t.order_key = w.order_key AND t.line = w.line)
            """,
            [.int8Array(orders), .int8Array(needs.map(\.order)), .int4Array(needs.map(\.line))]
        )
        try insert(needs, in: tx)
    }
}
