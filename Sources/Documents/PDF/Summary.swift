/// What stands below the positions: the sums at the right, the tax table at the left, then notes.
struct Summary {
    private static let sumsLeft = Page.right - 235
    private static let rowHeight = 15.0
    private static let dueHeight = 22.0

    let content: InvoiceContent
    let typesetter: Typesetter
    let canvas: PDFCanvas

    /// The blocks in order. Sums and taxes stand side by side where both are short enough; a document with dozens of discounts or
    /// rates lists them one after the other.
    var blocks: [Block] {
        let sums = content.sums.indices.map(sumBlock)
        let taxes = taxBlocks
        let height = max(Self.total(sums), Self.total(taxes))
        var blocks = [gap(12)]
        if taxesFitBesideSums, height < 300 {
            blocks.append(
                Block(height: height) { top in
                    Self.draw(sums, top: top)
                    Self.draw(taxes, top: top)
                }
            )
        } else {
            blocks += Self.kept(sums) + [gap(12)] + Self.kept(taxes)
        }
        blocks.append(gap(18))
        blocks += Self.kept(content.notes.map(noteBlock))
        return blocks
    }

    private func gap(_ height: Double) -> Block { Block(height: height, keepsWithNext: true) { _ in } }

    private static func total(_ blocks: [Block]) -> Double { blocks.reduce(0) { $0 + $1.height } }

    /// What takes less than half a page stays together.
    private static func kept(_ blocks: [Block]) -> [Block] {
        guard total(blocks) < 300 else { return blocks }
        return blocks.enumerated().map { index, block in
            var block = block
            block.keepsWithNext = index < blocks.count - 1
            return block
        }
    }

    private static func draw(_ blocks: [Block], top: Double) {
        var top = top
        for block in blocks {
            block.draw(top)
            top += block.height
        }
    }

    // MARK: Sums

    private func sumBlock(_ index: Int) -> Block {
        let sum = content.sums[index]
        let style: TextStyle = sum.weight == .plain ? .body : sum.weight == .bold ? .bodyBold : .strong
        let valueWidth = typesetter.measure(sum.value, style).width
        let labelWidth = max(60, Page.right - Self.sumsLeft - valueWidth - 10)
        let label = typesetter.measure(sum.label, style, width: labelWidth, maxLines: 3)
        let minimum = sum.weight == .due ? Self.dueHeight : Self.rowHeight
        let height = max(minimum, label.height + (minimum - TextStyle.body.size * 1.36))
        return Block(height: height) { [typesetter, canvas] top in
            var baseline = top + 10
            var color = Color.ink
            if sum.weight == .due {
                baseline = top + 15.5
                color = .accent
                canvas.fill(
                    .tint,
                    x: Self.sumsLeft - 6,
                    y: top + 2,
                    width: Page.right - Self.sumsLeft + 6 + LineTable.padding,
                    height: height - 2
                )
            }
            typesetter.draw(sum.label, style, color, on: canvas, x: Self.sumsLeft, baseline: baseline, width: labelWidth, maxLines: 3)
            typesetter.draw(sum.value, style, color, on: canvas, x: Page.right, baseline: baseline, align: .right)
            guard sum.weight == .bold, index > 0 else { return }
            canvas.rule(.hairline, fromX: Self.sumsLeft - 6, toX: Page.right + LineTable.padding, y: top - 0.5)
        }
    }

    // MARK: Taxes

    private var taxHeads: [String] { [content.words.taxRateLong, content.words.taxable, content.words.taxAmount] }

    /// The right edges of the table's second and third columns.
    private var taxEdges: [Double] {
        let taxable = content.taxes.map { typesetter.measure($0.taxable, .small).width }
        let tax = content.taxes.map { typesetter.measure($0.tax, .small).width }
        let heads = taxHeads.map { typesetter.measure($0, .smallBold).width }
        let first = max(heads[0], content.taxes.map { typesetter.measure($0.rate, .small).width }.max() ?? 0)
        let second = Page.left + first + 16 + max(heads[1], taxable.max() ?? 0)
        return [second, second + 14 + max(heads[2], tax.max() ?? 0)]
    }

    private var taxesFitBesideSums: Bool { taxEdges[1] < Self.sumsLeft - 18 }

    private var taxBlocks: [Block] {
        let edges = taxEdges
        let heads = taxHeads
        let head = Block(height: Self.rowHeight, keepsWithNext: true) { [typesetter, canvas] top in
            typesetter.draw(heads[0], .smallBold, .accent, on: canvas, x: Page.left, baseline: top + 10)
            typesetter.draw(heads[1], .smallBold, .accent, on: canvas, x: edges[0], baseline: top + 10, align: .right)
            typesetter.draw(heads[2], .smallBold, .accent, on: canvas, x: edges[1], baseline: top + 10, align: .right)
            canvas.rule(.hairline, fromX: Page.left - LineTable.padding, toX: edges[1] + LineTable.padding, y: top + Self.rowHeight - 0.5)
        }
        let rows = content.taxes.map { tax in
            Block(height: Self.rowHeight - 1.5) { [typesetter, canvas] top in
                typesetter.draw(tax.rate, .small, on: canvas, x: Page.left, baseline: top + 9.5)
                typesetter.draw(tax.taxable, .small, on: canvas, x: edges[0], baseline: top + 9.5, align: .right)
                typesetter.draw(tax.tax, .small, on: canvas, x: edges[1], baseline: top + 9.5, align: .right)
            }
        }
        return [head] + rows
    }

    // MARK: Notes

    private func noteBlock(_ note: String) -> Block {
        let extent = typesetter.measure(note, .body, width: Page.contentWidth, maxLines: 5)
        return Block(height: extent.height + 3) { [typesetter, canvas] top in
            typesetter.draw(note, .body, on: canvas, x: Page.left, baseline: top + extent.baseline, width: Page.contentWidth, maxLines: 5)
        }
    }
}
