package import Commerce
package import Postgres

/// A held order as an agent's list shows it.
package struct HeldOrder: Sendable {
    package var channel: Int32
    package var orderID: String
    package var reason: String
    package var since: Timestamp
    package var until: Timestamp?
    package var outcome: OrderHolds.Outcome
    /// Units that wait to be sourced.
    package var units: Int64
    /// By the database's clock.
    package var ageSeconds: Int64

    /// The held orders, longest held first.
    package static func list(limit: Int, in tx: borrowing Transaction) throws -> [HeldOrder] {
        let rows = try tx.query(
            """
            SELECT o.channel, o.id, h.reason, h.since, h.until, h.outcome,
                   CASE WHEN o.status = \(OrderStatus.accepted.rawValue)
                        THEN (SELECT coalesce(sum(l.quantity - l.cancelled), 0) FROM order_line l WHERE l.order_key = o.key)
                        ELSE (SELECT coalesce(sum(w.quantity), 0) FROM waiting_line w WHERE w.order_key = o.key) END::bigint,
                   greatest(extract(epoch FROM clock_timestamp() - h.since), 0)::bigint
            FROM (SELECT * FROM order_hold WHERE ended_at IS NULL ORDER BY key LIMIT $1) h JOIN orders o ON o.key = h.order_key
            ORDER BY h.key
            """,
            [.int8(Int64(limit))]
        )
        return try rows.map { row in
            guard let outcome = OrderHolds.Outcome(rawValue: try row.int2(5)) else { throw StoreError.unreadable("outcome of a hold") }
            return HeldOrder(
                channel: try row.int4(0),
                orderID: try row.text(1),
                reason: try row.text(2),
                since: Timestamp(rawValue: try row.timestamp(3)),
                until: try row.optionalTimestamp(4).map(Timestamp.init(rawValue:)),
                outcome: outcome,
                units: try row.int8(6),
                ageSeconds: try row.int8(7)
            )
        }
    }
}
