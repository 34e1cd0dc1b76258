internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Issues the invoices of a batch of shipments, in the order the shipments were recorded.
struct InvoiceBatch {
    let shipments: [Int64]
    let network: NetworkSnapshot

    private struct Draft {
        var shipment: ShipmentRows.Row
        var head: OrderLocks.LockedOrder
        var document: PlacedOrder
        var channel: NetworkSnapshot.KeyedChannel
    }

    func issue(in tx: borrowing Transaction, effects: inout Effects) throws {
        let rows = try ShipmentRows.find(shipments, in: tx)
        let heads = try OrderLocks.lock(Set(rows.map(\.order)).sorted(), in: tx)
        // Looked at under the orders' locks: whoever invoiced one of these shipments before is done.
        let done = try InvoiceStore.invoiced(among: rows.map(\.key), in: tx)
        let drafts = try self.drafts(rows.filter { !done.contains($0.key) }, heads: heads, in: tx)
        guard !drafts.isEmpty else { return }
        var invoiced = try InvoiceStore.invoicedUnits(of: Set(drafts.map(\.head.key)).sorted(), in: tx)

        // Counters come last in the lock order; the date is taken once they are held, so that dates never run against the numbers.
        var last = try InvoiceStore.lockSeries(Set(drafts.map(\.channel.seller.invoicePrefix)).sorted(), in: tx)
        let issuedAt = SystemClock.now()
        var book = EventBook(role: .invoicing, now: issuedAt)
        var sequences = Dictionary(uniqueKeysWithValues: heads.map { ($0.key, $0) })
        var issued: [InvoiceStore.Row] = []
        for draft in drafts {
            let prefix = draft.channel.seller.invoicePrefix
            guard let number = last[prefix].map({ $0 + 1 }) else { throw StoreError.vanished("invoice series") }
            let before = invoiced[draft.head.key]
            let invoice = try invoice(draft, number: InvoiceNumber.text(prefix: prefix, number: number), before: before, issuedAt: issuedAt)
            last[prefix] = number
            for line in draft.shipment.lines { invoiced[draft.head.key, default: [:]][line.line, default: 0] += line.quantity }
            issued.append(
                InvoiceStore.Row(
                    prefix: prefix,
                    number: number,
                    order: draft.head.key,
                    shipment: draft.shipment.key,
                    issuedAt: issuedAt,
                    net: invoice.totals.taxExclusive,
                    tax: invoice.totals.tax,
                    total: invoice.totals.payable + invoice.totals.prepaid,
                    data: try invoice.json()
                )
            )
            tell(invoice, draft: draft, head: &sequences[draft.head.key, default: draft.head], book: &book)
        }
        try OrderLocks.update(Set(drafts.map(\.head.key)).sorted().compactMap { sequences[$0] }, in: tx)
        try InvoiceStore.advanceSeries(last, in: tx)
        try InvoiceStore.insert(issued, in: tx)
        try book.commit(in: tx, effects: &effects)
    }

    private func drafts(
        _ rows: [ShipmentRows.Row],
        heads: [OrderLocks.LockedOrder],
        in tx: borrowing Transaction
    ) throws -> [Draft] {
        let documents = try OrderDocuments.load(heads.map(\.key), in: tx)
        let byKey = Dictionary(uniqueKeysWithValues: heads.map { ($0.key, $0) })
        return try rows.compactMap { row in
            guard let head = byKey[row.order], let channel = network.channel(key: head.channel), channel.channel.invoice != .none,
                row.lines.contains(where: { $0.quantity > 0 })
            else { return nil }
            return Draft(shipment: row, head: head, document: try documents.of(row.order), channel: channel)
        }
    }

    private func invoice(_ draft: Draft, number: String, before: [Int32: Int64]?, issuedAt: Timestamp) throws -> Invoice {
        let zone = TimeZoneOffset(draft.channel.seller.timeZone)
        return try InvoiceCalculation.invoice(
            InvoiceRequest(
                order: draft.document,
                seller: draft.channel.seller,
                channel: draft.channel.channel,
                number: number,
                issueDate: CivilDate(issuedAt, offsetSeconds: zone.seconds(at: issuedAt)),
                deliveryDate: CivilDate(draft.shipment.occurredAt, offsetSeconds: zone.seconds(at: draft.shipment.occurredAt)),
                shipmentID: draft.shipment.id,
                shipped: draft.shipment.lines.filter { $0.quantity > 0 }.map { LineUnits(line: Int($0.line), quantity: $0.quantity) },
                previouslyInvoiced: draft.document.lines.indices.map { before?[Int32($0)] ?? 0 },
                isFirst: before == nil
            )
        )
    }

    private func tell(_ invoice: Invoice, draft: Draft, head: inout OrderLocks.LockedOrder, book: inout EventBook) {
        head.eventSequence += 1
        book.add(
            Event.InvoiceIssued(
                number: invoice.number,
                channel: invoice.channel,
                orderID: invoice.orderID,
                shipmentID: draft.shipment.id,
                currency: invoice.currency,
                net: invoice.totals.taxExclusive,
                tax: invoice.totals.tax,
                total: invoice.totals.payable + invoice.totals.prepaid
            ),
            order: head.key,
            sequence: head.eventSequence,
            reference: invoice.number
        )
    }
}
