internal import Commerce
package import Documents
package import Postgres
package import Store

/// An invoice's XML and PDF: rendered when first needed, kept, and the same bytes from then on.
package struct InvoicePapers: Sendable {
    private let renderer: DocumentRenderer

    package init(renderer: DocumentRenderer) { self.renderer = renderer }

    package func of(_ row: InvoiceStore.Row, lane: Lane) async throws -> (xml: [UInt8], pdf: [UInt8]) {
        try await of(row, session: lane.session)
    }

    package func of(_ row: InvoiceStore.Row, session: PostgresSession) async throws -> (xml: [UInt8], pdf: [UInt8]) {
        let stored = try await session.read { tx in
            (
                xml: try InvoiceDocuments.find(prefix: row.prefix, number: row.number, kind: .xml, in: tx),
                pdf: try InvoiceDocuments.find(prefix: row.prefix, number: row.number, kind: .pdf, in: tx)
            )
        }
        if let xml = stored.xml, let pdf = stored.pdf { return (xml, pdf) }
        let invoice = try Invoice(json: row.data)
        let xml = UBLInvoice.xml(for: invoice)
        let pdf = try await renderer.pdf(invoice)
        return try await session.write { tx in
            (
                try InvoiceDocuments.keep(
                    xml,
                    digest: ContentDigest.of(xml),
                    prefix: row.prefix,
                    number: row.number,
                    kind: .xml,
                    in: tx
                ),
                try InvoiceDocuments.keep(
                    pdf,
                    digest: ContentDigest.of(pdf),
                    prefix: row.prefix,
                    number: row.number,
                    kind: .pdf,
                    in: tx
                )
            )
        }
    }
}
