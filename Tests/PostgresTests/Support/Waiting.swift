import Postgres
import Synchronization

struct NeverHappened: Error {}

/// Waits until `condition` holds; throws after ten seconds.
func eventually(_ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(120)
    while try await !condition() {
        if ContinuousClock.now > deadline { throw NeverHappened() }
        try await Task.sleep(for: .milliseconds(1))
    }
}

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
