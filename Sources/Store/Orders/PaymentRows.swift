package import Commerce
package import Postgres

/// Payments of orders, and what providers reported of them.
package enum PaymentRows {
    package struct Payment: Sendable {
        package var order: Int64
        package var id: String
        package var method: String
        package var status: PaymentStatus
        package var amount: Int64
        package var captured: Int64
        package var refunded: Int64

        package init(order: Int64, id: String, method: String, status: PaymentStatus, amount: Int64, captured: Int64, refunded: Int64) {
            self.order = order
            self.id = id
            self.method = method
            self.status = status
            self.amount = amount
            self.captured = captured
            self.refunded = refunded
        }
    }

    package enum Kind: Int16, Sendable {
        case authorized = 1
        case captured = 2
        case refunded = 3
        case failed = 4
    }

    package struct Report: Sendable {
        package var channel: Int32
        package var payment: String
        package var id: String
        package var kind: Kind
        package var order: Int64
        package var digest: [UInt8]
        package var amount: Int64
        package var occurredAt: Timestamp

        package init(
            channel: Int32,
            payment: String,
            id: String,
            kind: Kind,
            order: Int64,
            digest: [UInt8],
            amount: Int64,
            occurredAt: Timestamp
        ) {
            self.channel = channel
            self.payment = payment
            self.id = id
            self.kind = kind
            self.order = order
            self.digest = digest
            self.amount = amount
            self.occurredAt = occurredAt
        }
    }

    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Payment] {
        guard !orders.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT order_key, id, method, status, amount, captured, refunded FROM payment
            WHERE order_key = ANY($1) ORDER BY order_key, id
            """,
            [.int8Array(orders)]
        )
        return try rows.map { row in
            guard let status = PaymentStatus(rawValue: try row.int2(3)) else { throw StoreError.unreadable("payment status") }
            return Payment(
                order: try row.int8(0),
                id: try row.text(1),
                method: try row.text(2),
                status: status,
                amount: try row.int8(4),
                captured: try row.int8(5),
                refunded: try row.int8(6)
            )
        }
    }

    package static func write(_ payments: [Payment], in tx: borrowing Transaction) throws {
        guard !payments.isEmpty else { return }
        _ = try tx.execute(
            """
            INSERT INTO payment (order_key, id, method, status, amount, captured, refunded)
            SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[])
            ON CONFLICT (order_key, id) DO UPDATE SET
                status = excluded.status, captured = excluded.captured, refunded = excluded.refunded
            """,
            [
                .int8Array(payments.map(\.order)), .textArray(payments.map(\.id)), .textArray(payments.map(\.method)),
                .int2Array(payments.map(\.status.rawValue)), .int8Array(payments.map(\.amount)), .int8Array(payments.map(\.captured)),
                .int8Array(payments.map(\.refunded)),
            ]
        )
    }

    /// Records reports; gives for each the digest of the one that stood before, `nil` where it is new.
    package static func record(_ report: Report, in tx: borrowing Transaction) throws -> [UInt8]? {
        let inserted = try tx.execute(
            """
            INSERT INTO payment_transaction (channel, payment, id, type, order_key, digest, amount, occurred_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
            """,
            [
                .int4(report.channel), .text(report.payment), .text(report.id), .int2(report.kind.rawValue), .int8(report.order),
                .bytes(report.digest), .int8(report.amount), .timestamp(report.occurredAt.rawValue),
            ]
        )
        if inserted == 1 { return nil }
        let rows = try tx.query(
            "SELECT digest FROM payment_transaction WHERE channel = $1 AND payment = $2 AND id = $3 AND type = $4",
            [.int4(report.channel), .text(report.payment), .text(report.id), .int2(report.kind.rawValue)]
        )
        guard let row = rows.first else { throw StoreError.vanished("payment report") }
        return try row.bytes(0)
    }
}
