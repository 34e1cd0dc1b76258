import Foundation
import Mail
import Testing

/// What the composer writes, another parser reads as it was meant.
@Suite(.timeLimit(.minutes(15))) struct MIMETests {
    private func parsed(_ message: MailMessage) throws -> CaughtMail {
        let mail = try CaughtMail.parse(Data(try MIMEComposer.compose(message).bytes))
        #expect(mail.defects.isEmpty)
        #expect(mail.isASCII)
        #expect(mail.longestLine <= 998)
        return mail
    }

    @Test(arguments: nastyTexts) func subject_and_names_come_back(_ text: String) throws {
        var message = sampleMail()
        message.subject = text
        message.from.name = text
        message.to = [Mailbox(name: text, address: "a@example.com"), Mailbox(address: "b@example.com")]
        let mail = try parsed(message)
        #expect(mail.headers["subject"] == text)
        #expect(mail.senderName == text)
        #expect(mail.headers["to"]?.hasSuffix(", b@example.com") == true)
    }

    @Test(arguments: nastyTexts) func bodies_come_back(_ text: String) throws {
        var message = sampleMail()
        let body = text + "\n.dot\n..\n\n From here\r\nwindows\rold mac \t\n--=_mixed\n" + text + "\n"
        message.text = body
        message.html = "<p>\(body)</p>"
        let mail = try parsed(message)
        let expected = body.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        #expect(mail.parts.map(\.type) == ["text/plain", "text/html"])
        #expect(mail.parts[0].text == expected)
        #expect(mail.parts[1].text == "<p>\(expected)</p>\n")
        #expect(mail.longestLine <= 200 || text.utf8.count > 500)
    }

    @Test(arguments: [
        "Rechnung R00000042.pdf", "Rechnung für Ödön.pdf", "請求書 2026年11月 とても長い名前のファイルですので分けて書かれます.pdf", "a\"b;c.pdf", "🧾.pdf",
    ])
    func attachments_come_back(_ name: String) throws {
        var message = sampleMail()
        let bytes = (0..<30_011).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 5) }
        message.html = "<p>Hello</p>"
        message.attachments = [
            MailAttachment(filename: name, contentType: "application/pdf", bytes: bytes),
            MailAttachment(filename: "empty.xml", contentType: "application/xml; charset=utf-8", bytes: []),
        ]
        let mail = try parsed(message)
        #expect(mail.parts.map(\.type) == ["text/plain", "text/html", "application/pdf", "application/xml"])
        #expect(mail.parts[2].filename == name)
        #expect(mail.parts[2].base64.flatMap { Data(base64Encoded: $0) } == Data(bytes))
        #expect(mail.parts[3].base64 == "")
    }

    @Test func file_names_lead_nowhere() throws {
        var message = sampleMail()
        message.attachments = [
            MailAttachment(filename: "../../etc/\u{202E}fdp\r\nX-Evil: 1.exe", contentType: "application/pdf", bytes: [1])
        ]
        let mail = try parsed(message)
        #expect(mail.parts[1].filename == ".._.._etc__fdp__X-Evil: 1.exe")
        #expect(mail.headers["x-evil"] == nil)
    }

    @Test func line_ends_in_texts_start_no_header() throws {
        var message = sampleMail()
        message.subject = "Hello\r\nBcc: spy@example.com\r\n\r\nbody"
        message.to[0].name = "Ada\nBcc: spy@example.com"
        message.from.name = "Shop\u{0}\u{2028}\u{85}x"
        let mail = try parsed(message)
        #expect(mail.headers["bcc"] == nil)
        #expect(mail.headers["subject"] == "Hello  Bcc: spy@example.com    body")
        #expect(mail.parts.count == 1)
    }

    @Test(arguments: [
        "ada@example.com\r\nRCPT TO:<spy@example.com>", "ada@example.com>, <spy@example.com", "", "ada", "@example.com", "ada@",
        "ada@-x.de",
        "a b@example.com", "ada@exa mple.com", "ada@example..com", "ada..b@example.com", "<ada@example.com>", "\"a\r\nb\"@example.com",
        "ada@[127.0.0.1> SIZE=1]", "ada@" + String(repeating: "x", count: 64) + ".de", String(repeating: "x", count: 65) + "@example.com",
        "ada@münchen\u{202E}.de",
    ]) func what_is_no_address_is_refused(_ address: String) throws {
        var message = sampleMail()
        message.to = [Mailbox(address: address)]
        let error = try #require(throws: MailError.self) { try MIMEComposer.compose(message) }
        #expect(error.isPermanent)
        #expect(address.isEmpty || !error.description.contains(address))
    }

    @Test(arguments: [("X-Evil\r\nBcc", "x"), ("X-A", "x\r\nBcc: spy@example.com"), ("Bcc", "spy@example.com"), ("", "x"), ("X:Y", "x")])
    func unsafe_header_fields_are_refused(_ name: String, _ value: String) {
        var message = sampleMail()
        message.headers = [(name, value)]
        #expect(throws: MailError.self) { try MIMEComposer.compose(message) }
    }

    @Test func unsafe_ids_and_content_types_are_refused() {
        for id in ["", "no-at", "a@b@c", "a b@c", "a@b\r\nBcc: x", "<a@b", "a@ö"] {
            var message = sampleMail()
            message.messageID = id
            #expect(throws: MailError.self) { try MIMEComposer.compose(message) }
        }
        for type in ["", "pdf", "a/b\r\nX: y", "a/b/c", "/", "a b/c"] {
            var message = sampleMail()
            message.attachments = [MailAttachment(filename: "x", contentType: type, bytes: [])]
            #expect(throws: MailError.self) { try MIMEComposer.compose(message) }
        }
        var nobody = sampleMail()
        nobody.to = []
        #expect(throws: MailError.self) { try MIMEComposer.compose(nobody) }
    }

    @Test(arguments: [
        ("ada@münchen.de", "ada@xn--mnchen-3ya.de"), ("ada@MÜNCHEN.de", "ada@xn--mnchen-3ya.de"),
        ("ada@mu\u{308}nchen.de", "ada@xn--mnchen-3ya.de"),
        ("a@例え。テスト", "a@xn--r8jz45g.xn--zckzah"), ("a@bücher.example", "a@xn--bcher-kva.example"), ("a@Example.COM", "a@example.com"),
        ("a@правительство.рф", "a@xn--80aealotwbjpid2k.xn--p1ai"), ("\"john doe\"@example.com", "\"john doe\"@example.com"),
        ("o'brien+tag@example.com", "o'brien+tag@example.com"), ("a@[127.0.0.1]", "a@[127.0.0.1]"),
    ]) func domains_are_written_in_ascii(_ address: String, _ expected: String) throws {
        var message = sampleMail()
        message.to = [Mailbox(address: address)]
        let composed = try MIMEComposer.compose(message)
        #expect(composed.recipients == [expected])
        #expect(!composed.needsInternationalAddresses)
    }

    @Test func dates_and_extra_fields_are_written() throws {
        var message = sampleMail()
        message.headers = [("Auto-Submitted", "auto-generated"), ("X-Note", "für Ödön")]
        message.replyTo = Mailbox(name: "Service", address: "service@example.com")
        let mail = try parsed(message)
        #expect(mail.headers["date"] == "Sun, 22 Nov 2026 10:15:00 +0000")
        #expect(mail.headers["auto-submitted"] == "auto-generated")
        #expect(mail.headers["x-note"] == "für Ödön")
        #expect(mail.headers["reply-to"] == "Service <service@example.com>")
        for (date, expected) in [
            (0, "Thu, 01 Jan 1970 00:00:00 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
            (951_782_400_000_000, "Tue, 29 Feb 2000 00:00:00 +0000"),
        ] {
            message.date = Int64(date)
            #expect(try parsed(message).headers["date"] == expected)
        }
    }

    @Test func the_same_message_gives_the_same_bytes() throws {
        var message = sampleMail()
        message.html = "<p>x</p>"
        #expect(try MIMEComposer.compose(message).bytes == MIMEComposer.compose(message).bytes)
    }
}
