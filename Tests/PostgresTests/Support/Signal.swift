import Glibc
import Synchronization

/// Something that happens once, to be awaited by tasks or, in a transaction's closure, by a session's own thread.
final class Signal: Sendable {
    private let isFired = Atomic(false)

    func fire() { isFired.store(true, ordering: .releasing) }

    /// Blocks the calling thread; false when nothing happened within ten seconds.
    func waitBlocking() -> Bool {
        let deadline = ContinuousClock.now + .seconds(10)
        while !isFired.load(ordering: .acquiring) {
            if ContinuousClock.now > deadline { return false }
            usleep(200)
        }
        return true
    }

    func wait() async throws { try await eventually { self.isFired.load(ordering: .acquiring) } }
}

struct NeverHappened: Error {}

/// Waits until `condition` holds; throws after ten seconds.
func eventually(_ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while try await !condition() {
        if ContinuousClock.now > deadline { throw NeverHappened() }
        try await Task.sleep(for: .milliseconds(1))
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
