import Foundation
import Mail
import Testing

/// TLS and log-in, with an authority that only the test knows.
@Suite(.timeLimit(.minutes(15))) struct EncryptionTests {
    /// A certificate for 127.0.0.1 and localhost that vouches for itself, and its key, in one file each.
    private static let certificate = Result {
        let folder = try Tool.temporaryFolder()
        let (certificate, key) = (folder.appending(path: "cert.pem").path, folder.appending(path: "key.pem").path)
        _ = try Tool.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
            "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ])
        return (certificate: certificate, key: key)
    }

    private func catcher(_ more: String...) throws -> (Catcher, authority: String) {
        let (certificate, key) = try Self.certificate.get()
        let options = ["--certificate", certificate, "--key", key] + more
        return (try Catcher(options), certificate)
    }

    private func failure(_ url: String) async throws -> MailError {
        let transport = try MailTransport.make(url: url)
        return try await #require(throws: MailError.self) { try await transport.send(sampleMail()) }
    }

    @Test func starttls_with_a_known_authority() async throws {
        let (catcher, authority) = try catcher("--require-tls")
        let transport = try MailTransport.make(url: "\(catcher.url)?tls=required&ca=\(authority)")
        for _ in 0..<3 { try await transport.send(sampleMail()) }
        #expect(try catcher.mails().map { $0.headers["x-catcher-connection"] } == ["1", "1", "1"])
    }

    @Test func starttls_when_offered_takes_any_certificate() async throws {
        let (catcher, _) = try catcher("--require-tls")
        try await MailTransport.make(url: catcher.url).send(sampleMail())
        #expect(try catcher.mails().count == 1)
    }

    @Test func an_unknown_authority_is_refused_where_tls_is_required() async throws {
        let (catcher, _) = try catcher()
        let error = try await failure("\(catcher.url)?tls=required")
        #expect(error.reason == .encryption && error.isTransient)
        #expect(try catcher.mails().isEmpty)
    }

    @Test func no_starttls_is_refused_where_tls_is_required() async throws {
        let catcher = try Catcher()
        #expect(try await failure("\(catcher.url)?tls=required").reason == .encryption)
    }

    @Test func tls_from_the_first_byte() async throws {
        let (catcher, authority) = try catcher("--implicit-tls")
        try await MailTransport.make(url: "smtps://localhost:\(catcher.port)?ca=\(authority)").send(sampleMail())
        #expect(try catcher.mails().count == 1)
        #expect(try await failure("smtps://localhost:\(catcher.port)").reason == .encryption)
    }

    @Test func the_right_password_is_taken_and_a_wrong_one_told() async throws {
        let (catcher, authority) = try catcher("--require-tls", "--auth", "shop:s%cret@1")
        let transport = try MailTransport.make(url: "smtp://shop:s%25cret%401@localhost:\(catcher.port)?tls=required&ca=\(authority)")
        for _ in 0..<2 { try await transport.send(sampleMail()) }
        #expect(try catcher.mails().count == 2)
        let wrong = try await failure("smtp://shop:wrong@localhost:\(catcher.port)?tls=required&ca=\(authority)")
        #expect(wrong.reason == .authentication && wrong.replyCode == 535 && wrong.isTransient)
        let missing = try await failure("smtp://localhost:\(catcher.port)")
        #expect(missing.reason == .authentication && missing.replyCode == 530)
    }
}
