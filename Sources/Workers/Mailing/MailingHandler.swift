package import Commerce
package import Documents
package import Mail
package import MailTemplates
package import Messages
internal import Postgres
package import RabbitMQ
internal import Store

/// Role `mailing`: a subscriber of the events like any other, which turns some of them into mails.
///
/// A mail goes out at least once; twice only when the process is killed within the exchange with the mail server, and then
/// for no more than one batch. Its Message-ID is the same both times.
package struct MailingHandler: RoleHandler {
    package let queue = WorkQueue.mailing.name
    /// Small batches: what a kill can double.
    package let limits = BatchLimits(messages: 20)
    package let retryPlan = RetryPlan.mail

    let templates: MailTemplates
    let mails: MailPool
    let papers: InvoicePapers

    package init(templates: MailTemplates, mails: MailPool, renderer: DocumentRenderer) {
        self.templates = templates
        self.mails = mails
        papers = InvoicePapers(renderer: renderer)
    }

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> ReceivedEvent {
        let event = try ReceivedEvent(json: delivery.body)
        guard BrokerTopology.mailedEvents.contains(event.type), event.channel != nil, event.orderID != nil else {
            throw MessageRefusal(.unsupportedType, "No mail is sent for this event.")
        }
        return event
    }

    package func subject(of item: ReceivedEvent) -> MessageSubject { MessageSubject(channel: item.channel, orderID: item.orderID) }

    package func process(_ items: [ReceivedEvent], lane: Lane) async throws -> [Outcome] {
        let drafts = try await lane.session.read { tx in
            try MailDrafts(items, network: try lane.shared.network(in: tx), in: tx).drafts
        }
        var outcomes = [Outcome](repeating: .done(id: nil), count: items.count)
        var letters: [(index: Int, draft: MailDraft, message: MailMessage)] = []
        var seen: Set<MailStore.Mail> = []
        var settled: [(order: Int64, upTo: Int32)] = []
        for (index, draft) in drafts.enumerated() {
            switch draft {
            case .none: break
            case .settled(let order, let sequence): settled.append((order, sequence))
            case .missing(let refusal): outcomes[index] = .retry(refusal)
            case .mail(let draft):
                guard seen.insert(draft.mail).inserted else { break }
                letters.append((index, draft, try await message(draft, lane: lane)))
            }
        }
        let results = letters.isEmpty ? [] : await mails.send(letters.map(\.message))
        var sent: [MailDraft] = []
        for (letter, error) in zip(letters, results) {
            guard let error else {
                sent.append(letter.draft)
                continue
            }
            outcomes[letter.index] =
                error.isPermanent
                ? .refuse(MessageRefusal(.mailRefused, "The mail server refused the mail: \(error)."))
                : .retry(MessageRefusal(.mailUnavailable, "The mail could not be handed over: \(error)."))
        }
        try await record(sent, settled: settled, lane: lane)
        return outcomes
    }

    private func message(_ draft: MailDraft, lane: Lane) async throws -> MailMessage {
        let mail = try templates.render(draft.context)
        var attachments: [MailAttachment] = []
        if let invoice = draft.invoice {
            let papers = try await papers.of(invoice, lane: lane)
            attachments = [
                MailAttachment(filename: "\(invoice.name).pdf", contentType: "application/pdf", bytes: papers.pdf),
                MailAttachment(filename: "\(invoice.name).xml", contentType: "application/xml", bytes: papers.xml),
            ]
        }
        return MailMessage(
            from: draft.sender,
            to: [draft.recipient],
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
            attachments: attachments,
            messageID: draft.messageID,
            headers: [(name: "Auto-Submitted", value: "auto-generated"), (name: "Content-Language", value: mail.locale)],
            date: draft.eventTime.rawValue
        )
    }

    /// Writes down which mails went out, and tells of it.
    private func record(_ drafts: [MailDraft], settled: [(order: Int64, upTo: Int32)], lane: Lane) async throws {
        guard !drafts.isEmpty || !settled.isEmpty else { return }
        let now = SystemClock.now()
        try await lane.commit { tx, effects in
            var heads: [Int64: OrderLocks.LockedOrder] = [:]
            let keys = Set(drafts.map(\.mail.order) + settled.map(\.order))
            for head in try OrderLocks.lock(keys.sorted(), in: tx) { heads[head.key] = head }
            let rows = drafts.map {
                (mail: $0.mail, messageID: $0.messageID, recipientHash: ContentDigest.of(Array($0.recipient.address.utf8)))
            }
            let recorded = try MailStore.record(rows, at: now, in: tx)
            var book = EventBook(role: .mailing, now: now)
            for draft in drafts where recorded.contains(draft.mail) {
                guard var head = heads[draft.mail.order] else { continue }
                head.eventSequence += 1
                heads[draft.mail.order] = head
                let event = Event.EmailSent(
                    channel: draft.context.order.channel,
                    orderID: draft.context.order.orderID,
                    template: draft.mail.template.name,
                    recipientHash: Event.EmailSent.hash(recipient: draft.recipient.address)
                )
                book.add(event, order: head.key, sequence: head.eventSequence, reference: draft.mail.template.name)
            }
            try OrderLocks.update(heads.values.sorted { $0.key < $1.key }, in: tx)
            let mailed = drafts.compactMap { draft in draft.settles.map { (order: draft.mail.order, upTo: $0) } }
            try DeliveryDelays.settle(settled + mailed, at: now, in: tx)
            try book.commit(in: tx, effects: &effects)
        }
    }
}
