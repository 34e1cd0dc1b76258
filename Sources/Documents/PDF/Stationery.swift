internal import Commerce

/// What is printed around the content: letterhead, recipient, facts, running head and footer.
struct Stationery {
    let seller: InvoiceParty
    let content: InvoiceContent
    let typesetter: Typesetter
    let canvas: PDFCanvas

    /// - Returns: where the content may begin.
    func drawFirstPage() -> Double {
        canvas.fill(.accent, x: 0, y: 0, width: Page.width, height: 5)
        for mark in Page.foldingMarks { canvas.rule(.hairline, fromX: 12, toX: 22, y: mark) }
        drawLetterhead()
        drawRecipient()
        let factsBottom = drawFacts()
        let baseline = max(Page.titleBaseline, factsBottom + 30)
        typesetter.draw(
            content.title,
            .title,
            .accent,
            on: canvas,
            x: Page.left,
            baseline: baseline,
            width: Page.contentWidth,
            maxLines: 2
        )
        return baseline + 16
    }

    /// The name at the left, how to reach the seller at the right. A name too long for large letters is set smaller: it must be whole.
    private func drawLetterhead() {
        let contact = [seller.phone, seller.email].compactMap { $0 }.filter { !$0.isBlank }
        let contactWidth = min(225, contact.map { typesetter.measure($0, .small).width }.max() ?? 0)
        for (index, text) in contact.enumerated() {
            typesetter.draw(
                text,
                .small,
                .muted,
                on: canvas,
                x: Page.right,
                baseline: Page.letterheadBaseline - 9 + 10.5 * Double(index),
                width: contactWidth,
                align: .right
            )
        }
        let width = Page.contentWidth - contactWidth - 20
        let isShort = typesetter.measure(seller.name, .letterhead, width: width, maxLines: 9).height < 50
        typesetter.draw(
            seller.name,
            isShort ? .letterhead : .strong,
            .accent,
            on: canvas,
            x: Page.left,
            baseline: Page.letterheadBaseline,
            width: width,
            maxLines: isShort ? 2 : 4
        )
    }

    private func drawRecipient() {
        typesetter.draw(
            content.senderLine,
            .label,
            .muted,
            on: canvas,
            x: Page.left,
            baseline: Page.senderLineBaseline,
            width: Page.recipientWidth
        )
        canvas.rule(.hairline, fromX: Page.left, toX: Page.left + Page.recipientWidth, y: Page.senderLineBaseline + 4)
        var top = Page.recipientTop
        for (index, line) in content.recipient.enumerated() {
            let style: TextStyle = index == 0 ? .strong : .body
            let lines: Int32 = index == 0 ? 3 : 2
            let extent = typesetter.measure(line, style, width: Page.recipientWidth, maxLines: lines)
            guard top + extent.height <= Page.recipientBottom + 8 else { break }
            typesetter.draw(
                line,
                style,
                on: canvas,
                x: Page.left,
                baseline: top + extent.baseline,
                width: Page.recipientWidth,
                maxLines: lines
            )
            top += extent.height + 1.5
        }
    }

    /// - Returns: where the block ends.
    private func drawFacts() -> Double {
        var top = Page.factsTop
        let left = Page.factsLeft + Page.factsLabelWidth
        let width = Page.right - left
        for fact in content.facts {
            let extent = typesetter.measure(fact.value, .body, width: width, maxLines: 4)
            let baseline = top + extent.baseline
            typesetter.draw(fact.label, .small, .muted, on: canvas, x: Page.factsLeft, baseline: baseline)
            typesetter.draw(fact.value, .body, on: canvas, x: left, baseline: baseline, width: width, maxLines: 4)
            top += extent.height + 3
        }
        return top
    }

    func drawRunningHead() {
        let baseline = Page.runningHeadBaseline
        canvas.fill(.accent, x: 0, y: 0, width: Page.width, height: 5)
        let title = typesetter.measure(content.title, .smallBold).width
        typesetter.draw(content.title, .smallBold, .accent, on: canvas, x: Page.right, baseline: baseline, align: .right)
        typesetter.draw(
            seller.name,
            .small,
            .muted,
            on: canvas,
            x: Page.left,
            baseline: baseline,
            width: max(40, Page.contentWidth - title - 20)
        )
    }

    func drawFooter(page: Int, of pages: Int) {
        let words = content.words
        canvas.rule(.hairline, fromX: Page.left, toX: Page.right, y: Page.footerTop)
        var tax: [String] = []
        if let number = TaxNumber(seller.vatID) { tax.append("\(number.isVATID ? words.vatID : words.taxNumber) \(number.text)") }
        if let iban = seller.iban, !iban.isBlank { tax.append("IBAN \(InvoiceFigures.groupedIBAN(iban))") }
        let contact = [seller.contact, seller.phone.map { $0.isBlank ? "" : "\(words.phone) \($0)" }, seller.email]
        let address = [seller.name, seller.street, InvoiceContent.town(seller)]
        let width = (Page.contentWidth - 24) / 3
        for (index, column) in [address, contact.compactMap { $0 }, tax].enumerated() {
            var top = Page.footerTop + 5
            for line in column where !line.isBlank {
                let extent = typesetter.measure(line, .label, width: width, maxLines: 3)
                typesetter.draw(
                    line,
                    .label,
                    .muted,
                    on: canvas,
                    x: Page.left + Double(index) * (width + 12),
                    baseline: top + extent.baseline,
                    width: width,
                    maxLines: 3
                )
                top += extent.height + 0.5
            }
        }
        typesetter.draw(words.page(page, pages), .label, .muted, on: canvas, x: Page.right, baseline: Page.footerBottom, align: .right)
    }
}
