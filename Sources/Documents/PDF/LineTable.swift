/// The table of positions: its columns are as wide as their widest figure, and the article gets what is left.
struct LineTable {
    private struct Column {
        var head: String
        var subhead: String
        /// The right edge; figures are aligned there.
        var right: Double
        var value: KeyPath<InvoiceContent.Row, String>
    }

    static let padding = 5.0
    /// Above and below a row's text.
    private static let air = 4.0
    private static let gap = 11.0
    private static let nameLines: Int32 = 6

    private let content: InvoiceContent
    private let typesetter: Typesetter
    private var columns: [Column] = []
    private let nameLeft: Double
    private let nameWidth: Double

    init(_ content: InvoiceContent, _ typesetter: Typesetter, _ digits: FigureWidths) {
        self.content = content
        self.typesetter = typesetter
        let words = content.words
        let net = "\(content.currency), \(words.withoutTax)"
        let shown = content.pricesIncludeTax ? "\(content.currency), \(words.withTax)" : net
        var specified: [(head: String, subhead: String, value: KeyPath<InvoiceContent.Row, String>)] = [
            (words.amount, net, \.amount), (words.taxRate, "", \.taxRate),
        ]
        if content.hasDiscounts { specified.append((words.discount, net, \.discount)) }
        specified += [(words.unitPrice, shown, \.unitPrice), (words.quantity, "", \.quantity)]

        var right = Page.right
        for (head, subhead, value) in specified {
            columns.append(Column(head: head, subhead: subhead, right: right, value: value))
            let headWidth = max(typesetter.measure(head, .smallBold).width, typesetter.measure(subhead, .label).width)
            let widest = content.rows.reduce(headWidth) { max($0, digits.width(of: $1[keyPath: value])) }
            right -= widest + Self.gap
        }
        let positionWidth = max(digits.width(of: String(content.rows.count)), typesetter.measure(words.position, .smallBold).width)
        nameLeft = Page.left + positionWidth + Self.gap
        nameWidth = right - nameLeft
    }

    static let headHeight = 27.0

    func drawHead(on canvas: PDFCanvas, top: Double) {
        let words = content.words
        canvas.fill(.tint, x: Page.left - Self.padding, y: top, width: Page.contentWidth + 2 * Self.padding, height: 23)
        let baseline = top + 10
        typesetter.draw(words.position, .smallBold, .accent, on: canvas, x: Page.left, baseline: baseline)
        typesetter.draw(words.article, .smallBold, .accent, on: canvas, x: nameLeft, baseline: baseline)
        for column in columns {
            typesetter.draw(column.head, .smallBold, .accent, on: canvas, x: column.right, baseline: baseline, align: .right)
            guard !column.subhead.isEmpty else { continue }
            typesetter.draw(column.subhead, .label, .muted, on: canvas, x: column.right, baseline: baseline + 9, align: .right)
        }
    }

    func height(of row: InvoiceContent.Row) -> Double {
        let name = typesetter.measure(row.name, .body, width: nameWidth, maxLines: Self.nameLines)
        return name.height + skuHeight(row) + 2 * Self.air
    }

    private func skuHeight(_ row: InvoiceContent.Row) -> Double {
        row.sku.isBlank ? 0 : typesetter.measure(row.sku, .label, width: nameWidth, maxLines: 3).height
    }

    func draw(_ row: InvoiceContent.Row, on canvas: PDFCanvas, top: Double) {
        let name = typesetter.measure(row.name, .body, width: nameWidth, maxLines: Self.nameLines)
        let baseline = top + Self.air + name.baseline
        typesetter.draw(row.name, .body, on: canvas, x: nameLeft, baseline: baseline, width: nameWidth, maxLines: Self.nameLines)
        var bottom = top + Self.air + name.height
        if !row.sku.isBlank {
            let sku = typesetter.measure(row.sku, .label, width: nameWidth, maxLines: 3)
            typesetter.draw(
                row.sku,
                .label,
                .muted,
                on: canvas,
                x: nameLeft,
                baseline: bottom + sku.baseline,
                width: nameWidth,
                maxLines: 3
            )
            bottom += sku.height
        }
        typesetter.draw(row.position, .body, .muted, on: canvas, x: Page.left, baseline: baseline)
        for column in columns {
            let value = row[keyPath: column.value]
            guard !value.isEmpty else { continue }
            typesetter.draw(value, .body, on: canvas, x: column.right, baseline: baseline, align: .right)
        }
        canvas.rule(.hairline, fromX: Page.left - Self.padding, toX: Page.right + Self.padding, y: bottom + Self.air)
    }
}

/// How wide figures come out in the table's type, added up from their characters: measuring each of 5,000 lines' figures would
/// cost more than drawing them.
struct FigureWidths {
    private let widths: [Unicode.Scalar: Double]
    private let widest: Double

    init(_ typesetter: Typesetter) {
        let characters = "0123456789.,’−–% \u{A0}¹²³⁴⁵"
        var widths: [Unicode.Scalar: Double] = [:]
        for scalar in characters.unicodeScalars {
            // Between two digits, since a lone space may be measured as nothing.
            let pair = typesetter.measure("0\(scalar)0", .body).width
            widths[scalar] = pair - typesetter.measure("00", .body).width
        }
        self.widths = widths
        widest = widths.values.max() ?? TextStyle.body.size
    }

    func width(of figure: String) -> Double {
        figure.unicodeScalars.reduce(0) { $0 + (widths[$1] ?? widest) }
    }
}
