internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// A batch of `stock.adjusted`: what was found, lost, thrown away.
struct AdjustmentBatch {
    let messages: [StockAdjusted]

    func run(lane: Lane) async throws -> [Outcome] {
        let skus = try await lane.shared.skus.keys(for: Set(messages.map { ExactID($0.sku) }), session: lane.session)
        let now = SystemClock.now()
        return try await lane.commit { tx, effects in
            let network = try lane.shared.network(in: tx)
            var outcomes: [Outcome] = []
            var movements: [StockMovements.Movement] = []
            for message in messages {
                guard let location = network.location(message.location) else {
                    outcomes.append(
                        .retry(MessageRefusal(.unknownLocation, path: "/location", "No location of this id is in the network."))
                    )
                    continue
                }
                let digest = ContentDigest.of(message)
                let standing = try AdjustmentStore.record(
                    location: location.key,
                    id: message.adjustmentID,
                    digest: digest,
                    reason: message.reason,
                    in: tx
                )
                if let standing {
                    outcomes.append(
                        standing == digest
                            ? .done(id: message.adjustmentID)
                            : .refuse(
                                MessageRefusal(
                                    .conflict,
                                    path: "/adjustmentId",
                                    "The adjustment was given with other content; that stands."
                                )
                            )
                    )
                    continue
                }
                outcomes.append(.done(id: message.adjustmentID))
                movements.append(
                    StockMovements.Movement(
                        sku: skus[ExactID(message.sku)] ?? 0,
                        location: location.key,
                        delta: message.delta,
                        occurredAt: message.occurredAt,
                        kind: .adjustment,
                        reference: message.adjustmentID
                    )
                )
            }
            try apply(movements, lane: lane, now: now, in: tx, effects: &effects)
            return outcomes
        }
    }

    private func apply(
        _ movements: [StockMovements.Movement],
        lane: Lane,
        now: Timestamp,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        guard !movements.isEmpty else { return }
        struct Place: Hashable {
            var sku: Int64
            var location: Int32
        }
        let places = Set(movements.map { Place(sku: $0.sku, location: $0.location) }).map { ($0.sku, $0.location) }
        let before = try StockRows.lock(places, in: tx)
        try StockMovements.record(movements, in: tx)
        let after = try StockRows.lock(places, in: tx)
        let changes = zip(before, after).map { StockCounts.Change(before: $0, after: $1) }
        try StockNews(lane: lane, now: now).tell(changes, in: tx, effects: &effects)
    }
}
