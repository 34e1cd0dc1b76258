package import Commerce
package import Postgres

/// Orders under their row locks: the first locks of every transaction that changes orders.
package enum OrderLocks {
    /// The hot part of an order.
    package struct LockedOrder: Sendable {
        package var key: Int64
        package var channel: Int32
        package var id: String
        package var status: Int16
        package var acceptPartial: Bool
        package var eventSequence: Int32
        package var coordinates: Coordinates?
        package var acceptedAt: Timestamp
    }

    /// Locks the orders in ascending order of their keys, and gives them in that order. Keys without a row are left out.
    package static func lock(_ keys: [Int64], in tx: borrowing Transaction) throws -> [LockedOrder] {
        guard !keys.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT key, channel, id, status, accept_partial, event_sequence, latitude, longitude, accepted_at
            FROM orders WHERE key = ANY($1) ORDER BY key FOR UPDATE
            """,
            [.int8Array(keys)]
        )
        return try rows.map { row in
            var coordinates: Coordinates?
            if let latitude = try row.optionalDouble(6), let longitude = try row.optionalDouble(7) {
                coordinates = Coordinates(latitude: latitude, longitude: longitude)
            }
            return LockedOrder(
                key: try row.int8(0),
                channel: try row.int4(1),
                id: try row.text(2),
                status: try row.int2(3),
                acceptPartial: try row.bool(4),
                eventSequence: try row.int4(5),
                coordinates: coordinates,
                acceptedAt: Timestamp(rawValue: try row.timestamp(8))
            )
        }
    }

    /// Writes status and newest event number of locked orders.
    package static func update(_ orders: [LockedOrder], in tx: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        _ = try tx.execute(
            """
            UPDATE orders o SET status = t.status, event_sequence = t.event_sequence
            FROM unnest($1::bigint[], $2::smallint[], $3::int[]) AS t (key, status, event_sequence)
            WHERE o.key = t.key
            """,
            [.int8Array(orders.map(\.key)), .int2Array(orders.map(\.status)), .int4Array(orders.map(\.eventSequence))]
        )
    }

    /// What the channels sent, by order key.
    package static func documents(of keys: [Int64], in tx: borrowing Transaction) throws -> [Int64: [UInt8]] {
        guard !keys.isEmpty else { return [:] }
        let rows = try tx.query("SELECT order_key, document FROM order_document WHERE order_key = ANY($1)", [.int8Array(keys)])
        var documents: [Int64: [UInt8]] = [:]
        documents.reserveCapacity(keys.count)
        for row in rows { documents[try row.int8(0)] = try row.bytes(1) }
        return documents
    }
}
