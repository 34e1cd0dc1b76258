internal import PinnedExecutor

/// Hands mails over to an SMTP server, one after the other, over one connection that is opened when needed and kept.
///
/// libcurl blocks, so the connection lives on a thread of its own; callers only wait. For servers that are far away,
/// ``MailPool`` keeps several.
package actor MailTransport {
    /// Bounds on waiting, each counted from its own beginning.
    package struct Options: Sendable, Hashable {
        /// For the connection, TLS and log-in together.
        package var connectTimeout: Duration = .seconds(10)
        /// For one reply of the server, in whole seconds.
        package var responseTimeout: Duration = .seconds(20)
        /// For one mail, from the first word to the last reply.
        package var totalTimeout: Duration = .seconds(60)
        /// A connection idle for longer is not used again: servers close theirs after a while, often after 5 minutes.
        package var idleTimeout: Duration = .seconds(60)

        package init() {}
    }

    private let executor: PinnedExecutor
    private let server: MailServer
    private let options: Options
    private var session: SMTPSession?
    private var isClosed = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(_ server: MailServer, _ options: Options) {
        self.server = server
        self.options = options
        executor = PinnedExecutor(name: "mail")
    }

    deinit { executor.stop() }

    /// Reads the URL; does not connect yet.
    ///
    /// - Parameter url: `smtp://user:password@host:port/name?tls=required&ca=FILE` or `smtps://…`; see ``MailServer``.
    /// - Throws: ``MailError`` with `invalidConfiguration`.
    package static func make(url: String, options: Options = Options()) throws(MailError) -> MailTransport {
        MailTransport(try MailServer(url: url), options)
    }

    /// Composes the mail where the caller runs, hands it over, and returns once the server has taken it.
    ///
    /// A mail that began is finished: cancelling the task does not cut it short, the time-outs bound it.
    package nonisolated func send(_ message: MailMessage) async throws(MailError) {
        try await deliver(try MIMEComposer.compose(message))
    }

    /// Hands over a mail that is composed already.
    package func deliver(_ mail: ComposedMail) throws(MailError) {
        guard !isClosed else { throw MailError(.closed) }
        var outcome = try attempt(mail)
        if outcome.isWorthNewConnection { outcome = try attempt(mail) }
        if let error = outcome.error { throw error }
    }

    /// Says good-bye to the server and ends the thread; a mail under way is finished first. Later sends throw `closed`.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        session = nil
        executor.stop()
    }

    private func attempt(_ mail: ComposedMail) throws(MailError) -> SMTPOutcome {
        let session = if let session { session } else { try SMTPSession(server, options) }
        let outcome = session.send(mail)
        self.session = outcome.error == nil ? session : nil
        return outcome
    }
}
