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
        try tx.send(
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

    /// Records reports, under the locks of their orders. Gives for each the digest of the one that stood before, `nil` where it is new;
    /// of two in one call with the same name, the first one stands.
    package static func record(_ reports: [Report], in tx: borrowing Transaction) throws -> [[UInt8]?] {
        guard !reports.isEmpty else { return [] }
        var firsts: [ReportName: Int] = [:]
        for (index, report) in reports.enumerated() where firsts[report.name] == nil { firsts[report.name] = index }
        // In the order of the key's bytes: two batches must not wait for each other.
        let rows = firsts.sorted { $0.key < $1.key }.map { reports[$0.value] }
        let names: [Parameter] = [
            .int4Array(rows.map(\.channel)), .textArray(rows.map(\.payment)), .textArray(rows.map(\.id)),
            .int2Array(rows.map(\.kind.rawValue)),
        ]
        let inserted = try tx.query(
            """
            INSERT INTO payment_transaction (channel, payment, id, type, order_key, digest, amount, occurred_at)
            SELECT channel, payment, id, type, order_key, digest, amount, occurred_at
            FROM unnest($1::int[], $2::text[], $3::text[], $4::smallint[], $5::bigint[], $6::bytea[], $7::bigint[], $8::timestamptz[])
                WITH ORDINALITY AS t (channel, payment, id, type, order_key, digest, amount, occurred_at, n)
            ORDER BY n
            ON CONFLICT DO NOTHING
            RETURNING channel, payment, id, type
            """,
            names + [
                .int8Array(rows.map(\.order)), .bytesArray(rows.map(\.digest)), .int8Array(rows.map(\.amount)),
                .timestampArray(rows.map(\.occurredAt.rawValue)),
            ]
        )
        let new = Set(try inserted.map { try ReportName($0) })
        var standing: [ReportName: [UInt8]] = [:]
        if new.count < rows.count {
            let found = try tx.query(
                """
                SELECT p.channel, p.payment, p.id, p.type, p.digest
                FROM unnest($1::int[], $2::text[], $3::text[], $4::smallint[]) AS t (channel, payment, id, type)
                JOIN payment_transaction p USING (channel, payment, id, type)
                """,
                names
            )
            for row in found { standing[try ReportName(row)] = try row.bytes(4) }
        }
        return try reports.enumerated().map { index, report in
            guard let first = firsts[report.name] else { throw StoreError.vanished("payment report") }
            if new.contains(report.name) { return first == index ? nil : reports[first].digest }
            guard let digest = standing[report.name] else { throw StoreError.vanished("payment report") }
            return digest
        }
    }

    /// What names a report, compared byte by byte.
    fileprivate struct ReportName: Hashable, Comparable {
        var channel: Int32
        var payment: ExactID
        var id: ExactID
        var kind: Int16

        init(channel: Int32, payment: String, id: String, kind: Int16) {
            (self.channel, self.payment, self.id, self.kind) = (channel, ExactID(payment), ExactID(id), kind)
        }

        init(_ row: Postgres.Row) throws {
            self.init(channel: try row.int4(0), payment: try row.text(1), id: try row.text(2), kind: try row.int2(3))
        }

        static func < (left: ReportName, right: ReportName) -> Bool {
            if left.channel != right.channel { return left.channel < right.channel }
            if left.payment != right.payment { return left.payment < right.payment }
            if left.id != right.id { return left.id < right.id }
            return left.kind < right.kind
        }
    }
}

extension PaymentRows.Report {
    fileprivate var name: PaymentRows.ReportName {
        PaymentRows.ReportName(channel: channel, payment: payment, id: id, kind: kind.rawValue)
    }
}
