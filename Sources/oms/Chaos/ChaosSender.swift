internal import Messages
internal import RabbitMQ
internal import Simulation

/// Sends messages as a careful integrator does: each until the broker has confirmed it, over as many connections as that takes.
actor ChaosSender {
    private static let batch = 300

    private let configuration: BrokerConfiguration
    private var publisher: Publisher?
    private var pending: [OutgoingMessage] = []
    private(set) var confirmed = 0
    private var isClosing = false

    init(_ configuration: BrokerConfiguration) { self.configuration = configuration }

    func send(_ messages: [ScriptMessage]) {
        pending += messages.map { BenchStage.message($0.type, $0.body) }
    }

    /// Works until ``finish()`` was called and everything is confirmed, or its task is cancelled.
    func work() async {
        var backoff = Backoff()
        while !Task.isCancelled, !isClosing || !pending.isEmpty {
            guard !pending.isEmpty else {
                try? await Task.sleep(for: .milliseconds(10))
                continue
            }
            do {
                let publisher = try await connected()
                let messages = Array(pending.prefix(Self.batch))
                let outcomes = try await publisher.publish(messages)
                // In the order they came; what was not taken goes to the end of the line.
                let refused = zip(messages, outcomes).filter { $0.1 != .confirmed }.map(\.0)
                pending.removeFirst(messages.count)
                pending += refused
                confirmed += messages.count - refused.count
                if refused.isEmpty { backoff = Backoff() } else { try? await Task.sleep(for: backoff.next()) }
            } catch {
                await publisher?.close()
                publisher = nil
                try? await Task.sleep(for: backoff.next())
            }
        }
        await publisher?.close()
    }

    /// Those that the broker has not confirmed yet.
    var unconfirmed: Int { pending.count }

    func finish() { isClosing = true }

    private func connected() async throws -> Publisher {
        if let publisher, publisher.isAlive { return publisher }
        let new = try await Publisher.connect(configuration, logger: Logging.quiet)
        publisher = new
        return new
    }
}
