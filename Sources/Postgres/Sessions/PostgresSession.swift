internal import CPostgres
package import Logging
internal import PinnedExecutor

/// One connection on a thread of its own, where it may block without stalling anyone else.
///
/// It connects at the first call. A connection that broke is given up, and the next call opens another one.
package actor PostgresSession {
    private nonisolated let executor: PinnedExecutor
    private let configuration: PostgresConfiguration
    private let logger: Logger
    private var connection: Connection?
    private var isClosed = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Starts the thread; does not connect.
    ///
    /// - Parameter name: the thread's name; 15 bytes of it are shown.
    package init(_ configuration: PostgresConfiguration, name: String = "postgres", logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        executor = PinnedExecutor(name: name)
    }

    deinit { executor.stop() }

    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// After a deadlock or a serialization failure the whole of `body` runs again, up to `attempts` times in all, so that it must have
    /// no effects but those on the database.
    ///
    /// - Throws: what `body` throws; `PostgresError` otherwise. Where a COMMIT was lost with its connection, `isOutcomeUnknown`.
    @discardableResult
    package func write<Result: Sendable>(
        isolation: Isolation = .readCommitted,
        attempts: Int = 5,
        _ body: @Sendable (borrowing Transaction) throws -> Result
    ) async throws -> Result {
        try await transact(isolation.begin(readOnly: false), attempts) { tx in
            let result = try body(tx)
            return { _ in result }
        }
    }

    /// As ``write(isolation:attempts:_:)``, for a last statement whose rows are wanted: sent with the COMMIT, it costs no round trip.
    ///
    /// - Parameter body: gives what makes the result of the rows of the statement it sent last (`Transaction.send`), once they are committed;
    ///   nil where it left none unanswered.
    package func writeLast<Result: Sendable>(
        isolation: Isolation = .readCommitted,
        attempts: Int = 5,
        _ body: @Sendable (borrowing Transaction) throws -> (Rows?) throws -> Result
    ) async throws -> Result {
        try await transact(isolation.begin(readOnly: false), attempts, body)
    }

    /// Runs `body` in a read-only transaction; by default all its statements see the same snapshot.
    @discardableResult
    package func read<Result: Sendable>(
        isolation: Isolation = .repeatableRead,
        attempts: Int = 5,
        _ body: @Sendable (borrowing Transaction) throws -> Result
    ) async throws -> Result {
        try await transact(isolation.begin(readOnly: true), attempts) { tx in
            let result = try body(tx)
            return { _ in result }
        }
    }

    /// Runs a script outside a transaction of ours: for what PostgreSQL allows nowhere else, such as `CREATE DATABASE`.
    package func script(_ sql: String) throws {
        let connection = try usableConnection()
        do {
            try connection.script(sql)
        } catch {
            settle(connection, after: error)
            throw error
        }
    }

    /// Connects, if that has not happened yet, and sees whether the server answers.
    package func check() async throws {
        _ = try await read(isolation: .readCommitted) { tx in try tx.query("SELECT 1").count }
    }

    /// Closes the connection and ends the thread. Calls that come later throw `.closed`.
    package func close() {
        isClosed = true
        connection = nil
        executor.stop()
    }

    private func transact<Result: Sendable>(
        _ begin: String,
        _ attempts: Int,
        _ body: @Sendable (borrowing Transaction) throws -> (Rows?) throws -> Result
    ) async throws -> Result {
        var attempt = 1
        while true {
            do {
                return try transactOnce(begin, body)
            } catch let error as PostgresError where (error.isRetriable || error.isStalePlan) && attempt < attempts {
                attempt += 1
                logger.debug("transaction runs again", metadata: ["attempt": "\(attempt)", "postgres.error": "\(error)"])
            }
            try await Task.sleep(for: RetryDelay.before(attempt: attempt))
        }
    }

    private func transactOnce<Result: Sendable>(
        _ begin: String,
        _ body: @Sendable (borrowing Transaction) throws -> (Rows?) throws -> Result
    ) throws -> Result {
        let connection = try usableConnection()
        do {
            try connection.enqueue(begin, [])
            let result = try body(Transaction(connection))
            let rows = try connection.commit()
            connection.resetPatience()
            return try result(rows)
        } catch {
            settle(connection, after: error)
            throw error
        }
    }

    private func usableConnection() throws(PostgresError) -> Connection {
        guard !isClosed else { throw PostgresError(.closed, "the PostgreSQL session is closed") }
        if let connection {
            if !connection.isStale && ContinuousClock.now - connection.openedAt < configuration.maximumAge { return connection }
            self.connection = nil
        }
        let opened = try Connection.open(configuration)
        logger.debug("connected to PostgreSQL", metadata: ["postgres.server": "\(configuration)"])
        connection = opened
        return opened
    }

    /// Brings the connection back to where a transaction may begin, or gives it up.
    private func settle(_ connection: Connection, after error: any Error) {
        connection.resetPatience()
        do {
            if connection.isBroken || (error as? PostgresError)?.isStalePlan == true { throw connection.failure() }
            try connection.rollback()
        } catch {
            logger.debug("connection to PostgreSQL given up", metadata: ["postgres.server": "\(configuration)"])
            self.connection = nil
        }
    }
}
