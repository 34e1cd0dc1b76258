package import Commerce
package import Postgres

/// A lease as an operator sees it.
package struct LeaseReport: Sendable {
    package struct Line: Sendable {
        package var sku: String
        package var units: Int64
    }

    package var channel: Int32
    package var basket: String
    package var grantedAt: Timestamp
    package var expiresAt: Timestamp
    /// Seconds since it was granted, by the database's clock.
    package var age: Int64
    /// Seconds until it expires; 0 or less: it counts no longer, unless an order holds it.
    package var left: Int64
    /// The order it is pinned to, as its channel calls it.
    package var orderID: String?
    package var lines: [Line]

    package var units: Int64 { lines.reduce(0) { $0 + $1.units } }

    /// The oldest leases, oldest first.
    ///
    /// - Parameter sku: only those that hold this SKU; `nil`: all.
    package static func list(sku: String?, limit: Int, in tx: borrowing Transaction) throws -> [LeaseReport] {
        let rows = try tx.query(
            """
            WITH listed AS (
                SELECT e.* FROM lease e
                WHERE $1::text IS NULL OR EXISTS (SELECT FROM lease_line l JOIN sku s ON s.key = l.sku WHERE l.lease = e.key AND s.id = $1)
                ORDER BY e.granted_at, e.key LIMIT $2
            )
            SELECT e.key, e.channel, e.basket, e.granted_at, e.expires_at,
                   floor(extract(epoch FROM clock_timestamp() - e.granted_at))::bigint,
                   ceil(extract(epoch FROM e.expires_at - clock_timestamp()))::bigint, o.id, s.id, l.units
            FROM listed e
            JOIN lease_line l ON l.lease = e.key
            JOIN sku s ON s.key = l.sku
            LEFT JOIN orders o ON o.key = e.order_key
            ORDER BY e.granted_at, e.key, s.id
            """,
            [.optionalText(sku), .int8(Int64(limit))]
        )
        var leases: [LeaseReport] = []
        var last: Int64 = 0
        for row in rows {
            let key = try row.int8(0)
            if key != last {
                last = key
                leases.append(
                    LeaseReport(
                        channel: try row.int4(1),
                        basket: try row.text(2),
                        grantedAt: Timestamp(rawValue: try row.timestamp(3)),
                        expiresAt: Timestamp(rawValue: try row.timestamp(4)),
                        age: max(0, try row.int8(5)),
                        left: try row.int8(6),
                        orderID: try row.optionalText(7),
                        lines: []
                    )
                )
            }
            leases[leases.count - 1].lines.append(Line(sku: try row.text(8), units: try row.int8(9)))
        }
        return leases
    }
}
