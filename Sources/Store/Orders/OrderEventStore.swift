package import Commerce
package import Messages
package import Postgres

/// Numbered events of orders.
package enum OrderEventStore {
    /// One event to be remembered.
    package struct Entry: Sendable {
        package var order: Int64
        package var sequence: Int32
        package var type: EventType
        package var reference: String?
        /// What the order's story tells beside: a reason, or days as `DeliveryEstimate.interval` writes them.
        package var detail: String?

        package init(order: Int64, sequence: Int32, type: EventType, reference: String? = nil, detail: String? = nil) {
            self.order = order
            self.sequence = sequence
            self.type = type
            self.reference = reference
            self.detail = detail
        }
    }

    /// Writes the entries; their numbers must have been taken under the orders' row locks.
    package static func insert(_ entries: [Entry], at moment: Timestamp, in tx: borrowing Transaction) throws {
        guard !entries.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO order_event (order_key, sequence, type, at, reference, detail)
            SELECT order_key, sequence, type, $5, reference, detail
            FROM unnest($1::bigint[], $2::int[], $3::smallint[], $4::text[], $6::text[])
                AS t (order_key, sequence, type, reference, detail)
            """,
            [
                .int8Array(entries.map(\.order)),
                .int4Array(entries.map(\.sequence)),
                .int2Array(entries.map(\.type.storedNumber)),
                .optionalTextArray(entries.map(\.reference)),
                .timestamp(moment.rawValue),
                .optionalTextArray(entries.map(\.detail)),
            ]
        )
    }
}
