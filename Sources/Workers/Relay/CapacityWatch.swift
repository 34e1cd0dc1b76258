internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Looks again at orders that wait for a location's room: when its next working day begins, when its capacity is changed, and at the start.
///
/// Within a day, room that is given back goes to whoever wants the same SKUs; this is for everybody else.
struct CapacityWatch: RelayChore {
    private struct Room: Hashable {
        var day: CivilDate
        var parcelsPerDay: Int64
    }

    private static let interval: Int64 = 10

    let name = "orders that wait for room"

    /// As of the last look, by location.
    private var seen: [Int32: Room] = [:]
    private var next: Timestamp?

    /// Wakes whoever waits for what lies at locations that may have room since the last look.
    mutating func look(session: PostgresSession, shared: SharedState) async throws {
        let now = SystemClock.now()
        if let next, now < next { return }
        let known = seen
        seen = try await session.write { tx in
            let network = try shared.network(in: tx)
            let capacity = LocationCapacity(network: network, now: now)
            var rooms: [Int32: Room] = [:]
            for entry in network.locations where entry.location.active {
                guard let parcels = entry.location.dailyCapacity else { continue }
                rooms[entry.key] = Room(day: capacity.firstDay(at: entry), parcelsPerDay: parcels)
            }
            let fresh = rooms.filter { known[$0.key] != $0.value }.keys.sorted()
            let skus = try WaitingLines.awaited(at: fresh, in: tx)
            var effects = Effects()
            effects.send(skus, piece: SourcingHandler.skusPerMessage) { .wake(skus: $0, after: 0) }
            if !effects.messages.isEmpty { try OutboxStore.insert(effects.messages, in: tx) }
            return rooms
        }
        next = now.adding(seconds: Self.interval)
    }
}
