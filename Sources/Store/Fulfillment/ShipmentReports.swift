package import Commerce
package import Postgres

/// What carriers report of shipments: delivered, or failed.
package enum ShipmentReports {
    package enum Kind: Int16, Sendable {
        case delivered = 1
        case failed = 2
    }

    package struct Report: Sendable {
        package var shipment: Int64
        package var kind: Kind
        package var occurredAt: Timestamp
        package var digest: [UInt8]
        package var reason: String?

        package init(shipment: Int64, kind: Kind, occurredAt: Timestamp, digest: [UInt8], reason: String?) {
            self.shipment = shipment
            self.kind = kind
            self.occurredAt = occurredAt
            self.digest = digest
            self.reason = reason
        }
    }

    package static func of(_ shipments: [Int64], in tx: borrowing Transaction) throws -> [Report] {
        guard !shipments.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT shipment_key, kind, occurred_at, digest, reason FROM shipment_report
            WHERE shipment_key = ANY($1) ORDER BY shipment_key, occurred_at
            """,
            [.int8Array(shipments)]
        )
        return try rows.map { row in
            guard let kind = Kind(rawValue: try row.int2(1)) else { throw StoreError.unreadable("shipment report") }
            return Report(
                shipment: try row.int8(0),
                kind: kind,
                occurredAt: Timestamp(rawValue: try row.timestamp(2)),
                digest: try row.bytes(3),
                reason: try row.optionalText(4)
            )
        }
    }

    package static func insert(_ reports: [Report], in tx: borrowing Transaction) throws {
        guard !reports.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO shipment_report (shipment_key, kind, occurred_at, digest, reason)
            SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::timestamptz[], $4::bytea[], $5::text[])
            """,
            [
                .int8Array(reports.map(\.shipment)), .int2Array(reports.map(\.kind.rawValue)),
                .timestampArray(reports.map(\.occurredAt.rawValue)), .bytesArray(reports.map(\.digest)),
                .optionalTextArray(reports.map(\.reason)),
            ]
        )
    }
}
