internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What counts, adjustments and blocks lead to: waiting orders are woken, shortfalls told, storefronts hear of it a little later.
struct StockNews {
    let lane: Lane
    let now: Timestamp

    func tell(_ changes: [StockCounts.Change], in tx: borrowing Transaction, effects: inout Effects) throws {
        guard !changes.isEmpty else { return }
        let more = changes.filter { $0.available > $0.availableBefore }.map(\.sku)
        let awaited = try WaitingLines.awaited(among: more, in: tx)
        effects.send(awaited, piece: SourcingHandler.skusPerMessage) { .wake(skus: $0, after: 0) }
        let short = Set(changes.filter { $0.shortfall > $0.shortfallBefore }.map(\.sku))
        try tellShortfalls(short.sorted(), in: tx, effects: &effects)
        let changed = Set(changes.filter { $0.available != $0.availableBefore }.map(\.sku)).sorted()
        effects.send(changed, piece: StockFeedHandler.changesPerMessage) { .availability(skus: $0) }
        try effects.sendPromises(changed, in: tx)
    }

    /// A count was observed: deliveries that were expected by then promise nothing any more.
    ///
    /// - Parameter skus: those that were counted; `nil`: all of the location.
    func close(
        location: Int32,
        skus: [Int64]?,
        observedAt: Timestamp,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        let closed = try ExpectedStock.close(location: location, skus: skus, observedAt: observedAt, in: tx)
        let awaited = try WaitingLines.awaited(among: closed.sorted(), in: tx)
        effects.send(awaited, piece: SourcingHandler.promisesPerMessage) { .promise(skus: $0) }
    }

    /// `stock.shortfall`: more is promised than there is. Never hidden, never made worse by new reservations.
    private func tellShortfalls(_ skus: [Int64], in tx: borrowing Transaction, effects: inout Effects) throws {
        guard !skus.isEmpty else { return }
        let network = try lane.shared.network(in: tx)
        for sku in try AvailabilityStore.of(skus, in: tx) {
            let event = OutboundEvent(
                Event.Stock(kind: .shortfall, sku: sku.id, available: sku.available, locations: sku.places(in: network)),
                id: EventID.thing("shortfall", sku.id, now.rawValue),
                time: now,
                role: .stock
            )
            effects.send(OutboxMessage(event))
        }
    }
}

extension AvailabilityStore.SKU {
    /// Each location's part, by id; below 0 where more is reserved or blocked than there is.
    func places(in network: NetworkSnapshot) -> [Event.Stock.Place] {
        levels.compactMap { level in
            guard let location = network.location(key: level.location) else { return nil }
            return Event.Stock.Place(
                location: location.location.id,
                available: min(level.available, level.onHand - level.reserved - level.blocked)
            )
        }
        .sorted { precedesBytewise($0.location, $1.location) }
    }
}

extension AvailabilityStore.SKU {
    /// What can be sold of it at each location that is not switched off, by the locations' ids.
    func sellable(in network: NetworkSnapshot) -> [Event.Stock.Place] {
        levels.compactMap { level in
            guard let location = network.location(key: level.location), location.location.active else { return nil }
            return Event.Stock.Place(location: location.location.id, available: network.sellable(level, sku: id))
        }
        .sorted { precedesBytewise($0.location, $1.location) }
    }
}
