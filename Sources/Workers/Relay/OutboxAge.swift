internal import CoreMetrics
internal import Postgres
internal import Store

/// Tells how long the oldest message that is owed to the broker has waited; most of all while the broker is away.
struct OutboxAge: RelayChore {
    let name = "age of the outbox"
    private let age = Gauge(label: "outbox.oldest.age.seconds")

    func look(session: PostgresSession, shared: SharedState) async throws {
        age.record(try await session.read(isolation: .readCommitted) { tx in try OutboxStore.oldestAge(in: tx) })
    }
}
