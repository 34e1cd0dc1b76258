internal import Synchronization

/// A place to wait for a delivery: woken once, by whoever comes first, the connection's thread or the cancellation of the task.
final class Arrival: Sendable {
    private enum State {
        case idle
        case waiting(CheckedContinuation<Void, Never>)
        case woken
    }

    private let state = Mutex(State.idle)

    /// Waits for ``wake()``, or not at all when that has been called.
    func wait(_ continuation: CheckedContinuation<Void, Never>) {
        let isWoken = state.withLock { state in
            if case .woken = state { return true }
            state = .waiting(continuation)
            return false
        }
        if isWoken { continuation.resume() }
    }

    func wake() {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state = .woken }
            guard case .waiting(let continuation) = state else { return nil }
            return continuation
        }
        continuation?.resume()
    }
}
