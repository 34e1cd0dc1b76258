package import Logging
package import Postgres

/// What role `relay` looks after by the clock, each by a rhythm of its own.
protocol RelayChore: Sendable {
    /// What it is, for the log: "waiting orders".
    var name: String { get }

    /// Does what is due; called once a second.
    mutating func look(session: PostgresSession, shared: SharedState) async throws
}

/// Runs the chores of role `relay`: on a session of their own, so that they go on while the outbox is swept or the broker is away, and each
/// by itself, so that one that fails keeps no other from its work.
package struct RelayChores: Sendable {
    private let session: PostgresSession
    private let shared: SharedState
    private let stop: StopSignal
    private let logger: Logger

    package init(session: PostgresSession, shared: SharedState, stop: StopSignal, logger: Logger) {
        self.session = session
        self.shared = shared
        self.stop = stop
        self.logger = logger
    }

    package func run() async {
        var chores: [any RelayChore] = [OutboxAge(), CapacityWatch(), DecisionClearing()]
        while !stop.isRaised {
            for index in chores.indices where !stop.isRaised {
                do {
                    try await chores[index].look(session: session, shared: shared)
                } catch {
                    logger.warning("chore not done", metadata: ["chore": "\(chores[index].name)", "error": "\(error)"])
                }
            }
            await stop.wait(atMost: .seconds(1))
        }
        await session.close()
    }
}
