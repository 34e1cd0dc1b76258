package import Commerce
package import Postgres

/// Routing decisions as they were made, by order and number of the event that tells of them.
package enum DecisionStore {
    package struct Row: Sendable {
        package var order: Int64
        package var sequence: Int32
        /// Decided by the shadow rules, and never acted on.
        package var isShadow: Bool
        /// Version of the network whose rules decided.
        package var network: Int64
        package var decidedAt: Timestamp
        /// Of the parcels, in minor units.
        package var cost: Int64
        /// Of a shadow decision: whether it is another one than that of the rules in force.
        package var differs: Bool
        package var content: DecisionContent

        package init(
            order: Int64,
            sequence: Int32,
            isShadow: Bool,
            network: Int64,
            decidedAt: Timestamp,
            cost: Int64,
            differs: Bool = false,
            content: DecisionContent
        ) {
            self.order = order
            self.sequence = sequence
            self.isShadow = isShadow
            self.network = network
            self.decidedAt = decidedAt
            self.cost = cost
            self.differs = differs
            self.content = content
        }
    }

    package static func insert(_ rows: [Row], in tx: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        _ = try tx.execute(
            """
            INSERT INTO sourcing_decision
                (order_key, sequence, shadow, network, decided_at, parcels, cost, held, waits, cancels, differs, content)
            SELECT * FROM unnest($1::bigint[], $2::int[], $3::boolean[], $4::bigint[], $5::timestamptz[], $6::int[], $7::bigint[],
                                 $8::boolean[], $9::boolean[], $10::boolean[], $11::boolean[], $12::text[])
            """,
            [
                .int8Array(rows.map(\.order)), .int4Array(rows.map(\.sequence)), .boolArray(rows.map(\.isShadow)),
                .int8Array(rows.map(\.network)), .timestampArray(rows.map(\.decidedAt.rawValue)),
                .int4Array(rows.map { Int32(clamping: $0.content.parcels.count) }), .int8Array(rows.map(\.cost)),
                .boolArray(rows.map { $0.content.held > 0 }), .boolArray(rows.map { $0.content.waiting > 0 }),
                .boolArray(rows.map { $0.content.cancelled > 0 }), .boolArray(rows.map(\.differs)),
                .textArray(try rows.map { try $0.content.json() }),
            ]
        )
    }

    /// The decisions about an order, oldest first; of each, the one that was acted on before its shadow.
    package static func of(_ order: Int64, in tx: borrowing Transaction) throws -> [Row] {
        let rows = try tx.query(
            """
            SELECT sequence, shadow, network, decided_at, cost, differs, content
            FROM sourcing_decision WHERE order_key = $1 ORDER BY sequence, shadow
            """,
            [.int8(order)]
        )
        return try rows.map { row in
            Row(
                order: order,
                sequence: try row.int4(0),
                isShadow: try row.bool(1),
                network: try row.int8(2),
                decidedAt: Timestamp(rawValue: try row.timestamp(3)),
                cost: try row.int8(4),
                differs: try row.bool(5),
                content: try DecisionContent(json: try row.text(6))
            )
        }
    }
}
