internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// A `location.defined`: written down; and where it switches the location on or off, what lies there or is on its way there
/// comes or goes for everybody.
struct LocationDefinition {
    let message: LocationDefined

    func run(lane: Lane) async throws -> Outcome {
        let now = SystemClock.now()
        try await lane.commit { tx, effects in
            let before = try NetworkStore.lock(location: message.location.id, in: tx)
            guard try NetworkStore.define(message.location, updatedAt: message.updatedAt, in: tx) else { return }
            guard let before, before.location.active != message.location.active else { return }
            let isOn = message.location.active
            let changes = try AvailabilityStore.free(at: before.key, in: tx).map { sku, units in
                func level(_ units: Int64) -> StockRows.Level {
                    StockRows.Level(sku: sku, location: before.key, onHand: units, reserved: 0, blocked: 0)
                }
                return StockCounts.Change(before: level(isOn ? 0 : units), after: level(isOn ? units : 0))
            }
            try StockNews(lane: lane, now: now).tell(changes, in: tx, effects: &effects)
            try effects.sendPromises(try ExpectedStock.skus(at: before.key, in: tx), in: tx)
        }
        // Before it gets its first parcel: the location is known to sourcing from this commit on, but has no stock yet.
        if message.location.queue { try await lane.link.declare(.location(message.location.id)) }
        return .done(id: message.location.id)
    }
}
