/// Writes header fields, folding lines longer than 76 characters between tokens (RFC 5322 section 2.2.3).
struct HeaderFields {
    private static let longestLine = 76
    private(set) var bytes: [UInt8] = []

    /// Appends `name: tokens`. The tokens must hold no line end.
    mutating func append(_ name: String, _ tokens: [String]) {
        bytes.append(name)
        bytes.append(":")
        var column = name.utf8.count + 1
        for (index, token) in tokens.enumerated() {
            if index > 0, column + 1 + token.utf8.count > Self.longestLine {
                bytes.appendLineEnd()
                column = 0
            }
            bytes.append(ASCII.space)
            bytes.append(token)
            column += 1 + token.utf8.count
        }
        bytes.appendLineEnd()
    }

    /// Appends a field of mailboxes.
    mutating func append(_ name: String, mailboxes: [(name: String?, address: EmailAddress)]) {
        var tokens: [String] = []
        for (index, mailbox) in mailboxes.enumerated() {
            let comma = index + 1 < mailboxes.count ? "," : ""
            if let name = mailbox.name, !name.isEmpty {
                tokens += HeaderText.tokens(name: name)
                tokens.append("<\(mailbox.address.text)>\(comma)")
            } else {
                tokens.append("\(mailbox.address.text)\(comma)")
            }
        }
        append(name, tokens)
    }
}
