internal import CPostgres
internal import Glibc

/// One connection of libpq, in non-blocking mode. Belongs to one thread at a time; its calls block that thread.
///
/// It is kept in pipeline mode, and leaves it only for COPY and scripts: statements are queued by ``enqueue(_:_:)`` and answered by
/// ``collect()`` in one round trip, however many they are.
final class Connection {
    let pointer: OpaquePointer
    let openedAt = ContinuousClock.now

    /// How long to wait for the server's next word before the connection counts as lost; nil waits for ever.
    private var patience: Duration?

    /// The patience that goes with the session's own time limit for statements: past that, the server must have spoken.
    private var usualPatience: Duration?

    let encoder = ParameterEncoder()
    var statements = StatementCache()
    var pending: [PendingStep] = []

    /// Set while an exchange with the server is under way; still set afterwards when it broke off, and the two no longer agree on what
    /// comes next. Nothing more may be sent then.
    var isUnusable = false

    /// Takes over a connection that is established.
    init(_ pointer: OpaquePointer) throws(PostgresError) {
        self.pointer = pointer
        patience = .seconds(15)
        // Notices may quote values, and would go to standard error.
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        guard PQsetnonblocking(pointer, 1) == 0, PQenterPipelineMode(pointer) == 1 else { throw .lost(pointer) }
        // The URL, the role or the database may have set another limit than the configuration.
        try enqueue("SELECT setting::bigint FROM pg_settings WHERE name = 'statement_timeout'", [])
        let limit = try collect().last?.only().int8(0) ?? 0
        usualPatience = limit == 0 ? nil : .milliseconds(limit) + .seconds(15)
        resetPatience()
    }

    /// Waits for ever, for a transaction whose time limits were lifted.
    func losePatience() { patience = nil }

    /// Ends what ``losePatience()`` began.
    func resetPatience() { patience = usualPatience }

    deinit { PQfinish(pointer) }

    var isBroken: Bool { isUnusable || PQstatus(pointer) == CONNECTION_BAD }

    /// Whether a transaction is open on the server, as of its last word.
    var isInTransaction: Bool { PQtransactionStatus(pointer) != PQTRANS_IDLE }

    /// Looks, without waiting, whether the server has hung up since the connection was last used.
    var isStale: Bool {
        guard !isBroken else { return true }
        // Between transactions the server says nothing unless it ends the session (or a setting changes).
        guard poll(for: POLLIN, milliseconds: 0) != 0 else { return false }
        return PQconsumeInput(pointer) == 0 || isBroken || poll(for: POLLIN, milliseconds: 0) != 0
    }

    /// The error of a libpq call that failed.
    func failure() -> PostgresError {
        PQstatus(pointer) == CONNECTION_BAD
            ? .lost(pointer) : PostgresError(.misuse, "libpq refused the call: \(firstLine(PQerrorMessage(pointer)))")
    }

    /// Sends what is queued. Reads meanwhile, since a server that cannot send its answers stops reading.
    func flush() throws(PostgresError) {
        while true {
            switch PQflush(pointer) {
            case 0: return
            case 1:
                let ready = try wait(for: POLLIN | POLLOUT)
                if ready & Int16(POLLIN) != 0, PQconsumeInput(pointer) == 0 { return }
            default: throw failure()
            }
        }
    }

    /// The next result, or nil at the end of a statement's results. Waits for the server, in bounds.
    func nextResult() throws(PostgresError) -> OpaquePointer? {
        while PQisBusy(pointer) == 1 {
            _ = try wait(for: POLLIN)
            // A broken connection may hold the server's last words; `PQgetResult` gives them out.
            if PQconsumeInput(pointer) == 0 { break }
        }
        return PQgetResult(pointer)
    }

    /// Waits for bytes from the server, and reads them.
    func waitForInput() throws(PostgresError) {
        _ = try wait(for: POLLIN)
        guard PQconsumeInput(pointer) == 1 else { throw failure() }
    }

    private func wait(for events: Int32) throws(PostgresError) -> Int16 {
        let ready = poll(for: events, milliseconds: patience.map { Int32(clamping: max(1, $0.milliseconds)) } ?? -1)
        guard ready != 0 else {
            throw PostgresError(.connectionLost, "PostgreSQL has not answered in time")
        }
        return ready
    }

    private func poll(for events: Int32, milliseconds: Int32) -> Int16 {
        var descriptor = pollfd(fd: PQsocket(pointer), events: Int16(events), revents: 0)
        while true {
            let count = Glibc.poll(&descriptor, 1, milliseconds)
            if count > 0 { return descriptor.revents }
            if count == 0 { return 0 }
            if errno != EINTR { return Int16(POLLERR) }
        }
    }
}
