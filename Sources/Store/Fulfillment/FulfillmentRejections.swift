package import Commerce
package import Postgres

/// Fulfillments that locations would not ship, or that were taken back from them.
package enum FulfillmentRejections {
    package struct Row: Sendable {
        package var fulfillment: Int64
        package var id: String
        package var digest: [UInt8]
        package var order: Int64
        package var location: Int32
        package var reason: String
        package var occurredAt: Timestamp

        package init(
            fulfillment: Int64,
            id: String,
            digest: [UInt8],
            order: Int64,
            location: Int32,
            reason: String,
            occurredAt: Timestamp
        ) {
            self.fulfillment = fulfillment
            self.id = id
            self.digest = digest
            self.order = order
            self.location = location
            self.reason = reason
            self.occurredAt = occurredAt
        }
    }

    /// Locations that rejected (a part of) the orders, or did not answer, or were relieved of them by an agent: they are not asked again for them.
    package static func locations(of orders: [Int64], in tx: borrowing Transaction) throws -> [Int64: [Int64]] {
        guard !orders.isEmpty else { return [:] }
        let rows = try tx.query(
            "SELECT DISTINCT order_key, location FROM fulfillment_rejection WHERE order_key = ANY($1)",
            [.int8Array(orders)]
        )
        var locations: [Int64: [Int64]] = [:]
        for row in rows { locations[try row.int8(0), default: []].append(Int64(try row.int4(1))) }
        return locations
    }

    /// The id under which we ourselves take a parcel back, by a time-out or for an agent: once per parcel. No sender's id is empty.
    package static let ownID = ""

    /// A rejection as far as the next message of its parcel has to know it.
    package struct Known: Sendable {
        package var fulfillment: Int64
        package var id: String
        /// To tell a repeat from a conflict; empty for our own.
        package var digest: [UInt8]
        package var reason: ParcelRefusal
    }

    /// All rejections of the orders.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Known] { try tx.ask(of(orders)) }

    package static func of(_ orders: [Int64]) -> Query<[Known]> {
        guard !orders.isEmpty else { return .known([]) }
        return Query(
            "SELECT fulfillment_key, id, digest, reason FROM fulfillment_rejection WHERE order_key = ANY($1)",
            [.int8Array(orders)]
        ) { rows in
            try rows.map {
                Known(
                    fulfillment: try $0.int8(0),
                    id: try $0.text(1),
                    digest: try $0.bytes(2),
                    reason: ParcelRefusal(rawValue: try $0.text(3)) ?? .other
                )
            }
        }
    }

    package static func insert(_ rows: [Row], in tx: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO fulfillment_rejection (fulfillment_key, id, digest, order_key, location, reason, occurred_at)
            SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bigint[], $5::int[], $6::text[], $7::timestamptz[])
            """,
            [
                .int8Array(rows.map(\.fulfillment)), .textArray(rows.map(\.id)), .bytesArray(rows.map(\.digest)),
                .int8Array(rows.map(\.order)), .int4Array(rows.map(\.location)), .textArray(rows.map(\.reason)),
                .timestampArray(rows.map(\.occurredAt.rawValue)),
            ]
        )
    }
}
