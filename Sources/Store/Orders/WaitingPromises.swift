package import Commerce
package import Postgres

/// What those who wait for stock are promised.
package enum WaitingPromises {
    /// A waiting line with its promise as it was told last.
    package struct Row: Sendable {
        package var wait: PromiseAllocation.Wait
        package var promisedAt: Timestamp?
        /// The location that the goods come to then.
        package var promisedFrom: Int32?
        /// What its customer was told of it last.
        package var word: DeliveryWord
        /// Its customer does not know yet that it waits again; sourcing is about to tell.
        package var isUntold: Bool
        package var preorder: Bool
    }

    /// A line's promise to be written, as it is told.
    package struct Promise: Sendable {
        package var order: Int64
        package var line: Int32
        package var promisedAt: Timestamp?
        package var promisedFrom: Int32?
        package var word: DeliveryWord

        package init(order: Int64, line: Int32, promisedAt: Timestamp?, promisedFrom: Int32? = nil, word: DeliveryWord) {
            self.order = order
            self.line = line
            self.promisedAt = promisedAt
            self.promisedFrom = promisedFrom
            self.word = word
        }
    }

    /// SKUs whose promises may change with what is there or on its way.
    package struct Moving: Sendable {
        /// Of those something is on its way.
        package var expected: [Int64] = []
        /// Of those somebody was told a date, or that they lie there.
        package var told: [Int64] = []
    }

    /// Those of the SKUs that promises are made of; ascending. Others are promised to nobody, and nobody misses them.
    package static func moving(among skus: [Int64], in tx: borrowing Transaction) throws -> Moving {
        guard !skus.isEmpty else { return Moving() }
        let rows = try tx.query(
            """
            SELECT sku, is_expected, is_told FROM (
                SELECT t.sku,
                    EXISTS (SELECT FROM stock_expected e WHERE e.sku = t.sku AND e.quantity > 0 AND e.closed_at IS NULL) AS is_expected,
                    EXISTS (SELECT FROM waiting_line w WHERE w.sku = t.sku AND (w.in_stock OR w.told_day IS NOT NULL)) AS is_told
                FROM unnest($1::bigint[]) AS t (sku)
            ) m
            WHERE is_expected OR is_told
            ORDER BY sku
            """,
            [.int8Array(skus)]
        )
        var moving = Moving()
        for row in rows {
            let sku = try row.int8(0)
            if try row.bool(1) { moving.expected.append(sku) }
            if try row.bool(2) { moving.told.append(sku) }
        }
        return moving
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
            SELECT k.sku, w.order_key, w.line, w.quantity, o.accept_partial, w.promised_at, w.preorder,
                   w.told_day, w.in_stock, w.untold_since IS NOT NULL, w.promised_from
            FROM unnest($1::bigint[]) AS k (sku)
            CROSS JOIN LATERAL (
                SELECT order_key, line, quantity, promised_at, preorder, told_day, in_stock, untold_since, promised_from FROM waiting_line
                WHERE sku = k.sku ORDER BY order_key, line LIMIT $2
            ) w
            CROSS JOIN LATERAL (SELECT accept_partial FROM orders WHERE key = w.order_key LIMIT 1) o
            ORDER BY k.sku, w.order_key, w.line
            """,
            [.int8Array(skus), .int8(Int64(limit))]
        )
        let orders = try Set(rows.map { try $0.int8(1) }).sorted()
        let rejected = try FulfillmentRejections.locations(of: orders, in: tx)
        return try rows.map { row in
            Row(
                wait: PromiseAllocation.Wait(
                    order: try row.int8(1),
                    line: try row.int4(2),
                    sku: try row.int8(0),
                    units: try row.int8(3),
                    acceptPartial: try row.bool(4),
                    excluded: Set(rejected[try row.int8(1)] ?? [])
                ),
                promisedAt: try row.optionalTimestamp(5).map(Timestamp.init(rawValue:)),
                promisedFrom: try row.optionalInt4(10),
                word: try row.word(day: 7, inStock: 8),
                isUntold: try row.bool(9),
                preorder: try row.bool(6)
            )
        }
    }

    /// Writes promises, under the row locks of their orders.
    package static func write(_ promises: [Promise], in tx: borrowing Transaction) throws {
        guard !promises.isEmpty else { return }
        try tx.send(
            """
            UPDATE waiting_line w
            SET promised_at = t.promised_at, told_day = t.told_day, in_stock = t.in_stock, promised_from = t.promised_from
            FROM unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::date[], $5::boolean[], $6::int[])
                AS t (order_key, line, promised_at, told_day, in_stock, promised_from)
            WHERE w.order_key = t.order_key AND w.line = t.line
            """,
            [
                .int8Array(promises.map(\.order)), .int4Array(promises.map(\.line)),
                .optionalTimestampArray(promises.map { $0.promisedAt?.rawValue }),
                .optionalDateArray(promises.map { $0.word.day?.databaseDay }), .boolArray(promises.map { $0.word == .there }),
                .optionalInt4Array(promises.map(\.promisedFrom)),
            ]
        )
    }

    /// What one order was told of a line that waits.
    package struct Told: Sendable {
        package var promisedAt: Timestamp?
        package var preorder: Bool
        /// The last word on when its customer has the goods.
        package var word: DeliveryWord
    }

    /// What one order is promised, by line: for its story.
    package static func of(order: Int64, in tx: borrowing Transaction) throws -> [Int32: Told] {
        let rows = try tx.query(
            "SELECT line, promised_at, preorder, told_day, in_stock FROM waiting_line WHERE order_key = $1",
            [.int8(order)]
        )
        var lines: [Int32: Told] = [:]
        for row in rows {
            lines[try row.int4(0)] = Told(
                promisedAt: try row.optionalTimestamp(1).map(Timestamp.init(rawValue:)),
                preorder: try row.bool(2),
                word: try row.word(day: 3, inStock: 4)
            )
        }
        return lines
    }
}
