/// The body of a mail, with the header fields that describe it.
struct MIMEBody {
    private let message: MailMessage
    private let boundarySeed: String

    init(_ message: MailMessage, boundarySeed: String) {
        self.message = message
        self.boundarySeed = boundarySeed
    }

    func append(to bytes: inout [UInt8]) throws(MailError) {
        guard !message.attachments.isEmpty else { return appendTexts(to: &bytes) }
        let boundary = boundary("mixed")
        appendMultipart("mixed", boundary, to: &bytes)
        appendDelimiter(boundary, to: &bytes)
        appendTexts(to: &bytes)
        for attachment in message.attachments {
            appendDelimiter(boundary, to: &bytes)
            try append(attachment, to: &bytes)
        }
        appendClosing(boundary, to: &bytes)
    }

    private func appendTexts(to bytes: inout [UInt8]) {
        guard let html = message.html else { return appendText(message.text, "plain", to: &bytes) }
        let boundary = boundary("alternative")
        appendMultipart("alternative", boundary, to: &bytes)
        appendDelimiter(boundary, to: &bytes)
        appendText(message.text, "plain", to: &bytes)
        appendDelimiter(boundary, to: &bytes)
        appendText(html, "html", to: &bytes)
        appendClosing(boundary, to: &bytes)
    }

    private func appendText(_ text: String, _ subtype: String, to bytes: inout [UInt8]) {
        let content = Self.withNetworkLineEnds(text)
        let escaped = content.reduce(0) { $0 + ($1 >= 0x80 || $1 == ASCII.equals ? 1 : 0) }
        // An escaped byte costs three characters in quoted-printable, any byte costs four thirds in base64.
        let isQuotedShorter = escaped * 6 <= content.count
        bytes.append("Content-Type: text/\(subtype); charset=utf-8\r\n")
        bytes.append("Content-Transfer-Encoding: \(isQuotedShorter ? "quoted-printable" : "base64")\r\n\r\n")
        if isQuotedShorter {
            QuotedPrintable.append(content, to: &bytes)
        } else {
            Base64.appendLines(of: content, to: &bytes)
        }
    }

    private func append(_ attachment: MailAttachment, to bytes: inout [UInt8]) throws(MailError) {
        let type = attachment.contentType
        let names = type.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
        let isType =
            type.utf8.count <= 200 && type.utf8.allSatisfy { $0 == ASCII.space || ASCII.isVisible($0) } && names.count == 2
            && names.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "!#$&-^_.+".utf8.contains($0) } }
        guard isType else { throw MailError(.invalidMessage("the content type of an attachment is none")) }
        var fields = HeaderFields()
        fields.append("Content-Type", type.split(separator: " ").map(String.init))
        fields.append("Content-Disposition", ["attachment;"] + FileNameParameter.tokens(for: attachment.filename))
        fields.append("Content-Transfer-Encoding", ["base64"])
        bytes.append(contentsOf: fields.bytes)
        bytes.appendLineEnd()
        Base64.appendLines(of: attachment.bytes, to: &bytes)
    }

    private func appendMultipart(_ subtype: String, _ boundary: String, to bytes: inout [UInt8]) {
        bytes.append("Content-Type: multipart/\(subtype);\r\n boundary=\"\(boundary)\"\r\n")
    }

    private func appendDelimiter(_ boundary: String, to bytes: inout [UInt8]) { bytes.append("\r\n--\(boundary)\r\n") }

    private func appendClosing(_ boundary: String, to bytes: inout [UInt8]) { bytes.append("\r\n--\(boundary)--\r\n") }

    /// No line of quoted-printable or base64 can hold `=_`, so no content can end its part early (RFC 2045 section 6.7).
    private func boundary(_ kind: String) -> String {
        let hash = boundarySeed.utf8.reduce(0xCBF2_9CE4_8422_2325) { (hash: UInt64, byte) in (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "=_\(kind)_\(String(hash, radix: 16))"
    }

    /// CRLF for every CR, LF and CRLF, and at the end.
    private static func withNetworkLineEnds(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count + 64)
        var wasReturn = false
        for byte in text.utf8 {
            defer { wasReturn = byte == ASCII.carriageReturn }
            switch byte {
            case ASCII.carriageReturn: output.appendLineEnd()
            case ASCII.lineFeed: if !wasReturn { output.appendLineEnd() }
            default: output.append(byte)
            }
        }
        if output.last != ASCII.lineFeed { output.appendLineEnd() }
        return output
    }
}
