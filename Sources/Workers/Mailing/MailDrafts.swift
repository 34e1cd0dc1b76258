internal import Commerce
internal import Mail
internal import MailTemplates
internal import Messages
internal import Postgres
internal import Store

/// Reads what a batch's mails need, in one snapshot and a constant number of statements.
struct MailDrafts {
    private(set) var drafts: [MailDraftResult] = []

    private let network: NetworkSnapshot
    private let documents: OrderDocuments
    let lines: [Int64: [OrderLines.Line]]
    let fulfillments: [Int64: [FulfillmentRows.Row]]
    private let invoices: [Int64: [InvoiceStore.Row]]
    /// What got later and is not mailed, of orders with an event that says so; and what these orders wait for.
    let delays: [Int64: [DeliveryDelays.Unsettled]]
    let waiting: [Int64: [WaitingLines.Need]]

    init(_ events: [ReceivedEvent], network: NetworkSnapshot, in tx: borrowing Transaction) throws {
        self.network = network
        let found = try OrderInsert.existing(
            events.map { (network.channel($0.channel ?? "")?.key ?? 0, $0.orderID ?? "") },
            in: tx
        )
        let keys = Set(found.compactMap { $0?.key }).sorted()
        documents = try OrderDocuments.load(keys, in: tx)
        let ofParcels = zip(events, found).filter { $0.0.shipmentID != nil || $0.0.type == .pickupReady }.compactMap { $0.1?.key }
        let promises = !network.settings.transit.isEmpty
        let accepted = promises ? zip(events, found).filter { $0.0.type == .orderAccepted }.compactMap { $0.1?.key } : []
        let changed = zip(events, found).filter { $0.0.type == .orderPromiseChanged }.compactMap { $0.1?.key }
        delays = try DeliveryDelays.unsettled(of: changed, in: tx)
        waiting = Dictionary(grouping: try WaitingLines.of(delays.keys.sorted(), in: tx), by: \.order)
        let withParcels = ofParcels + accepted + delays.keys.sorted()
        let (ordered, parcels) = try tx.ask(OrderLines.of(withParcels), FulfillmentRows.of(withParcels))
        lines = Dictionary(grouping: ordered, by: \.order)
        fulfillments = Dictionary(grouping: parcels, by: \.order)
        let withInvoices = zip(events, found).filter { $0.0.type == .invoiceIssued }.compactMap { $0.1?.key }
        invoices = Dictionary(grouping: withInvoices.isEmpty ? [] : try InvoiceStore.of(withInvoices, in: tx), by: \.order)
        var drafts: [MailDraftResult] = []
        for (event, order) in zip(events, found) {
            guard let key = order?.key, let channel = network.channel(event.channel ?? "") else {
                drafts.append(.missing(MessageRefusal(.unknownOrder, path: "/data/orderId", "The order is not there.")))
                continue
            }
            drafts.append(try draft(event, order: key, channel: channel))
        }
        let wanted = drafts.compactMap { if case .mail(let draft) = $0 { draft.mail } else { nil } }
        let sent = try MailStore.sent(among: wanted, in: tx)
        self.drafts = drafts.map { if case .mail(let draft) = $0, sent.contains(draft.mail) { .none } else { $0 } }
    }

    private func draft(_ event: ReceivedEvent, order key: Int64, channel: NetworkSnapshot.KeyedChannel) throws -> MailDraftResult {
        let document = try documents.of(key)
        // Without a sender's address no mail can go out: the operator wants none.
        guard let sender = channel.channel.senderEmail ?? channel.seller.email else {
            return delay(of: key, toldBy: event).map { .settled(order: key, upTo: $0.sequence) } ?? .none
        }
        var invoice: InvoiceStore.Row?
        let template: MailStore.Template
        let reference: String
        let content: MailContent
        let today = CivilDate(event.time, offsetSeconds: TimeZoneOffset(channel.channel.timeZone).seconds(at: event.time))
        var delivery: DeliveryEstimate?
        var settles: Int32?
        switch event.type {
        case .orderAccepted:
            (template, reference, content) = (.orderConfirmation, "", .orderConfirmation)
            delivery = self.delivery(of: key, document: document, today: today)
        case .orderBackordered:
            // It may wait more than once: when a location turned out not to have the goods.
            (template, reference) = (.orderBackordered, event.sequence.map { String($0) } ?? event.id)
            content = backordered(event.lines, of: document, in: channel.channel.timeZone)
        case .orderCancelled where event.reason == PickupRule.neverCollected && document.shipping?.pickupLocation != nil:
            // The mail about what was not collected says it.
            return .none
        case .orderCancelled:
            let cause: MailContent.CancellationCause = event.reason == "payment_failed" ? .paymentFailed : .requested
            let isWhole = event.lines.reduce(0) { $0 + $1.quantity } == document.lines.reduce(0) { $0 + $1.quantity }
            (template, reference) = (.orderCancelled, event.sequence.map { String($0) } ?? event.id)
            content = .orderCancelled(items(event.lines, of: document), isWholeOrder: isWhole, cause: cause)
        case .shipmentDispatched, .shipmentDelivered:
            guard let parcel = parcel(event, document: document) else { return .none }
            reference = "\(event.fulfillmentID ?? "")/\(event.shipmentID ?? "")"
            let remaining = remaining(of: key, document: document)
            if event.type == .shipmentDispatched {
                (template, content) = (.shipmentDispatched, .shipmentDispatched(parcel, remaining: remaining))
                let sent = (fulfillments[key] ?? []).first { FulfillmentID.text($0.key) == event.fulfillmentID }
                delivery = sent?.delivery?.remaining(on: today)
            } else {
                (template, content) = (.shipmentDelivered, .shipmentDelivered(parcel, remaining: remaining))
            }
        case .pickupReady:
            let until = event.keepUntil ?? event.time
            let zone = TimeZoneOffset(channel.channel.timeZone)
            (template, reference) = (.pickupReady, event.pickupID ?? "")
            content = .pickupReady(
                items(event.lines, of: document),
                until: CivilDate(until, offsetSeconds: zone.seconds(at: until)),
                remaining: remaining(of: key, document: document, beside: event.lines)
            )
        case .pickupExpired:
            (template, reference) = (.pickupExpired, event.sequence.map { String($0) } ?? event.id)
            content = .pickupExpired(items(event.lines, of: document))
        case .orderPromiseChanged:
            // What comes sooner is no news that anybody has to act on.
            guard let delay = delay(of: key, toldBy: event) else { return .none }
            let later = later(delay.lines, of: key, document: document)
            guard !later.items.isEmpty else { return .settled(order: key, upTo: delay.sequence) }
            delivery = later.delivery
            settles = delay.sequence
            (template, reference) = (.promiseChanged, String(delay.sequence))
            content = .promiseChanged(later.items)
        case .invoiceIssued:
            guard channel.channel.invoiceMail == .attach else { return .none }
            guard let row = invoices[key]?.first(where: { $0.name == event.number }) else {
                return .missing(MessageRefusal(.internalError, path: "/data/number", "The invoice is not there."))
            }
            invoice = row
            let data = try Invoice(json: row.data)
            (template, reference) = (.invoiceIssued, row.name)
            content = .invoiceIssued(MailInvoice(number: row.name, date: data.issueDate, total: data.totals.payable))
        default: return .none
        }
        let zone = TimeZoneOffset(channel.channel.timeZone)
        let store = document.shipping?.pickupLocation.flatMap { network.location($0)?.location }
        let context = MailContext(
            content,
            order: document,
            orderDate: CivilDate(document.placedAt, offsetSeconds: zone.seconds(at: document.placedAt)),
            seller: channel.seller,
            channel: channel.channel,
            pickupLocationName: store?.name,
            pickupAddress: store?.pickupAddress,
            delivery: delivery
        )
        return .mail(
            MailDraft(
                mail: MailStore.Mail(order: key, template: template, reference: reference),
                context: context,
                sender: Mailbox(name: channel.seller.name, address: sender),
                recipient: Mailbox(name: document.customer.name, address: document.customer.email),
                eventTime: event.time,
                invoice: invoice,
                settles: settles
            )
        )
    }

    private func parcel(_ event: ReceivedEvent, document: PlacedOrder) -> MailParcel? {
        MailParcel(
            carrier: event.carrier ?? "",
            trackingNumber: event.trackingNumber ?? "",
            trackingURL: event.trackingURL,
            items: items(event.lines, of: document)
        )
    }

    /// What is neither shipped nor cancelled.
    ///
    /// - Parameter named: units that the mail speaks of already.
    private func remaining(of order: Int64, document: PlacedOrder, beside named: [Event.Line] = []) -> [MailItem] {
        var shipped: [Int32: Int64] = [:]
        for line in named {
            guard let place = document.lines.firstIndex(where: { ExactID.same($0.lineID, line.lineID) }) else { continue }
            shipped[Int32(place), default: 0] += line.quantity
        }
        for parcel in fulfillments[order] ?? [] {
            for line in parcel.lines { shipped[line.line, default: 0] += parcel.delivered(line) }
        }
        return (lines[order] ?? []).compactMap { line in
            let units = line.quantity - line.cancelled - (shipped[line.line] ?? 0)
            return units > 0 ? MailItem(document.lines[Int(line.line)], quantity: units) : nil
        }
    }

    /// - Parameter timeZone: where the reader's days end.
    func items(_ lines: [Event.Line], of document: PlacedOrder, in timeZone: String = "UTC") -> [MailItem] {
        let zone = TimeZoneOffset(timeZone)
        return lines.map { line in
            let known = document.lines.first { ExactID.same($0.lineID, line.lineID) }
            return MailItem(
                sku: line.sku,
                name: known?.name ?? line.sku,
                quantity: line.quantity,
                expected: line.deliverTo ?? line.promisedAt.map { CivilDate($0, offsetSeconds: zone.seconds(at: $0)) },
                preorder: line.preorder
            )
        }
    }
}
