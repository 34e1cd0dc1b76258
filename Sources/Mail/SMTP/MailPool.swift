internal import Synchronization

/// Several connections to one SMTP server: with a server 20 ms away, one connection takes about ten mails a second.
package final class MailPool: Sendable {
    private let transports: [MailTransport]

    /// Whose mail is next.
    private final class Turn: Sendable {
        private let index = Atomic(0)
        func next() -> Int { index.wrappingAdd(1, ordering: .relaxed).oldValue }
    }

    /// Reads the URL; does not connect yet. A connection is opened when its first mail comes.
    ///
    /// - Parameters:
    ///   - url: as for ``MailTransport/make(url:options:)``.
    ///   - connections: at least 1; each has a thread of its own.
    /// - Throws: ``MailError`` with `invalidConfiguration`.
    package init(url: String, connections: Int, options: MailTransport.Options = .init()) throws(MailError) {
        var transports: [MailTransport] = []
        for _ in 0..<max(1, connections) { transports.append(try MailTransport.make(url: url, options: options)) }
        self.transports = transports
    }

    /// Sends all mails, each over the connection that is free first.
    ///
    /// - Returns: for each mail, in their order, `nil` where the server took it, else why not. One refusal harms no other mail.
    package func send(_ messages: [MailMessage]) async -> [MailError?] {
        let turn = Turn()
        return await withTaskGroup(of: [(Int, MailError?)].self) { group in
            for transport in transports.prefix(messages.count) {
                group.addTask {
                    var outcomes: [(Int, MailError?)] = []
                    while case let index = turn.next(), index < messages.count {
                        outcomes.append((index, await Self.outcome(of: messages[index], over: transport)))
                    }
                    return outcomes
                }
            }
            var outcomes = [MailError?](repeating: nil, count: messages.count)
            for await part in group { for (index, outcome) in part { outcomes[index] = outcome } }
            return outcomes
        }
    }

    /// Finishes what is under way and closes every connection.
    package func close() async { for transport in transports { await transport.close() } }

    private static func outcome(of message: MailMessage, over transport: MailTransport) async -> MailError? {
        do throws(MailError) {
            try await transport.send(message)
            return nil
        } catch { return error }
    }
}
