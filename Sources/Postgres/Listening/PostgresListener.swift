internal import CPostgres
package import Logging
internal import PinnedExecutor

/// A session that only listens, on a thread of its own that sleeps until the server speaks.
///
/// NOTIFY is a hint that something may have happened, not a message: it is lost when nobody listens. Poll as well, less often.
package actor PostgresListener {
    /// What arrives, from the moment ``listen(_:channels:logger:)`` returned. Ends when the listener is closed, and throws a connection loss
    /// when the connection broke; then make another listener. Where nobody reads, the oldest are dropped.
    package nonisolated let notifications: AsyncThrowingStream<PostgresNotification, any Error>

    private nonisolated let executor: PinnedExecutor
    private let continuation: AsyncThrowingStream<PostgresNotification, any Error>.Continuation
    private let configuration: PostgresConfiguration
    private let logger: Logger
    private var connection: Connection?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Unread notifications that are kept.
    private static let buffered = 1024

    /// Connects and listens to `channels`.
    package static func listen(
        _ configuration: PostgresConfiguration,
        channels: [String],
        logger: Logger
    ) async throws(PostgresError) -> PostgresListener {
        let listener = PostgresListener(configuration, logger: logger)
        try await listener.start(channels)
        return listener
    }

    private init(_ configuration: PostgresConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        executor = PinnedExecutor(name: "postgres-listen")
        (notifications, continuation) = AsyncThrowingStream.makeStream(bufferingPolicy: .bufferingNewest(Self.buffered))
    }

    deinit {
        executor.stop()
        continuation.finish()
    }

    /// Ends the stream and closes the connection.
    package func close() { end(nil) }

    private func start(_ channels: [String]) throws(PostgresError) {
        do {
            let opened = try Connection.open(configuration)
            for channel in channels { try opened.enqueue("LISTEN \(quotedIdentifier(channel))", []) }
            _ = try opened.collect()
            connection = opened
            deliver(opened)
            // The interval only bounds how late a silent end of the connection is seen.
            executor.watch(PQsocket(opened.pointer), every: 1000) { [weak self] in
                self?.assumeIsolated { $0.receive() }
            }
        } catch {
            end(error)
            throw error
        }
    }

    private func receive() {
        guard let connection else { return }
        let isConnected = PQconsumeInput(connection.pointer) == 1
        deliver(connection)
        if isConnected && !connection.isBroken { return }
        logger.debug("listening connection to PostgreSQL lost", metadata: ["postgres.server": "\(configuration)"])
        end(.lost(connection.pointer))
    }

    private func deliver(_ connection: Connection) {
        while let pointer = PQnotifies(connection.pointer) {
            defer { PQfreemem(pointer) }
            let notification = PostgresNotification(
                channel: String(cString: pointer.pointee.relname),
                payload: String(cString: pointer.pointee.extra),
                processID: pointer.pointee.be_pid
            )
            continuation.yield(notification)
        }
    }

    private func end(_ error: PostgresError?) {
        executor.stop()
        connection = nil
        continuation.finish(throwing: error)
    }
}
