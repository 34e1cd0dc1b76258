package import Commerce
package import Postgres

/// What agents asked for, by order and their own ids: for telling a repeat from a conflict.
package enum AgentRequests {
    package enum Kind: Int16, Sendable {
        case reroute = 1
        case release = 2
    }

    package struct Row: Sendable {
        package var order: Int64
        package var kind: Kind
        package var id: String
        package var digest: [UInt8]
        package var occurredAt: Timestamp

        package init(order: Int64, kind: Kind, id: String, digest: [UInt8], occurredAt: Timestamp) {
            self.order = order
            self.kind = kind
            self.id = id
            self.digest = digest
            self.occurredAt = occurredAt
        }
    }

    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Row] {
        guard !orders.isEmpty else { return [] }
        let rows = try tx.query(
            "SELECT order_key, kind, id, digest, occurred_at FROM agent_request WHERE order_key = ANY($1)",
            [.int8Array(orders)]
        )
        return try rows.map { row in
            guard let kind = Kind(rawValue: try row.int2(1)) else { throw StoreError.unreadable("kind of an agent's request") }
            return Row(
                order: try row.int8(0),
                kind: kind,
                id: try row.text(2),
                digest: try row.bytes(3),
                occurredAt: Timestamp(rawValue: try row.timestamp(4))
            )
        }
    }

    package static func insert(_ rows: [Row], in tx: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO agent_request (order_key, kind, id, digest, occurred_at)
            SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::bytea[], $5::timestamptz[])
            """,
            [
                .int8Array(rows.map(\.order)), .int2Array(rows.map(\.kind.rawValue)), .textArray(rows.map(\.id)),
                .bytesArray(rows.map(\.digest)), .timestampArray(rows.map(\.occurredAt.rawValue)),
            ]
        )
    }
}
