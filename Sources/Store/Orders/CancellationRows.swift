package import Commerce
package import Postgres

/// Cancellations as they were asked for: by order and the channel's own id.
package enum CancellationRows {
    package struct Row: Sendable {
        package var order: Int64
        package var id: String
        package var digest: [UInt8]
        package var reason: String?
        package var occurredAt: Timestamp

        package init(order: Int64, id: String, digest: [UInt8], reason: String?, occurredAt: Timestamp) {
            self.order = order
            self.id = id
            self.digest = digest
            self.reason = reason
            self.occurredAt = occurredAt
        }
    }

    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Row] { try tx.ask(of(orders)) }

    package static func of(_ orders: [Int64]) -> Query<[Row]> {
        guard !orders.isEmpty else { return .known([]) }
        return Query(
            "SELECT order_key, id, digest, reason, occurred_at FROM cancellation WHERE order_key = ANY($1)",
            [.int8Array(orders)]
        ) { rows in
            try rows.map {
                Row(
                    order: try $0.int8(0),
                    id: try $0.text(1),
                    digest: try $0.bytes(2),
                    reason: try $0.optionalText(3),
                    occurredAt: Timestamp(rawValue: try $0.timestamp(4))
                )
            }
        }
    }

    package static func insert(_ rows: [Row], in tx: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO cancellation (order_key, id, digest, reason, occurred_at)
            SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::text[], $5::timestamptz[])
            """,
            [
                .int8Array(rows.map(\.order)), .textArray(rows.map(\.id)), .bytesArray(rows.map(\.digest)),
                .optionalTextArray(rows.map(\.reason)), .timestampArray(rows.map(\.occurredAt.rawValue)),
            ]
        )
    }
}
