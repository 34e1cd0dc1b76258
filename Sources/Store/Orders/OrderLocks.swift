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
    package static func lock(_ keys: [Int64], in tx: borrowing Transaction) throws -> [LockedOrder] { try tx.ask(lock(keys)) }

    /// As ``lock(_:in:)``, to be asked together with what is read under these locks.
    package static func lock(_ keys: [Int64]) -> Query<[LockedOrder]> {
        guard !keys.isEmpty else { return .known([]) }
        return Query(
            """
            SELECT key, channel, id, status, accept_partial, event_sequence, latitude, longitude, accepted_at
            FROM orders WHERE key = ANY($1) ORDER BY key FOR UPDATE
            """,
            [.int8Array(keys)]
        ) { try $0.map(lockedOrder) }
    }

    private static func lockedOrder(_ row: Row) throws -> LockedOrder {
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

    /// Writes status and newest event number of locked orders.
    package static func update(_ orders: [LockedOrder], in tx: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        try tx.send(
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
        try tx.ask(documents(of: keys))
    }

    package static func documents(of keys: [Int64]) -> Query<[Int64: [UInt8]]> {
        guard !keys.isEmpty else { return .known([:]) }
        return Query("SELECT order_key, document FROM order_document WHERE order_key = ANY($1)", [.int8Array(keys)]) { rows in
            var documents: [Int64: [UInt8]] = [:]
            documents.reserveCapacity(rows.count)
            for row in rows { documents[try row.int8(0)] = try row.bytes(1) }
            return documents
        }
    }
}
