/// Makes the bytes of a mail: plain text and HTML as alternatives, files attached (RFC 5322, RFC 2045–2049).
///
/// The same message always gives the same bytes. Bodies are quoted-printable or base64, so every line is short ASCII and any
/// relay passes it on unchanged.
package enum MIMEComposer {
    /// - Throws: ``MailError`` with `invalidMessage` for an address, id, header field or content type that cannot be written
    ///   safely. Texts (subject, names, file names, bodies) never fail: what cannot stand in a header becomes a space or `_`.
    package static func compose(_ message: MailMessage) throws(MailError) -> ComposedMail {
        let from = try checked(message.from, "the sender's address")
        guard !message.to.isEmpty else { throw MailError(.invalidMessage("it has no recipient")) }
        var to: [(name: String?, address: EmailAddress)] = []
        for recipient in message.to { to.append(try checked(recipient, "a recipient's address")) }
        let id = try messageID(message.messageID)

        var fields = HeaderFields()
        fields.append("Date", [MailDate.text(message.date)])
        fields.append("From", mailboxes: [from])
        fields.append("To", mailboxes: to)
        var isInternational = from.address.isInternational || to.contains { $0.address.isInternational }
        if let replyTo = message.replyTo {
            let replyTo = try checked(replyTo, "the reply address")
            isInternational = isInternational || replyTo.address.isInternational
            fields.append("Reply-To", mailboxes: [replyTo])
        }
        fields.append("Subject", HeaderText.tokens(unstructured: message.subject))
        fields.append("Message-ID", ["<\(id)>"])
        for (name, value) in message.headers { fields.append(name, try extraField(name, value)) }
        fields.append("MIME-Version", ["1.0"])

        var bytes = fields.bytes
        try MIMEBody(message, boundarySeed: id).append(to: &bytes)
        return ComposedMail(
            bytes: bytes,
            sender: from.address.text,
            recipients: to.map(\.address.text),
            needsInternationalAddresses: isInternational
        )
    }

    private static func checked(_ mailbox: Mailbox, _ what: String) throws(MailError) -> (name: String?, address: EmailAddress) {
        guard let address = EmailAddress(mailbox.address) else { throw MailError(.invalidMessage("\(what) is none")) }
        return (mailbox.name, address)
    }

    private static func messageID(_ id: String) throws(MailError) -> String {
        let bare = id.hasPrefix("<") && id.hasSuffix(">") ? String(id.dropFirst().dropLast()) : id
        let parts = bare.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        let isSafe = bare.utf8.allSatisfy { ASCII.isVisible($0) && !"<>()\"\\,;:".utf8.contains($0) }
        guard isSafe, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), bare.utf8.count <= 250 else {
            throw MailError(.invalidMessage("its message id is none"))
        }
        return bare
    }

    private static let ownFields: Set<String> = [
        "date", "from", "sender", "to", "cc", "bcc", "reply-to", "subject", "message-id", "mime-version", "content-type",
        "content-transfer-encoding", "content-disposition",
    ]

    private static func extraField(_ name: String, _ value: String) throws(MailError) -> [String] {
        let isName = !name.isEmpty && name.utf8.count <= 60 && name.utf8.allSatisfy { ASCII.isVisible($0) && $0 != UInt8(ascii: ":") }
        guard isName, !ownFields.contains(name.lowercased()) else {
            throw MailError(.invalidMessage("a header field's name is not allowed"))
        }
        guard !value.unicodeScalars.contains(where: HeaderText.isBreaking) else {
            throw MailError(.invalidMessage("a header field's value has control characters"))
        }
        return HeaderText.tokens(unstructured: value)
    }
}
