import Testing

@testable import Mail

@Suite struct MailServerTests {
    @Test func urls_are_read() throws {
        let plain = try MailServer(url: "smtp://mail.example.com")
        #expect(plain.port == 25 && plain.user == nil && plain.encryption == .opportunistic)
        let full = try MailServer(url: "smtp://us%40er:p%3Ass@mail.example.com:587/shop.example.com?tls=opportunistic&ca=/etc/ca.pem")
        #expect(full.user == "us@er" && full.password == "p:ss" && full.port == 587 && full.greetingName == "shop.example.com")
        #expect(full.encryption == .opportunistic && full.authorities == "/etc/ca.pem")
        let implicit = try MailServer(url: "SMTPS://[::1]")
        #expect(implicit.port == 465 && implicit.encryption == .implicit && implicit.host == "[::1]")
        #expect(try MailServer(url: "smtp://a:b@c@127.0.0.1:1").password == "b@c")
    }

    @Test func a_password_does_not_leave_the_machine_in_the_clear_by_default() throws {
        #expect(try MailServer(url: "smtp://u:p@mail.example.com").encryption == .required)
        #expect(try MailServer(url: "smtp://u:p@127.0.0.1").encryption == .opportunistic)
    }

    @Test(arguments: [
        "", "http://x", "smtp://", "smtp://x:0", "smtp://x:99999", "smtp://x:y", "smtp://u%zz@x", "smtp://u%00@x", "smtp://x?tls=maybe",
        "smtp://x?foo=1", "smtps://x?tls=off", "smtp://::1", "smtp://x/a\r\nb", "smtp://u%0d%0a@x", "smtp://x y",
    ]) func wrong_urls_are_refused(_ url: String) throws {
        let error = try #require(throws: MailError.self) { try MailTransport.make(url: url) }
        guard case .invalidConfiguration = error.reason else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func secrets_are_not_described() throws {
        let server = try MailServer(url: "smtp://user:secret@127.0.0.1:2525")
        var dumped = ""
        dump(server, to: &dumped)
        for text in ["\(server)", String(reflecting: server), dumped, server.urlForCurl] {
            #expect(!text.contains("secret") && !text.contains("user"))
        }
        let error = try #require(throws: MailError.self) { try MailServer(url: "smtp://user:secret@127.0.0.1:wrong") }
        #expect(!error.description.contains("secret"))
    }
}
