package import Commerce

/// Renders invoices as PDF: A4, in the words and number formats of the invoice's locale (English, German; English where unknown).
///
/// Fonts and layouts are kept between renders, so keep the renderer. It is synchronous and belongs to one thread at a time (milliseconds
/// of pure computing): keep it inside an actor on a thread of its own, as ``DocumentRenderer`` does. The same invoice gives the same
/// bytes, as long as the machine's fonts and libraries stay the same.
package final class InvoiceRenderer {
    private let typesetter = Typesetter()
    private let figureWidths: FigureWidths

    package init() { figureWidths = FigureWidths(typesetter) }

    /// The PDF file.
    package func pdf(_ invoice: Invoice) throws(DocumentError) -> [UInt8] {
        typesetter.setLanguage(DocumentLocale.typographicLanguage(invoice.locale))
        let content = InvoiceContent(invoice)
        let canvas = PDFCanvas(
            width: Page.width,
            height: Page.height,
            title: content.title.printable,
            author: invoice.seller.name.printable,
            created: "\(invoice.issueDate)T00:00:00Z"
        )
        let stationery = Stationery(seller: invoice.seller, content: content, typesetter: typesetter, canvas: canvas)
        let table = LineTable(content, typesetter, figureWidths)
        let contentTop = stationery.drawFirstPage()

        var blocks = content.rows.map { row in
            Block(height: table.height(of: row), isRow: true) { table.draw(row, on: canvas, top: $0) }
        }
        // The last position goes with the sums, so that they never stand alone on a page.
        if !blocks.isEmpty { blocks[blocks.count - 1].keepsWithNext = true }
        blocks += Summary(content: content, typesetter: typesetter, canvas: canvas).blocks

        let pagination = Pagination(
            blocks,
            firstTop: contentTop,
            furtherTop: Page.furtherTop,
            bottom: Page.bottom,
            headHeight: LineTable.headHeight
        )
        for (index, page) in pagination.pages.enumerated() {
            if index > 0 { stationery.drawRunningHead() }
            if let first = page.first, blocks[first.block].isRow {
                table.drawHead(on: canvas, top: first.top - LineTable.headHeight)
            }
            for placed in page { blocks[placed.block].draw(placed.top) }
            stationery.drawFooter(page: index + 1, of: pagination.pages.count)
            canvas.endPage()
        }
        return try canvas.finish()
    }
}
