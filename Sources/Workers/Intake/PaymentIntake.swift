internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Records what payment providers report, and lets an order that waited for a payment go, or cancels it.
struct PaymentIntake {
    let network: NetworkSnapshot
    let now: Timestamp

    /// Gives the orders that are cancelled, because a payment failed.
    func record(
        _ items: [IntakeHandler.Item],
        outcomes: inout [Outcome],
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws -> [Int64] {
        var reports: [(index: Int, report: PaymentReported, channel: NetworkSnapshot.KeyedChannel)] = []
        for (index, item) in items.enumerated() {
            guard case .payment(let report) = item else { continue }
            guard let channel = network.channel(report.channel) else {
                outcomes[index] = .refuse(MessageRefusal(.unknownChannel, path: "/channel", "No channel of this id is in the network."))
                continue
            }
            guard report.currency == channel.channel.currency else {
                outcomes[index] = .refuse(
                    MessageRefusal(.currencyMismatch, path: "/currency", "The channel sells in \(channel.channel.currency).")
                )
                continue
            }
            reports.append((index, report, channel))
        }
        guard !reports.isEmpty else { return [] }
        let found = try OrderInsert.existing(reports.map { ($0.channel.key, $0.report.orderID) }, in: tx)
        let keys = Set(found.compactMap { $0?.key }).sorted()
        let before = try OrderAggregate.load(keys, in: tx)
        var orders = before
        var payments = Dictionary(grouping: try PaymentRows.of(keys, in: tx), by: \.order)
        var book = EventBook(role: .intake, now: now)
        var changed: Set<Int64> = []
        let rows = reports.enumerated().map { place, entry in
            found[place].flatMap { orders[$0.key] }.map { entry.report.row(of: $0, channel: entry.channel.key) }
        }
        var standing = try PaymentRows.record(rows.compactMap { $0 }, in: tx).makeIterator()
        for (place, entry) in reports.enumerated() {
            guard let row = rows[place], var order = orders[row.order] else {
                outcomes[entry.index] = .retry(
                    MessageRefusal(.unknownOrder, path: "/orderId", "The channel has placed no order of this id.")
                )
                continue
            }
            if let digest = standing.next() ?? nil {
                outcomes[entry.index] =
                    digest == row.digest
                    ? .done(id: entry.report.transactionID)
                    : .refuse(
                        MessageRefusal(.conflict, path: "/transactionId", "The transaction was reported with other content; that stands.")
                    )
                continue
            }
            take(entry.report, order: &order, payments: &payments[row.order, default: []])
            outcomes[entry.index] = .done(id: entry.report.transactionID)
            orders[row.order] = order
            changed.insert(row.order)
        }
        let moved = changed.filter { orders[$0]?.state != before[$0]?.state }.sorted()
        try announce(moved, orders: &orders, before: before, book: &book, effects: &effects, in: tx)
        try OrderAggregate.save(changed.compactMap { orders[$0] }, before: before, in: tx)
        try PaymentRows.write(changed.flatMap { payments[$0] ?? [] }, in: tx)
        try book.commit(in: tx, effects: &effects)
        return moved.filter { orders[$0]?.state.status == .cancelled }
    }

    /// What a new report does to its payment, and by that to its order.
    private func take(_ report: PaymentReported, order: inout OrderAggregate, payments: inout [PaymentRows.Payment]) {
        var payment =
            payments.first { ExactID.same($0.id, report.paymentID) }
            ?? PaymentRows.Payment(
                order: order.head.key,
                id: report.paymentID,
                method: report.method,
                status: .pending,
                amount: report.amount,
                captured: 0,
                refunded: 0
            )
        payment.take(report)
        payments.removeAll { ExactID.same($0.id, report.paymentID) }
        payments.append(payment)
        let command: OrderCommand? =
            if report.kind == .failed { .failPayment } else if payments.contains(where: { $0.status == .pending }) { nil } else {
                .releasePayment
            }
        if let command { order.state = order.state.applying(command).result(from: order.state) }
    }

    /// Tells what payments did to their orders: let go, or cancelled.
    private func announce(
        _ keys: [Int64],
        orders: inout [Int64: OrderAggregate],
        before: [Int64: OrderAggregate],
        book: inout EventBook,
        effects: inout Effects,
        in tx: borrowing Transaction
    ) throws {
        let released = keys.filter { orders[$0]?.state.status == .accepted }
        effects.send(released, piece: SourcingHandler.ordersPerMessage) { .source(orders: $0) }
        let cancelled = keys.filter { orders[$0]?.state.status == .cancelled }
        let documents = try OrderDocuments.load(cancelled, in: tx)
        for key in cancelled {
            guard var order = orders[key], let old = before[key] else { continue }
            let document = try documents.of(key)
            let sequence = order.nextEvent()
            book.add(
                Event.OrderCancelled(
                    channel: document.channel,
                    orderID: document.orderID,
                    version: Int64(sequence),
                    lines: document.cancelledLines(from: old.state, to: order.state),
                    reason: "payment_failed"
                ),
                order: key,
                sequence: sequence
            )
            let last = order.nextEvent()
            book.add(
                Event.OrderCompleted(channel: document.channel, orderID: document.orderID, version: Int64(last)),
                order: key,
                sequence: last
            )
            orders[key] = order
        }
    }
}

extension PaymentReported {
    fileprivate func row(of order: OrderAggregate, channel: Int32) -> PaymentRows.Report {
        PaymentRows.Report(
            channel: channel,
            payment: paymentID,
            id: transactionID,
            kind: kind.stored,
            order: order.head.key,
            digest: ContentDigest.of(self),
            amount: amount,
            occurredAt: occurredAt
        )
    }
}

extension PaymentReported.Kind {
    fileprivate var stored: PaymentRows.Kind {
        switch self {
        case .authorized: .authorized
        case .captured: .captured
        case .refunded: .refunded
        case .failed: .failed
        }
    }
}

extension PaymentRows.Payment {
    /// Amounts add up; a status never goes back: an authorization that arrives after the capture changes nothing.
    fileprivate mutating func take(_ report: PaymentReported) {
        switch report.kind {
        case .authorized:
            if status == .pending || status == .failed { status = .authorized }
        case .captured:
            captured = Amount.sum(captured, report.amount) ?? captured
            if status != .refunded { status = .captured }
        case .refunded:
            refunded = Amount.sum(refunded, report.amount) ?? refunded
            status = .refunded
        case .failed:
            if status == .pending { status = .failed }
        }
    }
}
