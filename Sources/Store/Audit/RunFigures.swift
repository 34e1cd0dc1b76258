package import Postgres

/// What became of the orders of some channels, counted for a run's report. Reads whole tables.
package struct RunFigures: Sendable {
    package struct Invoices: Sendable {
        package var channel: String
        package var count: Int64
        /// Minor units of the channel's currency.
        package var total: Int64
    }

    /// How long after the first order's acceptance the last of its kind happened.
    package struct Pace: Sendable {
        package var sourced: Duration
        package var invoiced: Duration
        package var mailed: Duration
    }

    package var orders: Int64
    /// Every unit shipped or cancelled, at least one shipped.
    package var completed: Int64
    package var cancelledWhole: Int64
    package var cancelledInPart: Int64
    package var paymentPending: Int64
    /// Orders of which something waits for stock.
    package var waiting: Int64
    package var backordered: Int64
    /// Of the backordered: nothing waits any more, and something was sourced later.
    package var backorderedAndFilled: Int64
    package var parcels: Int64
    /// Orders with more than one parcel, and those parcels.
    package var splitOrders: Int64
    package var splitParcels: Int64
    package var shipments: Int64
    package var invoices: [Invoices]
    /// Mails by template, the most frequent first.
    package var mails: [(name: String, count: Int64)]
    package var pace: Pace

    package var invoicesInAll: Int64 { invoices.reduce(0) { $0 + $1.count } }
    package var mailsInAll: Int64 { mails.reduce(0) { $0 + $1.count } }

    /// - Parameter channels: keys of channels.
    package static func count(channels: [Int32], in tx: borrowing Transaction) throws -> RunFigures {
        let parameters = [Parameter.int4Array(channels)]
        let heads = try tx.query(
            """
            SELECT count(*), count(*) FILTER (WHERE status = 7), count(*) FILTER (WHERE status = 8), count(*) FILTER (WHERE status = 1),
                   count(*) FILTER (WHERE status <> 8 AND EXISTS (SELECT FROM order_line l WHERE l.order_key = o.key AND l.cancelled > 0)),
                   count(*) FILTER (WHERE EXISTS (SELECT FROM waiting_line w WHERE w.order_key = o.key))
            FROM orders o WHERE channel = ANY($1)
            """,
            parameters
        ).only()
        let backorders = try tx.query(
            """
            SELECT count(DISTINCT e.order_key), count(DISTINCT e.order_key) FILTER (WHERE NOT EXISTS (SELECT FROM waiting_line w WHERE w.order_key = e.order_key)
                                                AND EXISTS (SELECT FROM order_event s
                                                            WHERE s.order_key = e.order_key AND s.type = 2 AND s.sequence > e.sequence))
            FROM order_event e JOIN orders o ON o.key = e.order_key
            WHERE e.type = 3 AND o.channel = ANY($1)
            """,
            parameters
        ).only()
        let parcels = try tx.query(
            """
            SELECT coalesce(sum(parcels), 0)::bigint, count(*) FILTER (WHERE parcels > 1),
                   coalesce(sum(parcels) FILTER (WHERE parcels > 1), 0)::bigint
            FROM (SELECT count(*) AS parcels FROM fulfillment f JOIN orders o ON o.key = f.order_key
                  WHERE o.channel = ANY($1) GROUP BY f.order_key) t
            """,
            parameters
        ).only()
        let shipments = try tx.query(
            "SELECT count(*) FROM shipment s JOIN orders o ON o.key = s.order_key WHERE o.channel = ANY($1)",
            parameters
        ).only()
        let invoices = try tx.query(
            """
            SELECT c.id, count(*), sum(i.total)::bigint
            FROM invoice i JOIN orders o ON o.key = i.order_key JOIN channel c ON c.key = o.channel
            WHERE o.channel = ANY($1) GROUP BY c.id ORDER BY c.id
            """,
            parameters
        )
        let mails = try tx.query(
            """
            SELECT e.template, count(*) FROM email e JOIN orders o ON o.key = e.order_key
            WHERE o.channel = ANY($1) GROUP BY e.template ORDER BY 2 DESC, 1
            """,
            parameters
        )
        let pace = try tx.query(
            """
            SELECT coalesce(extract(epoch FROM max(at) FILTER (WHERE type = 2) - min(at)), 0)::float8,
                   coalesce(extract(epoch FROM max(at) FILTER (WHERE type = 30) - min(at)), 0)::float8,
                   coalesce(extract(epoch FROM max(at) FILTER (WHERE type = 50) - min(at)), 0)::float8
            FROM order_event e JOIN orders o ON o.key = e.order_key WHERE o.channel = ANY($1)
            """,
            parameters
        ).only()
        return RunFigures(
            orders: try heads.int8(0),
            completed: try heads.int8(1),
            cancelledWhole: try heads.int8(2),
            cancelledInPart: try heads.int8(4),
            paymentPending: try heads.int8(3),
            waiting: try heads.int8(5),
            backordered: try backorders.int8(0),
            backorderedAndFilled: try backorders.int8(1),
            parcels: try parcels.int8(0),
            splitOrders: try parcels.int8(1),
            splitParcels: try parcels.int8(2),
            shipments: try shipments.int8(0),
            invoices: try invoices.map { Invoices(channel: try $0.text(0), count: try $0.int8(1), total: try $0.int8(2)) },
            mails: try mails.map { row in (MailStore.Template(rawValue: try row.int2(0))?.name ?? "other", try row.int8(1)) },
            pace: Pace(
                sourced: .seconds(try pace.double(0)),
                invoiced: .seconds(try pace.double(1)),
                mailed: .seconds(try pace.double(2))
            )
        )
    }

    /// An order worth showing: split over two locations, shipped whole, invoiced and mailed; the one with the fewest events, so
    /// that its story fits on a page. `nil` where there is none.
    package static func example(channels: [Int32], in tx: borrowing Transaction) throws -> (channel: Int32, id: String)? {
        let rows = try tx.query(
            """
            SELECT o.channel, o.id FROM orders o
            WHERE o.channel = ANY($1) AND o.status = 7
              AND (SELECT count(DISTINCT f.location) FROM fulfillment f WHERE f.order_key = o.key) > 1
              AND (SELECT count(*) FROM invoice i WHERE i.order_key = o.key) = (SELECT count(*) FROM shipment s WHERE s.order_key = o.key)
              AND EXISTS (SELECT FROM email e WHERE e.order_key = o.key AND e.template = 5)
              AND NOT EXISTS (SELECT FROM order_line l WHERE l.order_key = o.key AND l.cancelled > 0)
            ORDER BY o.event_sequence, (SELECT count(*) FROM order_line l WHERE l.order_key = o.key), o.key
            LIMIT 1
            """,
            [.int4Array(channels)]
        )
        return try rows.first.map { (try $0.int4(0), try $0.text(1)) }
    }
}
