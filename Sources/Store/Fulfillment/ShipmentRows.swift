package import Commerce
package import Postgres

/// Shipments: what left a location, and what the carrier said afterwards.
package enum ShipmentRows {
    package struct Line: Sendable {
        package var line: Int32
        package var quantity: Int64
        /// Units that left although they had been cancelled; not part of `quantity`.
        package var unexpected: Int64

        package init(line: Int32, quantity: Int64, unexpected: Int64) {
            self.line = line
            self.quantity = quantity
            self.unexpected = unexpected
        }
    }

    package struct Row: Sendable {
        package var key: Int64
        package var fulfillment: Int64
        package var id: String
        package var order: Int64
        package var carrier: String
        package var trackingNumber: String
        package var trackingURL: String?
        package var occurredAt: Timestamp
        package var digest: [UInt8]
        package var lines: [Line]
        /// When a transfer reached its store.
        package var arrivedAt: Timestamp?

        package init(
            key: Int64,
            fulfillment: Int64,
            id: String,
            order: Int64,
            carrier: String,
            trackingNumber: String,
            trackingURL: String?,
            occurredAt: Timestamp,
            digest: [UInt8],
            lines: [Line],
            arrivedAt: Timestamp? = nil
        ) {
            self.key = key
            self.fulfillment = fulfillment
            self.id = id
            self.order = order
            self.carrier = carrier
            self.trackingNumber = trackingNumber
            self.trackingURL = trackingURL
            self.occurredAt = occurredAt
            self.digest = digest
            self.lines = lines
            self.arrivedAt = arrivedAt
        }
    }

    package static func nextKeys(_ count: Int, in tx: borrowing Transaction) throws -> [Int64] {
        guard count > 0 else { return [] }
        let rows = try tx.query("SELECT nextval('shipment_key') FROM generate_series(1, $1)", [.int4(Int32(count))])
        return try rows.map { try $0.int8(0) }
    }

    /// The shipments of the orders, in the order they were recorded.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Row] { try tx.ask(of(orders)) }

    package static func of(_ orders: [Int64]) -> Query<[Row]> { select("s.order_key = ANY($1)", orders) }

    package static func find(_ keys: [Int64], in tx: borrowing Transaction) throws -> [Row] {
        try tx.ask(select("s.key = ANY($1)", keys))
    }

    private static func select(_ condition: String, _ keys: [Int64]) -> Query<[Row]> {
        guard !keys.isEmpty else { return .known([]) }
        return Query(
            """
            SELECT s.key, s.fulfillment_key, s.id, s.order_key, s.carrier, s.tracking_number, s.tracking_url, s.occurred_at, s.digest,
                   l.line, l.quantity, l.unexpected, s.arrived_at
            FROM shipment s JOIN shipment_line l ON l.shipment_key = s.key
            WHERE \(condition)
            ORDER BY s.key, l.line
            """,
            [.int8Array(keys)]
        ) { rows in
            var result: [Row] = []
            for row in rows {
                let key = try row.int8(0)
                if result.last?.key != key {
                    result.append(
                        Row(
                            key: key,
                            fulfillment: try row.int8(1),
                            id: try row.text(2),
                            order: try row.int8(3),
                            carrier: try row.text(4),
                            trackingNumber: try row.text(5),
                            trackingURL: try row.optionalText(6),
                            occurredAt: Timestamp(rawValue: try row.timestamp(7)),
                            digest: try row.bytes(8),
                            lines: [],
                            arrivedAt: try row.optionalTimestamp(12).map(Timestamp.init(rawValue:))
                        )
                    )
                }
                result[result.count - 1].lines.append(
                    Line(line: try row.int4(9), quantity: try row.int8(10), unexpected: try row.int8(11))
                )
            }
            return result
        }
    }

    package static func insert(_ shipments: [Row], recordedAt: Timestamp, in tx: borrowing Transaction) throws {
        guard !shipments.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO shipment (key, fulfillment_key, id, order_key, carrier, tracking_number, tracking_url, occurred_at, recorded_at, digest)
            SELECT key, fulfillment_key, id, order_key, carrier, tracking_number, tracking_url, occurred_at, $10, digest
            FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
                        $9::bytea[])
                AS t (key, fulfillment_key, id, order_key, carrier, tracking_number, tracking_url, occurred_at, digest)
            """,
            [
                .int8Array(shipments.map(\.key)), .int8Array(shipments.map(\.fulfillment)), .textArray(shipments.map(\.id)),
                .int8Array(shipments.map(\.order)), .textArray(shipments.map(\.carrier)), .textArray(shipments.map(\.trackingNumber)),
                .optionalTextArray(shipments.map(\.trackingURL)), .timestampArray(shipments.map(\.occurredAt.rawValue)),
                .bytesArray(shipments.map(\.digest)), .timestamp(recordedAt.rawValue),
            ]
        )
        let lines = shipments.flatMap { shipment in shipment.lines.map { (shipment.key, $0) } }
        try tx.send(
            """
            INSERT INTO shipment_line (shipment_key, line, quantity, unexpected)
            SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[])
            """,
            [
                .int8Array(lines.map(\.0)), .int4Array(lines.map(\.1.line)), .int8Array(lines.map(\.1.quantity)),
                .int8Array(lines.map(\.1.unexpected)),
            ]
        )
    }
}
