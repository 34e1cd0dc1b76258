/// One mail, as a program thinks of it; ``MIMEComposer`` makes the bytes.
package struct MailMessage: Sendable {
    package var from: Mailbox
    /// All of them, or none: a mail that one recipient's server refuses is sent to nobody.
    package var to: [Mailbox]
    package var replyTo: Mailbox?
    /// Any text; control characters become spaces.
    package var subject: String
    /// The plain text; any line ends.
    package var text: String
    /// The same as HTML, shown instead where the reader's program can.
    package var html: String?
    package var attachments: [MailAttachment]
    /// `unique@domain`, without angle brackets. The same mail sent again should carry the same id: it is how a second copy is recognized.
    package var messageID: String
    /// More header fields in their order, such as `Auto-Submitted`; not those that the other properties make.
    package var headers: [(name: String, value: String)]
    /// When it was written: microseconds since 1970-01-01T00:00:00Z.
    package var date: Int64

    package init(
        from: Mailbox,
        to: [Mailbox],
        replyTo: Mailbox? = nil,
        subject: String,
        text: String,
        html: String? = nil,
        attachments: [MailAttachment] = [],
        messageID: String,
        headers: [(name: String, value: String)] = [],
        date: Int64
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.attachments = attachments
        self.messageID = messageID
        self.headers = headers
        self.date = date
    }
}
