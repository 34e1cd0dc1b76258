package import Commerce
package import Postgres

/// Orders that customers collect: at which store, until when what lies ready is kept, and what the store said.
package enum Pickups {
    package struct Pickup: Sendable, Hashable {
        package var order: Int64
        package var location: Int32
        /// `nil` while nothing lies ready.
        package var keepUntil: Timestamp?
        /// Whether that time is over, by the database's clock.
        package var isDue: Bool
    }

    /// What is kept of a pickup's history. The raw value is the database's.
    package enum ReportKind: Int16, Sendable {
        case ready = 1
        case collected = 2
        case expired = 3
    }

    package struct Report: Sendable {
        package var order: Int64
        package var kind: ReportKind
        /// The store's number of it.
        package var id: String
        package var digest: [UInt8]
        package var occurredAt: Timestamp

        package init(order: Int64, kind: ReportKind, id: String, digest: [UInt8], occurredAt: Timestamp) {
            self.order = order
            self.kind = kind
            self.id = id
            self.digest = digest
            self.occurredAt = occurredAt
        }
    }

    package static func insert(_ pickups: [(order: Int64, location: Int32)], in tx: borrowing Transaction) throws {
        guard !pickups.isEmpty else { return }
        try tx.send(
            "INSERT INTO pickup (order_key, location) SELECT * FROM unnest($1::bigint[], $2::int[])",
            [.int8Array(pickups.map(\.order)), .int4Array(pickups.map(\.location))]
        )
    }

    /// The pickups among the orders, by order; read under the orders' locks by whoever changes them.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Int64: Pickup] { try tx.ask(of(orders)) }

    package static func of(_ orders: [Int64]) -> Query<[Int64: Pickup]> {
        guard !orders.isEmpty else { return .known([:]) }
        return Query(
            """
            SELECT order_key, location, keep_until, coalesce(keep_until <= clock_timestamp(), false)
            FROM pickup WHERE order_key = ANY($1)
            """,
            [.int8Array(orders)]
        ) { rows in
            var pickups: [Int64: Pickup] = [:]
            for row in rows {
                let order = try row.int8(0)
                pickups[order] = Pickup(
                    order: order,
                    location: try row.int4(1),
                    keepUntil: try row.optionalTimestamp(2).map(Timestamp.init(rawValue:)),
                    isDue: try row.bool(3)
                )
            }
            return pickups
        }
    }

    /// Orders of which goods lay ready for too long, the longest first. Takes no locks.
    package static func due(limit: Int, in tx: borrowing Transaction) throws -> [Int64] {
        let rows = try tx.query(
            "SELECT order_key FROM pickup WHERE keep_until <= clock_timestamp() ORDER BY keep_until LIMIT $1",
            [.int8(Int64(limit))]
        )
        return try rows.map { try $0.int8(0) }
    }

    package static func keep(_ pickups: [Pickup], in tx: borrowing Transaction) throws {
        guard !pickups.isEmpty else { return }
        try tx.send(
            """
            UPDATE pickup p SET keep_until = t.keep_until FROM unnest($1::bigint[], $2::timestamptz[]) AS t (order_key, keep_until)
            WHERE p.order_key = t.order_key
            """,
            [.int8Array(pickups.map(\.order)), .optionalTimestampArray(pickups.map { $0.keepUntil?.rawValue })]
        )
    }

    /// What stores said of the orders, oldest first.
    package static func reports(of orders: [Int64], in tx: borrowing Transaction) throws -> [Report] {
        guard !orders.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT order_key, kind, id, digest, occurred_at FROM pickup_report
            WHERE order_key = ANY($1) ORDER BY order_key, recorded_at, occurred_at
            """,
            [.int8Array(orders)]
        )
        return try rows.map { row in
            guard let kind = ReportKind(rawValue: try row.int2(1)) else { throw StoreError.unreadable("pickup report") }
            return Report(
                order: try row.int8(0),
                kind: kind,
                id: try row.text(2),
                digest: try row.bytes(3),
                occurredAt: Timestamp(rawValue: try row.timestamp(4))
            )
        }
    }

    package static func insert(_ reports: [Report], in tx: borrowing Transaction) throws {
        guard !reports.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO pickup_report (order_key, kind, id, digest, occurred_at)
            SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::bytea[], $5::timestamptz[])
            """,
            [
                .int8Array(reports.map(\.order)), .int2Array(reports.map(\.kind.rawValue)), .textArray(reports.map(\.id)),
                .bytesArray(reports.map(\.digest)), .timestampArray(reports.map(\.occurredAt.rawValue)),
            ]
        )
    }
}
