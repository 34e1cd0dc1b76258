internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// A batch of `stock.blocked` and `stock.released`.
///
/// Who loses units that are blocked is only known once the stock rows are locked, but orders are locked before stock: the transaction
/// starts again with these orders, as long as they change meanwhile.
struct BlockBatch {
    enum Message: Sendable {
        case blocked(StockBlocked)
        case released(StockReleased)
    }

    private enum Step: Sendable {
        case done([Outcome])
        /// Nothing is written; these orders must be locked too.
        case lock(Set<Int64>)
    }

    private static let maximumRounds = 8

    let messages: [Message]

    func run(lane: Lane) async throws -> [Outcome] {
        let named = messages.compactMap { if case .blocked(let message) = $0 { ExactID(message.sku) } else { nil } }
        let skus = try await lane.shared.skus.keys(for: Set(named), session: lane.session)
        let now = SystemClock.now()
        var locked: Set<Int64> = []
        for round in 1...Self.maximumRounds {
            let orders = locked.sorted()
            let isLast = round == Self.maximumRounds
            let step = try await lane.commit { tx, effects in
                try attempt(skus: skus, orders: orders, isLast: isLast, now: now, lane: lane, in: tx, effects: &effects)
            }
            switch step {
            case .done(let outcomes): return outcomes
            case .lock(let more): locked.formUnion(more)
            }
        }
        throw StoreError.inconsistent("the last round of blocking asked for another")
    }

    private func attempt(
        skus: [ExactID: Int64],
        orders: [Int64],
        isLast: Bool,
        now: Timestamp,
        lane: Lane,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws -> Step {
        let network = try lane.shared.network(in: tx)
        var recall = try StockRecall(orders: orders, network: network, now: now, in: tx)
        var ledger = BlockLedger(messages, skus: skus, network: network)
        // What a release frees is only said by its block, whose SKU never changes.
        let places = ledger.places(standing: try BlockStore.of(ledger.names, in: tx))
        let before = try StockRows.lock(places.map { ($0.sku, $0.location) }, in: tx)
        try BlockStore.lock(locations: Set(ledger.names.map(\.location)), in: tx)
        let outcomes = ledger.decide(standing: try BlockStore.of(ledger.names, in: tx), locked: places)

        var after = before
        for index in after.indices {
            after[index].blocked += ledger.changed[StockPlace(sku: after[index].sku, location: after[index].location)] ?? 0
        }
        let excess = zip(before, after).compactMap { old, new in
            new.blocked > old.blocked && new.overpromised > 0
                ? StockRows.Change(sku: new.sku, location: new.location, units: new.overpromised) : nil
        }
        let missing = try OpenReservations.youngest(excess, in: tx).subtracting(orders)
        guard missing.isEmpty || isLast else { return .lock(missing) }

        for place in excess { try recall.takeBack(place) }
        for index in after.indices {
            after[index].reserved -= recall.released[StockPlace(sku: after[index].sku, location: after[index].location)] ?? 0
        }
        try recall.write(in: tx, effects: &effects)
        try ledger.write(in: tx)
        let changes = zip(before, after).map { StockCounts.Change(before: $0, after: $1) }
        try StockNews(lane: lane, now: now).tell(changes, in: tx, effects: &effects)
        return .done(outcomes)
    }
}

/// A stock row's key.
struct StockPlace: Hashable {
    var sku: Int64
    var location: Int32
}
