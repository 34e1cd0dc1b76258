internal import Synchronization

/// Raised once, when the process is asked to end; whoever waits for something else is woken.
package final class StopSignal: Sendable {
    private struct State {
        var isRaised = false
        var nextID = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package var isRaised: Bool { state.withLock(\.isRaised) }

    package func raise() {
        let waiters = state.withLock { state in
            state.isRaised = true
            defer { state.waiters.removeAll() }
            return state.waiters.values.map { $0 }
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when the signal is raised, or the task is cancelled.
    package func wait() async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isRaised || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }

    /// Pauses for `duration`, or until the signal is raised.
    package func wait(atMost duration: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await Task.sleep(for: duration) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Runs `body`; calls `onStop` if the signal is raised meanwhile.
    package func whileWaiting<R: Sendable>(
        _ onStop: @escaping @Sendable () async -> Void,
        _ body: () async throws -> R
    ) async throws -> R {
        let watcher = Task {
            await self.wait()
            if self.isRaised { await onStop() }
        }
        defer { watcher.cancel() }
        return try await body()
    }
}
