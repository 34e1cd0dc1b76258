internal import Commerce
package import Postgres

/// What is accepted but not done yet, as the tables tell. Reads whole tables: for tools that wait for the end of their own run.
package struct Backlog: Sendable, Hashable {
    /// Orders that sourcing has not looked at.
    package var undecidedOrders: Int64
    /// Transactions whose messages are not confirmed by the broker.
    package var outboxRows: Int64
    /// Shipments of invoicing channels without their invoice.
    package var uninvoicedShipments: Int64
    /// Events that ask for a mail, less the mails sent.
    package var mailsOwed: Int64

    package var isEmpty: Bool { undecidedOrders == 0 && outboxRows == 0 && uninvoicedShipments == 0 && mailsOwed <= 0 }

    package static func count(in tx: borrowing Transaction) throws -> Backlog {
        let row = try tx.query(
            """
            SELECT
                (SELECT count(*) FROM orders WHERE status = 2),
                (SELECT count(*) FROM outbox),
                (SELECT count(*)
                 FROM shipment s
                 JOIN orders o ON o.key = s.order_key
                 JOIN channel c ON c.key = o.channel
                 WHERE c.definition::jsonb ->> 'invoice' IS DISTINCT FROM 'none'
                   AND EXISTS (SELECT FROM shipment_line l WHERE l.shipment_key = s.key AND l.quantity > 0)
                   AND NOT EXISTS (SELECT FROM invoice i WHERE i.shipment_key = s.key)
                   AND NOT EXISTS (SELECT FROM fulfillment f WHERE f.key = s.fulfillment_key AND f.transfer_to IS NOT NULL)),
                (SELECT count(*) FILTER (WHERE e.type IN (1, 3, 4, 20, 21, 81, 83) OR c.definition::jsonb ->> 'invoiceMail' = 'attach')
                 FROM order_event e
                 JOIN orders o ON o.key = e.order_key
                 JOIN channel c ON c.key = o.channel
                 WHERE e.type IN (1, 3, 4, 20, 21, 30, 81, 83)
                   AND (e.type, e.reference) IS DISTINCT FROM (4, '\(PickupRule.neverCollected)')) - (SELECT count(*) FROM email)
            """,
            []
        ).only()
        return Backlog(
            undecidedOrders: try row.int8(0),
            outboxRows: try row.int8(1),
            uninvoicedShipments: try row.int8(2),
            mailsOwed: try row.int8(3)
        )
    }

    /// Orders that sourcing has not looked at.
    package static func undecidedOrders(in tx: borrowing Transaction) throws -> Int64 {
        try tx.query("SELECT count(*) FROM orders WHERE status = 2", []).only().int8(0)
    }

    /// How far a run is, for its progress lines.
    package struct Progress: Sendable, Hashable {
        package var invoices: Int64
        package var mails: Int64
    }

    package static func progress(in tx: borrowing Transaction) throws -> Progress {
        let row = try tx.query("SELECT (SELECT count(*) FROM invoice), (SELECT count(*) FROM email)", []).only()
        return Progress(invoices: try row.int8(0), mails: try row.int8(1))
    }
}
