internal import Synchronization

/// What the health endpoints answer from: which lanes have their broker session, and whether the database answers.
package final class WorkerHealth: Sendable {
    private struct State {
        var lanes: [String: Bool] = [:]
        var database = true
    }

    private let state = Mutex(State())

    package init() {}

    package func lane(_ name: String, isConnected: Bool) { state.withLock { $0.lanes[name] = isConnected } }
    package func database(isAnswering: Bool) { state.withLock { $0.database = isAnswering } }

    /// Why the process cannot work now; empty when it can.
    package var obstacles: [String] {
        state.withLock { state in
            var obstacles = state.lanes.filter { !$0.value }.keys.sorted().map { "no broker session for \($0)" }
            if !state.database { obstacles.append("the database does not answer") }
            if state.lanes.isEmpty { obstacles.append("starting") }
            return obstacles
        }
    }
}
