package import Commerce
package import Postgres

/// When the goods of orders arrive, as their customers were told.
package enum ToldDeliveries {
    /// By order and line, the last day of all parcels the line was ever in, those taken back included. Under the orders' row locks.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Int64: [Int: CivilDate]] {
        guard !orders.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT f.order_key, l.line, max(f.deliver_to)
            FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_key = f.key
            WHERE f.order_key = ANY($1) AND f.deliver_to IS NOT NULL
            GROUP BY f.order_key, l.line
            """,
            [.int8Array(orders)]
        )
        var told: [Int64: [Int: CivilDate]] = [:]
        for row in rows {
            guard let day = try row.optionalDate(2) else { continue }
            told[try row.int8(0), default: [:]][Int(try row.int4(1))] = CivilDate(databaseDay: day)
        }
        return told
    }
}
