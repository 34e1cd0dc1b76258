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
/// for no more than ``mailsPerExchange``. Its Message-ID is the same both times.
package struct MailingHandler: RoleHandler {
    package let queue = WorkQueue.mailing.name
    package let limits = BatchLimits(messages: 100)
    /// Mails handed over before they are written down as sent: what a kill can double.
    static let mailsPerExchange = 20
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
        var wanted: [Wanted] = []
        var seen: Set<MailStore.Mail> = []
        var settled: [(order: Int64, upTo: Int32)] = []
        for (index, draft) in drafts.enumerated() {
            switch draft {
            case .none: break
            case .settled(let order, let sequence): settled.append((order, sequence))
            case .missing(let refusal): outcomes[index] = .retry(refusal)
            case .mail(let draft): if seen.insert(draft.mail).inserted { wanted.append(Wanted(index: index, draft: draft)) }
            }
        }
        let exchanges = stride(from: 0, to: wanted.count, by: Self.mailsPerExchange).map {
            Array(wanted[$0..<min($0 + Self.mailsPerExchange, wanted.count)])
        }
        guard let first = exchanges.first else {
            _ = try await record([], settled: settled, lane: lane)
            return outcomes
        }
        var letters = try await self.letters(first, lane: lane)
        for number in exchanges.indices {
            let following = number + 1 < exchanges.count ? exchanges[number + 1] : []
            // Written while these are handed over.
            async let next = self.letters(following, lane: lane)
            let results = letters.isEmpty ? [] : await mails.send(letters.map(\.message))
            var sent: [MailDraft] = []
            for (letter, error) in zip(letters, results) {
                if let error { outcomes[letter.index] = Self.outcome(of: error) } else { sent.append(letter.draft) }
            }
            // Another worker may have sent some meanwhile, when the broker gave it the same events.
            let known = try await record(sent, settled: number == 0 ? settled : [], before: following.map(\.draft.mail), lane: lane)
            let written = try await next
            // The server is away: whoever tried the others too would only make everybody wait.
            if !results.isEmpty, results.allSatisfy({ $0.map { !$0.isPermanent } ?? false }) {
                for letter in exchanges[(number + 1)...].joined() {
                    outcomes[letter.index] = Self.unavailable("the server took none before it")
                }
                break
            }
            letters = known.isEmpty ? written : written.filter { !known.contains($0.draft.mail) }
        }
        return outcomes
    }

    private struct Wanted: Sendable {
        var index: Int
        var draft: MailDraft
    }

    private struct Letter: Sendable {
        var index: Int
        var draft: MailDraft
        var message: MailMessage
    }

    /// Writes the mails, side by side: one takes some hundred microseconds, and an exchange would wait for twenty in a row.
    private func letters(_ wanted: [Wanted], lane: Lane) async throws -> [Letter] {
        try await withThrowingTaskGroup(of: (place: Int, letter: Letter).self) { group in
            for (place, item) in wanted.enumerated() {
                group.addTask { (place, Letter(index: item.index, draft: item.draft, message: try await message(item.draft, lane: lane))) }
            }
            var letters = [Letter?](repeating: nil, count: wanted.count)
            for try await written in group { letters[written.place] = written.letter }
            return letters.compactMap { $0 }
        }
    }

    private static func outcome(of error: MailError) -> Outcome {
        error.isPermanent
            ? .refuse(MessageRefusal(.mailRefused, "The mail server refused the mail: \(error)."))
            : unavailable("\(error)")
    }

    private static func unavailable(_ reason: String) -> Outcome {
        .retry(MessageRefusal(.mailUnavailable, "The mail could not be handed over: \(reason)."))
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
    ///
    /// - Parameter next: mails that are to go out next.
    /// - Returns: those of `next` that went out already.
    private func record(
        _ drafts: [MailDraft],
        settled: [(order: Int64, upTo: Int32)],
        before next: [MailStore.Mail] = [],
        lane: Lane
    ) async throws -> Set<MailStore.Mail> {
        guard !drafts.isEmpty || !settled.isEmpty || !next.isEmpty else { return [] }
        let now = SystemClock.now()
        let rows = drafts.map {
            (mail: $0.mail, messageID: $0.messageID, recipientHash: ContentDigest.of(Array($0.recipient.address.utf8)))
        }
        return try await lane.commit { tx, effects in
            let (locked, recorded, known) = try tx.ask(
                OrderLocks.lock(Set(drafts.map(\.mail.order) + settled.map(\.order)).sorted()),
                MailStore.record(rows, at: now),
                MailStore.sent(among: next)
            )
            var heads = Dictionary(locked.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
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
            return known
        }
    }
}
