import Postgres
import Synchronization

struct NeverHappened: Error {}

extension PostgresSession {
    /// Sessions that wait for an advisory lock of this session's database; other tests have databases of their own.
    func waitersForAdvisoryLocks() async throws -> Int64 {
        try await read { tx in
            try tx.query(
                """
                SELECT count(*) FROM pg_locks
                WHERE locktype = 'advisory' AND NOT granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            ).only().int8(0)
        }
    }
}

/// Counts across threads.
final class Counter: Sendable {
    private let value = Atomic(0)

    /// The count after adding one.
    @discardableResult
    func add() -> Int { value.add(1, ordering: .acquiringAndReleasing).newValue }

    func remove() { value.subtract(1, ordering: .acquiringAndReleasing) }

    var count: Int { value.load(ordering: .acquiring) }
}

/// Numbers in the order they were appended, by any thread.
final class Journal: Sendable {
    private let numbers = Mutex<[Int]>([])

    func append(_ number: Int) { numbers.withLock { $0.append(number) } }

    var values: [Int] { numbers.withLock { $0 } }
}
