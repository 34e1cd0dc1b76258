internal import Commerce
internal import Postgres
internal import Store

/// Clears away why orders were routed as they were, once it has been kept for as long as the network says.
struct DecisionClearing: RelayChore {
    /// Decisions cleared away in one transaction, once a second while there are more: 400 million a day.
    private static let step: Int32 = 5_000
    /// Seconds until the next look, when nothing is left to be cleared away.
    private static let interval: Int64 = 60

    let name = "old decisions"
    private var next: Timestamp?

    /// Clears away some, the oldest first.
    mutating func look(session: PostgresSession, shared: SharedState) async throws {
        let now = SystemClock.now()
        if let next, now < next { return }
        let cleared = try await session.write { tx in
            let days = try shared.network(in: tx).settings.decisions.keepDays
            return try DecisionStore.clear(before: now.adding(seconds: -days * 86_400), limit: Self.step, in: tx)
        }
        next = cleared < Int(Self.step) ? now.adding(seconds: Self.interval) : nil
    }
}
