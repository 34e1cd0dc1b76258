package import Commerce
package import Postgres

/// Invoices: numbers, data, and what was rendered from it.
package enum InvoiceStore {
    /// An invoice as it is kept.
    package struct Row: Sendable {
        package var prefix: String
        package var number: Int64
        package var order: Int64
        package var shipment: Int64
        package var issuedAt: Timestamp
        package var net: Int64
        package var tax: Int64
        package var total: Int64
        package var data: [UInt8]

        package init(
            prefix: String,
            number: Int64,
            order: Int64,
            shipment: Int64,
            issuedAt: Timestamp,
            net: Int64,
            tax: Int64,
            total: Int64,
            data: [UInt8]
        ) {
            self.prefix = prefix
            self.number = number
            self.order = order
            self.shipment = shipment
            self.issuedAt = issuedAt
            self.net = net
            self.tax = tax
            self.total = total
            self.data = data
        }

        package var name: String { InvoiceNumber.text(prefix: prefix, number: number) }
    }

    /// Locks the counters of the series in byte order of their prefixes; gives the last number of each.
    package static func lockSeries(_ prefixes: [String], in tx: borrowing Transaction) throws -> [String: Int64] {
        let rows = try tx.query(
            "SELECT prefix, last FROM invoice_series WHERE prefix = ANY($1) ORDER BY prefix FOR UPDATE",
            [.textArray(prefixes)]
        )
        var last: [String: Int64] = [:]
        for row in rows { last[try row.text(0)] = try row.int8(1) }
        return last
    }

    package static func advanceSeries(_ last: [String: Int64], in tx: borrowing Transaction) throws {
        for (prefix, number) in last {
            try tx.send("UPDATE invoice_series SET last = $2 WHERE prefix = $1", [.text(prefix), .int8(number)])
        }
    }

    /// Which of the shipments have their invoice.
    package static func invoiced(among shipments: [Int64], in tx: borrowing Transaction) throws -> Set<Int64> {
        let rows = try tx.query("SELECT shipment_key FROM invoice WHERE shipment_key = ANY($1)", [.int8Array(shipments)])
        return Set(try rows.map { try $0.int8(0) })
    }

    /// Units invoiced so far, by order and line; orders without an invoice are not named.
    package static func invoicedUnits(of orders: [Int64], in tx: borrowing Transaction) throws -> [Int64: [Int32: Int64]] {
        let rows = try tx.query(
            """
            SELECT i.order_key, l.line, sum(l.quantity)::bigint
            FROM invoice i JOIN shipment_line l ON l.shipment_key = i.shipment_key
            WHERE i.order_key = ANY($1) GROUP BY i.order_key, l.line
            """,
            [.int8Array(orders)]
        )
        var units: [Int64: [Int32: Int64]] = [:]
        for row in rows { units[try row.int8(0), default: [:]][try row.int4(1)] = try row.int8(2) }
        return units
    }

    package static func insert(_ rows: [Row], in tx: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO invoice (prefix, number, order_key, shipment_key, issued_at, net, tax, total, data)
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::bigint[], $7::bigint[],
                                 $8::bigint[], $9::bytea[])
            """,
            [
                .textArray(rows.map(\.prefix)), .int8Array(rows.map(\.number)), .int8Array(rows.map(\.order)),
                .int8Array(rows.map(\.shipment)), .timestampArray(rows.map(\.issuedAt.rawValue)), .int8Array(rows.map(\.net)),
                .int8Array(rows.map(\.tax)), .int8Array(rows.map(\.total)), .bytesArray(rows.map(\.data)),
            ]
        )
    }

    package static func find(prefix: String, number: Int64, in tx: borrowing Transaction) throws -> Row? {
        try select("prefix = $1 AND number = $2", [.text(prefix), .int8(number)], in: tx).first
    }

    /// The invoices of the orders, in the order they were issued.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Row] {
        try select("order_key = ANY($1)", [.int8Array(orders)], in: tx)
    }

    /// A page of a channel's (or, `nil`, every channel's) invoices behind (`prefix`, `number`).
    package static func page(
        channel: Int32?,
        after: (prefix: String, number: Int64),
        limit: Int,
        in tx: borrowing Transaction
    ) throws -> [Row] {
        try select(
            """
            (prefix, number) > ($1, $2)
            AND ($3::int IS NULL OR EXISTS (SELECT FROM orders o WHERE o.key = order_key AND o.channel = $3)) ORDER BY prefix, number LIMIT $4
            """,
            [.text(after.prefix), .int8(after.number), channel.map { .int4($0) } ?? .null, .int8(Int64(limit))],
            in: tx,
            isOrdered: true
        )
    }

    private static func select(
        _ condition: String,
        _ parameters: [Parameter],
        in tx: borrowing Transaction,
        isOrdered: Bool = false
    ) throws -> [Row] {
        let rows = try tx.query(
            """
            SELECT prefix, number, order_key, shipment_key, issued_at, net, tax, total, data FROM invoice
            WHERE \(condition) \(isOrdered ? "" : "ORDER BY issued_at, prefix, number")
            """,
            parameters
        )
        return try rows.map {
            Row(
                prefix: try $0.text(0),
                number: try $0.int8(1),
                order: try $0.int8(2),
                shipment: try $0.int8(3),
                issuedAt: Timestamp(rawValue: try $0.timestamp(4)),
                net: try $0.int8(5),
                tax: try $0.int8(6),
                total: try $0.int8(7),
                data: try $0.bytes(8)
            )
        }
    }
}
