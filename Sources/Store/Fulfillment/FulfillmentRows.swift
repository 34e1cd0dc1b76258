package import Commerce
package import Postgres

/// Fulfillments with their lines, read and changed under the row lock of their order.
package enum FulfillmentRows {
    package struct Line: Sendable, Hashable {
        package var line: Int32
        package var sku: Int64
        package var quantity: Int64
        /// All that left, cancelled units that left all the same included.
        package var shipped: Int64
        package var cancelled: Int64
        package var unexpected: Int64
        /// Of a transfer's shipped units, those that are no longer its own: they reached the store, or were cancelled on their way.
        package var passedOn: Int64

        package init(
            line: Int32,
            sku: Int64,
            quantity: Int64,
            shipped: Int64 = 0,
            cancelled: Int64 = 0,
            unexpected: Int64 = 0,
            passedOn: Int64 = 0
        ) {
            self.line = line
            self.sku = sku
            self.quantity = quantity
            self.shipped = shipped
            self.cancelled = cancelled
            self.unexpected = unexpected
            self.passedOn = passedOn
        }

        /// Units of a transfer between its location and the store.
        package var inTransit: Int64 { shipped - unexpected - passedOn }

        /// Units still to be shipped: the reservation.
        package var open: Int64 { quantity - cancelled - (shipped - unexpected) }
    }

    package struct Row: Sendable, Hashable {
        package var key: Int64
        package var order: Int64
        package var location: Int32
        package var status: Int16
        package var createdAt: Timestamp
        package var acceptedAt: Timestamp?
        /// The store it goes to, where the customer collects the order; `nil` for one that goes to the customer.
        package var transferTo: Int32?
        /// Since when it lies ready at the store.
        package var readyAt: Timestamp?
        package var lines: [Line]
        /// The location's day whose capacity it takes.
        package var capacityDay: CivilDate?
        /// When it arrives, as was told.
        package var delivery: DeliveryEstimate?

        package init(
            key: Int64,
            order: Int64,
            location: Int32,
            status: Int16,
            createdAt: Timestamp,
            acceptedAt: Timestamp?,
            transferTo: Int32? = nil,
            readyAt: Timestamp? = nil,
            lines: [Line],
            capacityDay: CivilDate? = nil,
            delivery: DeliveryEstimate? = nil
        ) {
            self.key = key
            self.order = order
            self.location = location
            self.status = status
            self.createdAt = createdAt
            self.acceptedAt = acceptedAt
            self.transferTo = transferTo
            self.readyAt = readyAt
            self.lines = lines
            self.capacityDay = capacityDay
            self.delivery = delivery
        }

        /// Units of a line that are the order's and have not reached the customer.
        package func held(_ line: Line) -> Int64 { line.open + (transferTo == nil ? 0 : line.inTransit) }

        /// Units of a line that went to the customer, as wanted.
        package func delivered(_ line: Line) -> Int64 { transferTo == nil ? line.shipped - line.unexpected : 0 }

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
    package static func orders(of keys: [Int64]) -> Query<[Int64: Int64]> {
        guard !keys.isEmpty else { return .known([:]) }
        return Query("SELECT key, order_key FROM fulfillment WHERE key = ANY($1)", [.int8Array(keys)]) { rows in
            var orders: [Int64: Int64] = [:]
            for row in rows { orders[try row.int8(0)] = try row.int8(1) }
            return orders
        }
    }

    /// All fulfillments of the orders, oldest first.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Row] { try tx.ask(of(orders)) }

    package static func of(_ orders: [Int64]) -> Query<[Row]> {
        guard !orders.isEmpty else { return .known([]) }
        return Query(
            """
            SELECT f.key, f.order_key, f.location, f.status, f.created_at, f.accepted_at,
                   l.line, l.sku, l.quantity, l.shipped, l.cancelled, l.unexpected, f.transfer_to, f.ready_at, l.passed_on, f.capacity_day,
                   f.deliver_from, f.deliver_to
            FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_key = f.key
            WHERE f.order_key = ANY($1)
            ORDER BY f.key, l.line
            """,
            [.int8Array(orders)]
        ) { rows in
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
                            transferTo: try row.optionalInt4(12),
                            readyAt: try row.optionalTimestamp(13).map(Timestamp.init(rawValue:)),
                            lines: [],
                            capacityDay: try row.optionalDate(15).map(CivilDate.init(databaseDay:)),
                            delivery: try row.delivery(from: 16, to: 17)
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
                        unexpected: try row.int8(11),
                        passedOn: try row.int8(14)
                    )
                )
            }
            return result
        }
    }

    /// Writes statuses and the lines' quantities back.
    package static func update(_ rows: [Row], in tx: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        try tx.send(
            """
            UPDATE fulfillment f SET status = t.status, accepted_at = t.accepted_at, ready_at = t.ready_at
            FROM unnest($1::bigint[], $2::smallint[], $3::timestamptz[], $4::timestamptz[]) AS t (key, status, accepted_at, ready_at)
            WHERE f.key = t.key
            """,
            [
                .int8Array(rows.map(\.key)), .int2Array(rows.map(\.status)),
                .optionalTimestampArray(rows.map { $0.acceptedAt?.rawValue }),
                .optionalTimestampArray(rows.map { $0.readyAt?.rawValue }),
            ]
        )
        let lines = rows.flatMap { row in row.lines.map { (row.key, $0) } }
        try tx.send(
            """
            UPDATE fulfillment_line l
            SET shipped = t.shipped, cancelled = t.cancelled, unexpected = t.unexpected, passed_on = t.passed_on
            FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
                AS t (fulfillment_key, line, shipped, cancelled, unexpected, passed_on)
            WHERE l.fulfillment_key = t.fulfillment_key AND l.line = t.line
              AND (l.shipped, l.cancelled, l.unexpected, l.passed_on)
                  IS DISTINCT FROM (t.shipped, t.cancelled, t.unexpected, t.passed_on)
            """,
            [
                .int8Array(lines.map(\.0)), .int4Array(lines.map(\.1.line)), .int8Array(lines.map(\.1.shipped)),
                .int8Array(lines.map(\.1.cancelled)), .int8Array(lines.map(\.1.unexpected)), .int8Array(lines.map(\.1.passedOn)),
            ]
        )
    }
}
