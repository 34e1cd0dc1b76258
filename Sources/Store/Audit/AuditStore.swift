package import Postgres

/// Proves the conservation laws: all of them in the one snapshot of the transaction it runs in (repeatable read).
package enum AuditStore {
    package struct Finding: Sendable {
        package var law: AuditLaw
        package var violations: Int64
        /// Up to five of them, in words.
        package var examples: [String]
    }

    /// What stands in the database, for a report to be read beside the verdict.
    package struct Extent: Sendable {
        package var name: String
        package var count: Int64
    }

    private static let examples = 5

    package static func examine(in tx: borrowing Transaction) throws -> [Finding] {
        try AuditLaw.all.map { law in
            let rows = try tx.query(
                """
                WITH parcel_units AS MATERIALIZED (
                    SELECT f.order_key, l.line, sum(l.quantity - l.cancelled - l.passed_on) AS units,
                           coalesce(sum(l.shipped - l.unexpected) FILTER (WHERE f.transfer_to IS NULL), 0) AS shipped
                    FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_key = f.key
                    GROUP BY f.order_key, l.line
                    HAVING sum(l.quantity - l.cancelled - l.passed_on) > 0
                ),
                violation (detail) AS (\(law.violations))
                SELECT detail, count(*) OVER () FROM violation LIMIT \(examples)
                """,
                []
            )
            let further = try law.further?(tx) ?? AuditLaw.Further()
            return Finding(
                law: law,
                violations: try (rows.first?.int8(1) ?? 0) + further.count,
                examples: try Array((rows.map { try $0.text(0) } + further.examples).prefix(examples))
            )
        }
    }

    package static func extents(in tx: borrowing Transaction) throws -> [Extent] {
        let tables = [
            ("orders", "SELECT count(*) FROM orders"),
            ("order lines", "SELECT count(*) FROM order_line"),
            ("orders waiting for stock", "SELECT count(DISTINCT order_key) FROM waiting_line"),
            ("fulfillments", "SELECT count(*) FROM fulfillment"),
            ("shipments", "SELECT count(*) FROM shipment"),
            ("invoices", "SELECT count(*) FROM invoice"),
            ("mails sent", "SELECT count(*) FROM email"),
            ("stock rows", "SELECT count(*) FROM stock"),
            ("stock rows with a shortfall", "SELECT count(*) FROM stock WHERE reserved + blocked > greatest(on_hand, 0)"),
            ("open stock blocks", "SELECT count(*) FROM stock_block WHERE released_at IS NULL"),
            ("leases of baskets", "SELECT count(*) FROM lease"),
            ("open dead letters", "SELECT count(*) FROM dead_letter WHERE status = 1"),
            ("outbox rows", "SELECT count(*) FROM outbox"),
        ]
        return try tables.map { name, sql in
            Extent(name: name, count: try tx.query(sql, [])[0].int8(0))
        }
    }
}
