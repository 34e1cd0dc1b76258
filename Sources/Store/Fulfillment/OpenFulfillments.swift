package import Commerce
internal import Messages
package import Postgres

/// Parcels that a location still owes: nothing, or not all of it, has left.
package struct OpenFulfillment: Sendable {
    package struct Line: Sendable {
        package var line: Int32
        /// Units neither shipped nor cancelled.
        package var open: Int64
    }

    package var key: Int64
    package var order: Int64
    package var channel: Int32
    package var orderID: String
    package var location: Int32
    package var status: FulfillmentStatus
    package var createdAt: Timestamp
    /// The number of its `fulfillment.requested` among the order's events.
    package var sequence: Int32
    /// The store where the order is collected; `nil` for one that is brought to the customer.
    package var pickup: Int32?
    package var lines: [Line]

    package var units: Int64 { lines.reduce(0) { $0 + $1.open } }

    package var id: String { FulfillmentID.text(key) }

    /// A page of open parcels behind the key `after`, oldest first.
    ///
    /// - Parameters:
    ///   - location: only this location's; `nil`: every one's.
    ///   - keys: only these; `nil`: all.
    package static func page(
        location: Int32?,
        keys: [Int64]?,
        after: Int64,
        limit: Int,
        in tx: borrowing Transaction
    ) throws -> [OpenFulfillment] {
        let rows = try tx.query(
            """
            WITH parcel AS (
                SELECT key, order_key, location, status, created_at FROM fulfillment
                WHERE key > $1 AND status IN (1, 2, 3) AND ready_at IS NULL AND ($2::int IS NULL OR location = $2) AND (NOT $3 OR key = ANY($4))
                ORDER BY key LIMIT $5
            )
            SELECT f.key, f.order_key, o.channel, o.id, f.location, f.status, f.created_at, e.sequence,
                   l.line, l.quantity - l.cancelled - (l.shipped - l.unexpected),
                   (SELECT p.location FROM pickup p WHERE p.order_key = f.order_key)
            FROM parcel f
            JOIN orders o ON o.key = f.order_key
            JOIN order_event e ON e.order_key = f.order_key AND e.type = \(EventType.fulfillmentRequested.storedNumber) AND e.reference = 'F' || f.key
            JOIN fulfillment_line l ON l.fulfillment_key = f.key
            ORDER BY f.key, l.line
            """,
            [
                .int8(after), location.map { .int4($0) } ?? .null, .bool(keys != nil), .int8Array(keys ?? []), .int8(Int64(limit)),
            ]
        )
        var result: [OpenFulfillment] = []
        for row in rows {
            let key = try row.int8(0)
            if result.last?.key != key {
                guard let status = FulfillmentStatus(rawValue: try row.int2(5)) else { throw StoreError.unreadable("fulfillment status") }
                result.append(
                    OpenFulfillment(
                        key: key,
                        order: try row.int8(1),
                        channel: try row.int4(2),
                        orderID: try row.text(3),
                        location: try row.int4(4),
                        status: status,
                        createdAt: Timestamp(rawValue: try row.timestamp(6)),
                        sequence: try row.int4(7),
                        pickup: try row.optionalInt4(10),
                        lines: []
                    )
                )
            }
            let open = try row.int8(9)
            if open > 0 { result[result.count - 1].lines.append(Line(line: try row.int4(8), open: open)) }
        }
        return result
    }
}
