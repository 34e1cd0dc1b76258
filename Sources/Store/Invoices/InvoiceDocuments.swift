package import Postgres

/// Rendered invoices: stored once, the same bytes for ever.
package enum InvoiceDocuments {
    package enum Kind: Int16, Sendable {
        case xml = 1
        case pdf = 2
    }

    package static func find(prefix: String, number: Int64, kind: Kind, in tx: borrowing Transaction) throws -> [UInt8]? {
        let rows = try tx.query(
            "SELECT content FROM invoice_document WHERE prefix = $1 AND number = $2 AND kind = $3",
            [.text(prefix), .int8(number), .int2(kind.rawValue)]
        )
        return try rows.first?.bytes(0)
    }

    /// Keeps a rendering, unless there is one already; gives the one that stands.
    package static func keep(
        _ content: [UInt8],
        digest: [UInt8],
        prefix: String,
        number: Int64,
        kind: Kind,
        in tx: borrowing Transaction
    ) throws -> [UInt8] {
        let inserted = try tx.execute(
            """
            INSERT INTO invoice_document (prefix, number, kind, digest, content) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (prefix, number, kind) DO NOTHING
            """,
            [.text(prefix), .int8(number), .int2(kind.rawValue), .bytes(digest), .bytes(content)]
        )
        if inserted == 1 { return content }
        guard let standing = try find(prefix: prefix, number: number, kind: kind, in: tx) else {
            throw StoreError.vanished("invoice document")
        }
        return standing
    }
}
