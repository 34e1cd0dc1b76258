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
        /// What the order found; `nil` for shadow decisions, and for those of before it was kept.
        package var sight: RoutingSight?

        package init(
            order: Int64,
            sequence: Int32,
            isShadow: Bool,
            network: Int64,
            decidedAt: Timestamp,
            cost: Int64,
            differs: Bool = false,
            content: DecisionContent,
            sight: RoutingSight? = nil
        ) {
            self.order = order
            self.sequence = sequence
            self.isShadow = isShadow
            self.network = network
            self.decidedAt = decidedAt
            self.cost = cost
            self.differs = differs
            self.content = content
            self.sight = sight
        }
    }

    package static func insert(_ rows: [Row], in tx: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO sourcing_decision
                (order_key, sequence, shadow, network, decided_at, parcels, cost, held, waits, cancels, differs, content, sight)
            SELECT * FROM unnest($1::bigint[], $2::int[], $3::boolean[], $4::bigint[], $5::timestamptz[], $6::int[], $7::bigint[],
                                 $8::boolean[], $9::boolean[], $10::boolean[], $11::boolean[], $12::bytea[], $13::bytea[])
            """,
            [
                .int8Array(rows.map(\.order)), .int4Array(rows.map(\.sequence)), .boolArray(rows.map(\.isShadow)),
                .int8Array(rows.map(\.network)), .timestampArray(rows.map(\.decidedAt.rawValue)),
                .int4Array(rows.map { Int32(clamping: $0.content.parcels.count) }), .int8Array(rows.map(\.cost)),
                .boolArray(rows.map { $0.content.held > 0 }), .boolArray(rows.map { $0.content.waiting > 0 }),
                .boolArray(rows.map { $0.content.cancelled > 0 }), .boolArray(rows.map(\.differs)),
                .bytesArray(rows.map(\.content.bytes)), .optionalBytesArray(rows.map { $0.sight?.bytes }),
            ]
        )
    }

    /// The decisions about an order, oldest first; of each, the one that was acted on before its shadow.
    package static func of(_ order: Int64, in tx: borrowing Transaction) throws -> [Row] {
        let rows = try tx.query(
            """
            SELECT sequence, shadow, network, decided_at, cost, differs, content, sight
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
                content: try DecisionContent(bytes: try row.bytes(6)),
                sight: try row.optionalBytes(7).map { try RoutingSight(bytes: $0) }
            )
        }
    }

    /// Clears away some of the oldest decisions made before a moment; gives how many.
    ///
    /// Of two that do it at once, one waits and clears nothing: so the decisions that are left are always the youngest.
    package static func clear(before moment: Timestamp, limit: Int32, in tx: borrowing Transaction) throws -> Int {
        try tx.execute(
            """
            DELETE FROM sourcing_decision WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM sourcing_decision WHERE decided_at < $1 ORDER BY decided_at LIMIT $2))
            """,
            [.timestamp(moment.rawValue), .int4(limit)]
        )
    }
}
