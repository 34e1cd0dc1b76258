import Foundation
import Mail
import Testing

/// Against a real SMTP server: the stack's, or a catcher of the test's own where it needs options or counts connections.
@Suite(.timeLimit(.minutes(15))) struct TransportTests {
    private func failure(_ transport: MailTransport, _ mail: MailMessage) async throws -> MailError {
        try await #require(throws: MailError.self) { try await transport.send(mail) }
    }

    @Test func a_mail_arrives_as_it_was_meant() async throws {
        let (url, spool) = try MailStack.server()
        let transport = try MailTransport.make(url: url)
        var message = sampleMail()
        message.to.append(Mailbox(name: "Çelik", address: "second@example.com"))
        message.subject = "🙂 שלום"
        message.text = ".\n..\n.dot at the start\n\nend."
        message.html = "<p>.</p>\n.\n"
        message.attachments = [MailAttachment(filename: "é.bin", contentType: "application/octet-stream", bytes: Array(0...255))]
        try await transport.send(message)
        await transport.close()
        let raw = try CaughtMail.raw(messageID: message.messageID, in: spool)
        #expect(raw.count == 1)
        let sent = try MIMEComposer.compose(message).bytes
        #expect(raw.first?.suffix(sent.count) == Data(sent), "not one byte is changed on the way")
        let mail = try CaughtMail.parse(try #require(raw.first))
        #expect(mail.recipients == ["<ada@example.com>", "<second@example.com>"])
        #expect(mail.headers["return-path"] == "<shop@example.com>")
        #expect(mail.headers["subject"] == "🙂 שלום")
        #expect(mail.parts[0].text == message.text + "\n")
        #expect(mail.parts[2].base64.flatMap { Data(base64Encoded: $0) } == Data(0...255))
    }

    @Test func one_connection_serves_all_mails() async throws {
        let catcher = try Catcher()
        let transport = try MailTransport.make(url: catcher.url)
        for _ in 0..<20 { try await transport.send(sampleMail()) }
        let connections = Set(try catcher.mails().map { $0.headers["x-catcher-connection"] })
        #expect(connections == ["1"])
    }

    @Test func a_pool_uses_its_connections_and_tells_each_outcome() async throws {
        let catcher = try Catcher()
        let pool = try MailPool(url: catcher.url, connections: 3)
        let mails = (0..<60).map { sampleMail(to: $0 % 7 == 3 ? "refuse-permanent@example.com" : "ada\($0)@example.com") }
        let outcomes = await pool.send(mails)
        for (index, outcome) in outcomes.enumerated() { #expect((outcome?.isPermanent ?? false) == (index % 7 == 3)) }
        #expect(try catcher.mails().count == outcomes.count { $0 == nil })
        #expect(await pool.send([]).isEmpty)
        await pool.close()
    }

    @Test(arguments: [
        ("refuse-permanent", true, 550, MailError.Reason.refused(.recipient(1))), ("refuse-transient", false, 451, .refused(.recipient(1))),
        ("refuse-data-permanent", true, 554, .refused(.content)), ("refuse-data-transient", false, 452, .refused(.content)),
    ]) func refusals_are_told_apart(_ name: String, _ isPermanent: Bool, _ code: Int, _ reason: MailError.Reason) async throws {
        let (url, spool) = try MailStack.server()
        let transport = try MailTransport.make(url: url)
        var message = sampleMail()
        message.to.append(Mailbox(address: "\(name)+secret.person@example.com"))
        let error = try await failure(transport, message)
        #expect(error.reason == reason)
        #expect(error.replyCode == code)
        #expect(error.enhancedStatus?.hasPrefix(isPermanent ? "5." : "4.") == true)
        #expect(error.isPermanent == isPermanent && error.isTransient == !isPermanent && error.isRetriable == !isPermanent)
        #expect(!error.isPossiblyDelivered)
        #expect(!error.description.contains("secret"))
        #expect(try CaughtMail.raw(messageID: message.messageID, in: spool).isEmpty)
        let next = sampleMail()
        try await transport.send(next)
        #expect(try CaughtMail.raw(messageID: next.messageID, in: spool).count == 1, "a refusal harms no later mail")
    }

    @Test func what_was_refused_once_is_taken_later() async throws {
        let (url, _) = try MailStack.server()
        let transport = try MailTransport.make(url: url)
        let message = sampleMail(to: "refuse-once+\(UUID().uuidString)@example.com")
        #expect(try await failure(transport, message).isTransient)
        try await transport.send(message)
    }

    @Test(arguments: ["hang", "hang-data"]) func silence_is_a_time_out(_ name: String) async throws {
        let (url, spool) = try MailStack.server()
        var options = MailTransport.Options()
        options.totalTimeout = .seconds(2)
        let transport = try MailTransport.make(url: url, options: options)
        let error = try await failure(transport, sampleMail(to: "\(name)@example.com"))
        #expect(error.reason == .timedOut && error.isTransient)
        #expect(error.isPossiblyDelivered == (name == "hang-data"))
        let next = sampleMail()
        try await transport.send(next)
        #expect(
            try CaughtMail.raw(messageID: next.messageID, in: spool).count == 1,
            "the next mail does not wait for the last one's answer"
        )
        // libcurl itself would wait two minutes for the answer to its good-bye.
        let start = ContinuousClock.now
        await transport.close()
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func a_server_without_a_greeting_is_a_time_out() async throws {
        let catcher = try Catcher("--silent")
        var options = MailTransport.Options()
        options.connectTimeout = .milliseconds(300)
        let error = try await failure(try MailTransport.make(url: catcher.url, options: options), sampleMail())
        #expect(error.reason == .timedOut && error.isTransient && !error.isPossiblyDelivered)
    }

    @Test(arguments: ["drop", "drop-data"]) func a_broken_connection_is_transient(_ name: String) async throws {
        let (url, _) = try MailStack.server()
        let transport = try MailTransport.make(url: url)
        let error = try await failure(transport, sampleMail(to: "\(name)@example.com"))
        #expect(error.reason == .disconnected && error.isTransient)
        #expect(error.isPossiblyDelivered == (name == "drop-data"))
    }

    @Test func nobody_there_is_transient() async throws {
        let error = try await failure(try MailTransport.make(url: "smtp://127.0.0.1:1"), sampleMail())
        #expect(error.reason == .unavailable && error.isTransient)
        let unknown = try await failure(try MailTransport.make(url: "smtp://mail.invalid"), sampleMail())
        #expect(unknown.reason == .unavailable && unknown.isTransient)
    }

    @Test func a_connection_that_died_while_idle_is_replaced() async throws {
        var first: Catcher? = try Catcher()
        let port = try #require(first?.port)
        let transport = try MailTransport.make(url: "smtp://127.0.0.1:\(port)")
        try await transport.send(sampleMail())
        first?.stop()
        first = nil
        let second = try Catcher("--port", "\(port)")
        try await transport.send(sampleMail())
        #expect(try second.mails().count == 1)
    }

    @Test func a_closed_transport_says_so() async throws {
        let (url, _) = try MailStack.server()
        let transport = try MailTransport.make(url: url)
        try await transport.send(sampleMail())
        await transport.close()
        await transport.close()
        #expect(try await failure(transport, sampleMail()).reason == .closed)
    }

    @Test func international_addresses_travel_where_the_server_takes_them() async throws {
        let message = sampleMail(to: "käse@münchen.de")
        let catcher = try Catcher()
        let transport = try MailTransport.make(url: catcher.url)
        for _ in 0..<2 { try await transport.send(message) }
        #expect(try catcher.mails().map(\.recipients) == [["<käse@xn--mnchen-3ya.de>"], ["<käse@xn--mnchen-3ya.de>"]])
        let old = try Catcher("--no-smtputf8")
        let error = try await failure(try MailTransport.make(url: old.url), message)
        #expect(error.reason == .internationalAddressNotSupported && error.isPermanent)
        #expect(try old.mails().isEmpty)
    }

    @Test func a_mail_over_the_servers_limit_is_refused_for_good() async throws {
        let catcher = try Catcher("--max-size", "2000")
        var message = sampleMail()
        message.text = String(repeating: "long ", count: 2000)
        let error = try await failure(try MailTransport.make(url: catcher.url), message)
        #expect(error.isPermanent && error.replyCode == 552)
    }
}
