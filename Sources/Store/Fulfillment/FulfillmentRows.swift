package import Commerce
package import Postgres

/// Fulfillments with their lines, read and changed under the row lock of their order.
package enum FulfillmentRows {
    package struct Line: Sendable {
        package var line: Int32
        package var sku: Int64
        package var quantity: Int64
        /// All that left, cancelled units that left all the same included.
        package var shipped: Int64
        package var cancelled: Int64
        package var unexpected: Int64

        /// Units still to be shipped: the reservation.
        package var open: Int64 { quantity - cancelled - (shipped - unexpected) }
    }

    package struct Row: Sendable {
        package var key: Int64
        package var order: Int64
        package var location: Int32
        package var status: Int16
        package var createdAt: Timestamp
        package var acceptedAt: Timestamp?
        package var lines: [Line]
        /// The location's day whose capacity it takes.
        package var capacityDay: CivilDate?

        /// The parcel as its commands see it; lines by their place in `lines`.
        package var state: FulfillmentState {
            get {
                FulfillmentState(
                    status: FulfillmentStatus(rawValue: status) ?? .requested,
                    lines: lines.map {
                        FulfillmentQuantities(
                            requested: $0.quantity,
                            shipped: $0.shipped,
                            cancelled: $0.cancelled,
                            unexpected: $0.unexpected
                        )
                    }
                )
            }
            set {
                status = newValue.status.rawValue
                for (index, quantities) in newValue.lines.enumerated() {
                    lines[index].shipped = quantities.shipped
                    lines[index].cancelled = quantities.cancelled
                    lines[index].unexpected = quantities.unexpected
                }
            }
        }
    }

    /// The orders that the fulfillments belong to; keys that are not there are left out.
    package static func orders(of keys: [Int64], in tx: borrowing Transaction) throws -> [Int64: Int64] {
        guard !keys.isEmpty else { return [:] }
        let rows = try tx.query("SELECT key, order_key FROM fulfillment WHERE key = ANY($1)", [.int8Array(keys)])
        var orders: [Int64: Int64] = [:]
        for row in rows { orders[try row.int8(0)] = try row.int8(1) }
        return orders
    }

    /// All fulfillments of the orders, oldest first.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Row] {
        guard !orders.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT f.key, f.order_key, f.location, f.status, f.created_at, f.accepted_at,
                   l.line, l.sku, l.quantity, l.shipped, l.cancelled, l.unexpected, f.capacity_day
            FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_key = f.key
            WHERE f.order_key = ANY($1)
            ORDER BY f.key, l.line
            """,
            [.int8Array(orders)]
        )
        var result: [Row] = []
        for row in rows {
            let key = try row.int8(0)
            if result.last?.key != key {
                result.append(
                    Row(
                        key: key,
                        order: try row.int8(1),
                        location: try row.int4(2),
                        status: try row.int2(3),
                        createdAt: Timestamp(rawValue: try row.timestamp(4)),
                        acceptedAt: try row.optionalTimestamp(5).map(Timestamp.init(rawValue:)),
                        lines: [],
                        capacityDay: try row.optionalDate(12).map(CivilDate.init(databaseDay:))
                    )
                )
            }
            result[result.count - 1].lines.append(
                Line(
                    line: try row.int4(6),
                    sku: try row.int8(7),
                    quantity: try row.int8(8),
                    shipped: try row.int8(9),
                    cancelled: try row.int8(10),
                    unexpected: try row.int8(11)
                )
            )
        }
        return result
    }

    /// Writes statuses and the lines' quantities back.
    package static func update(_ rows: [Row], in tx: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        _ = try tx.execute(
            """
            UPDATE fulfillment f SET status = t.status, accepted_at = t.accepted_at
            FROM unnest($1::bigint[], $2::smallint[], $3::timestamptz[]) AS t (key, status, accepted_at)
            WHERE f.key = t.key
            """,
            [
                .int8Array(rows.map(\.key)), .int2Array(rows.map(\.status)),
                .optionalTimestampArray(rows.map { $0.acceptedAt?.rawValue }),
            ]
        )
        let lines = rows.flatMap { row in row.lines.map { (row.key, $0) } }
        _ = try tx.execute(
            """
            UPDATE fulfillment_line l SET shipped = t.shipped, cancelled = t.cancelled, unexpected = t.unexpected
            FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[])
                AS t (fulfillment_key, line, shipped, cancelled, unexpected)
            WHERE l.fulfillment_key = t.fulfillment_key AND l.line = t.line
              AND (l.shipped, l.cancelled, l.unexpected) IS DISTINCT FROM (t.shipped, t.cancelled, t.unexpected)
            """,
            [
                .int8Array(lines.map(\.0)), .int4Array(lines.map(\.1.line)), .int8Array(lines.map(\.1.shipped)),
                .int8Array(lines.map(\.1.cancelled)), .int8Array(lines.map(\.1.unexpected)),
            ]
        )
    }
}
