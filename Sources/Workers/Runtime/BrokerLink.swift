package import Logging
package import RabbitMQ

/// The process's publishing connection: made anew, with back-off, whenever it is lost.
///
/// No recovery in place: a lost session ends with everything it owed; the outbox sends that again.
package actor BrokerLink {
    private let configuration: BrokerConfiguration
    private let logger: Logger
    private var current: Publisher?
    private var connecting: Task<Publisher, any Error>?
    private let onConnect: @Sendable (Publisher) async throws -> Void

    /// - Parameter onConnect: declares the topology on each new session.
    package init(
        _ configuration: BrokerConfiguration,
        logger: Logger,
        onConnect: @escaping @Sendable (Publisher) async throws -> Void
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onConnect = onConnect
    }

    /// The living session, or a new one. Callers that come while one is being made wait for the same.
    package func publisher() async throws -> Publisher {
        if let current, current.isAlive { return current }
        if let connecting { return try await connecting.value }
        let attempt = Task { [configuration, logger, onConnect] in
            let publisher = try await Publisher.connect(configuration, logger: logger)
            try await onConnect(publisher)
            return publisher
        }
        connecting = attempt
        defer { connecting = nil }
        let publisher = try await attempt.value
        current = publisher
        return publisher
    }

    package var isConnected: Bool { current?.isAlive ?? false }

    package func close() async {
        await current?.close()
        current = nil
    }
}
