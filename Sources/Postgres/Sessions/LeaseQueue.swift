/// Who has which session, and who waits: decides under the pool's lock what is done outside it.
struct LeaseQueue {
    struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<PostgresSession, any Error>
    }

    enum Leasing {
        case lend(PostgresSession)
        case create(Int)
        case wait
        case refuse
        case cancel
    }

    enum Releasing {
        case keep
        case lend(Waiter)
        case tell([CheckedContinuation<Void, Never>])
    }

    private let size: Int
    private var created = 0
    private var isClosed = false
    private var lastID: UInt64 = 0
    private var closers: [CheckedContinuation<Void, Never>] = []
    private(set) var leased = 0
    /// The one used last is lent first, so that few stay warm when little is to do.
    private(set) var free: [PostgresSession] = []
    private(set) var waiters: [Waiter] = []

    init(size: Int) { self.size = size }

    mutating func nextID() -> UInt64 {
        lastID += 1
        return lastID
    }

    mutating func lease(_ waiter: Waiter, isCancelled: Bool) -> Leasing {
        if isCancelled { return .cancel }
        if isClosed { return .refuse }
        if let session = free.popLast() {
            leased += 1
            return .lend(session)
        }
        if created < size {
            created += 1
            leased += 1
            return .create(created)
        }
        waiters.append(waiter)
        return .wait
    }

    mutating func removeWaiter(_ id: UInt64) -> Waiter? {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return waiters.remove(at: index)
    }

    mutating func release(_ session: PostgresSession) -> Releasing {
        if !waiters.isEmpty { return .lend(waiters.removeFirst()) }
        leased -= 1
        free.append(session)
        guard isClosed, leased == 0 else { return .keep }
        defer { closers = [] }
        return .tell(closers)
    }

    /// Lends nothing from now on.
    ///
    /// - Returns: those who wait in vain.
    mutating func close() -> [Waiter] {
        isClosed = true
        defer { waiters = [] }
        return waiters
    }

    /// Whether nothing is lent; otherwise `closer` is told when it is so.
    mutating func isIdle(orTell closer: CheckedContinuation<Void, Never>) -> Bool {
        if leased == 0 { return true }
        closers.append(closer)
        return false
    }

    mutating func takeFree() -> [PostgresSession] {
        defer { free = [] }
        return free
    }
}
