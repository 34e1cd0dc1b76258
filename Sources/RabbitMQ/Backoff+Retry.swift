package import Logging

extension Backoff {
    /// Calls `attempt` until it succeeds, waiting between failures that are worth another try.
    ///
    /// This is how a worker gets a new session after its connection was lost: connect, declare the topology, subscribe, all in
    /// `attempt`. Start each time with a new back-off, or ``reset()`` one that is kept.
    ///
    /// - Parameter what: what is attempted, for the log.
    /// - Throws: a ``BrokerError`` that is not retriable, at once; `CancellationError` when the task is cancelled.
    package mutating func retry<Value>(
        _ what: String,
        logger: Logger,
        _ attempt: () async throws(BrokerError) -> Value
    ) async throws -> Value {
        while true {
            try Task.checkCancellation()
            do throws(BrokerError) {
                return try await attempt()
            } catch {
                guard error.isRetriable else { throw error }
                let wait = next()
                logger.warning("\(what) failed, trying again", metadata: ["error": "\(error)", "wait": "\(wait)"])
                try await Task.sleep(for: wait)
            }
        }
    }
}
