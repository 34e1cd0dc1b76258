package import Logging
internal import Synchronization

/// Sessions shared by many tasks; each is lent to one at a time, to those who wait in the order they came.
///
/// Sessions are made as they are needed, up to the pool's size. One whose connection broke opens another at its next call.
package final class PostgresPool: Sendable {
    private let state: Mutex<LeaseQueue>
    private let configuration: PostgresConfiguration
    private let logger: Logger

    /// How many sessions are free, lent, and how many callers wait.
    package struct Usage: Sendable, Hashable {
        package var free: Int
        package var leased: Int
        package var waiting: Int

        package init(free: Int, leased: Int, waiting: Int) {
            self.free = free
            self.leased = leased
            self.waiting = waiting
        }
    }

    /// Does not connect yet.
    ///
    /// - Parameter size: connections at most. [measured: 8 sessions on 2 cores write as much as 16]
    package init(_ configuration: PostgresConfiguration, size: Int = 8, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        state = Mutex(LeaseQueue(size: max(1, size)))
    }

    /// Runs `body` in a transaction on a session of the pool; see ``PostgresSession/write(isolation:attempts:_:)``.
    ///
    /// - Throws: `CancellationError` when the task is cancelled while it waits for a session.
    @discardableResult
    package func write<Result: Sendable>(
        isolation: Isolation = .readCommitted,
        attempts: Int = 5,
        _ body: @Sendable (borrowing Transaction) throws -> Result
    ) async throws -> Result {
        let session = try await lease()
        defer { release(session) }
        return try await session.write(isolation: isolation, attempts: attempts, body)
    }

    /// Runs `body` in a read-only transaction; see ``PostgresSession/read(isolation:attempts:_:)``.
    @discardableResult
    package func read<Result: Sendable>(
        isolation: Isolation = .repeatableRead,
        attempts: Int = 5,
        _ body: @Sendable (borrowing Transaction) throws -> Result
    ) async throws -> Result {
        let session = try await lease()
        defer { release(session) }
        return try await session.read(isolation: isolation, attempts: attempts, body)
    }

    /// Whether a server answers.
    package func check() async throws {
        let session = try await lease()
        defer { release(session) }
        try await session.check()
    }

    /// For gauges.
    package var usage: Usage { state.withLock { Usage(free: $0.free.count, leased: $0.leased, waiting: $0.waiters.count) } }

    /// Turns away who waits and who comes later, waits for the sessions that are lent, and closes all.
    package func close() async {
        for waiter in state.withLock({ $0.close() }) { waiter.continuation.resume(throwing: Self.closed) }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { $0.isIdle(orTell: continuation) }
            if isIdle { continuation.resume() }
        }
        for session in state.withLock({ $0.takeFree() }) { await session.close() }
    }

    private static let closed = PostgresError(.closed, "the PostgreSQL pool is closed")

    private func lease() async throws -> PostgresSession {
        let id = state.withLock { $0.nextID() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = LeaseQueue.Waiter(id: id, continuation: continuation)
                // The handler below runs after the task counts as cancelled: it finds the waiter, or we find the cancellation.
                switch state.withLock({ $0.lease(waiter, isCancelled: Task.isCancelled) }) {
                case .lend(let session): continuation.resume(returning: session)
                case .create(let number): continuation.resume(returning: makeSession(number))
                case .refuse: continuation.resume(throwing: Self.closed)
                case .cancel: continuation.resume(throwing: CancellationError())
                case .wait: break
                }
            }
        } onCancel: {
            state.withLock { $0.removeWaiter(id) }?.continuation.resume(throwing: CancellationError())
        }
    }

    private func release(_ session: PostgresSession) {
        switch state.withLock({ $0.release(session) }) {
        case .keep: break
        case .lend(let waiter): waiter.continuation.resume(returning: session)
        case .tell(let closers): for closer in closers { closer.resume() }
        }
    }

    private func makeSession(_ number: Int) -> PostgresSession {
        PostgresSession(configuration, name: "postgres-\(number)", logger: logger)
    }
}
