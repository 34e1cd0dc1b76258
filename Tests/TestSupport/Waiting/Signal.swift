internal import Dispatch
internal import Synchronization

/// Something that happens once, to be awaited by tasks or, in a transaction's closure, by a session's own thread.
package final class Signal: Sendable {
    private let isFired = Atomic(false)
    private let semaphore = DispatchSemaphore(value: 0)

    package init() {}

    package func fire() {
        isFired.store(true, ordering: .releasing)
        semaphore.signal()
    }

    /// Blocks the calling thread until it happens; several may wait.
    ///
    /// - Returns: false when nothing happened in time.
    package func waitBlocking(seconds: Int = 120) -> Bool {
        guard semaphore.wait(timeout: .now() + .seconds(seconds)) == .success else { return false }
        // For whoever waits too.
        semaphore.signal()
        return true
    }

    /// Waits without a thread.
    package func wait() async throws { try await eventually("the signal") { isFired.load(ordering: .acquiring) } }
}
