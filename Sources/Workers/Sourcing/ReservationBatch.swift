internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Baskets that want units kept for them or give them up, each basket once: one transaction, a constant number of statements.
///
/// The SKUs' stock is locked as sourcing locks it, so that nobody promises the same unit at the same time.
struct ReservationBatch: Sendable {
    let items: [ReservationHandler.Item]
    let skus: [ExactID: Int64]
    let now: Timestamp

    /// A basket that gets what it asked for.
    private struct Grant {
        var index: Int
        var message: ReservationRequested
        var grant: LeaseStore.Grant
        /// What it held before and now holds no longer, or less of.
        var freed: [Int64]
    }

    func run(shared: SharedState, in tx: borrowing Transaction, effects: inout Effects) throws -> [Outcome] {
        let wanted = Set(items.flatMap { keys(of: $0) }).sorted()
        let levels = try StockRows.lock(skus: wanted, in: tx)
        let network = try shared.network(in: tx)
        let names = items.map { item in
            network.channel(item.channel).map { LeaseStore.Name(channel: $0.key, basket: item.basketID) }
        }
        let standing = try LeaseStore.lock(names.compactMap { $0 }, in: tx)
        let available = levels.sellable(in: network, names: try network.names(of: wanted, in: tx))
        let kept = try KeptStock.load(
            skus: wanted,
            leases: standing.values.map(\.key),
            available: available,
            network: network,
            now: now,
            in: tx
        )
        var book = LeaseBook(try shelves(wanted, available: available, kept: kept, network: network, in: tx))
        var outcomes = [Outcome](repeating: .done(id: nil), count: items.count)
        var grants: [Grant] = []
        var released: [LeaseStore.Lease] = []
        for (index, item) in items.enumerated() {
            guard let name = names[index] else {
                outcomes[index] = .refuse(MessageRefusal(.unknownChannel, path: "/channel", "No channel of this id is in the network."))
                continue
            }
            let lease = standing[name]
            // Only what counts by the database's clock is given back to the book.
            let held = lease.map { kept.lines[$0.key] ?? [] } ?? []
            switch item.request {
            case .release(let message):
                outcomes[index] = .done(id: message.basketID)
                guard let lease, lease.order == nil else { continue }
                book.release(held, of: name.channel)
                released.append(lease)
            case .keep(let message):
                guard lease?.order == nil else {
                    outcomes[index] = .answer(.refused(Self.ordered))
                    continue
                }
                let lines = message.lines.map { LeaseBook.Line(sku: skus[ExactID($0.sku)] ?? 0, units: $0.quantity) }
                if let shortage = book.grant(lines, to: name.channel, inPlaceOf: held) {
                    outcomes[index] = .answer(.refused(refuse(message, shortage, messageID: item.messageID, effects: &effects)))
                    continue
                }
                let grant = LeaseStore.Grant(name: name, standing: lease?.key, lines: lines, seconds: message.ttlSeconds)
                grants.append(Grant(index: index, message: message, grant: grant, freed: freed(lease?.lines ?? [], by: lines)))
            }
        }
        try write(grants, outcomes: &outcomes, in: tx, effects: &effects)
        try LeaseStore.delete(released.map(\.key), in: tx)
        try LeaseNews(network: network, now: now).ended(released, .released, in: tx, effects: &effects)
        let freed = Set(grants.flatMap(\.freed) + released.flatMap { $0.lines.map(\.sku) })
        let changed = freed.union(grants.flatMap { $0.grant.lines.map(\.sku) })
        effects.sendKept(changed: changed, freed: freed)
        return outcomes
    }

    private func keys(of item: ReservationHandler.Item) -> [Int64] {
        guard case .keep(let message) = item.request else { return [] }
        return message.lines.compactMap { skus[ExactID($0.sku)] }
    }

    /// What may be promised: without what orders wait for that could be filled now. They come first, being older.
    private func shelves(
        _ skus: [Int64],
        available: [Int64: Int64],
        kept: KeptStock,
        network: NetworkSnapshot,
        in tx: borrowing Transaction
    ) throws -> [Int64: LeaseBook.Shelf] {
        var shelves: [Int64: LeaseBook.Shelf] = [:]
        for sku in skus { shelves[sku] = LeaseBook.Shelf(free: available[sku] ?? 0) }
        for (share, units) in kept.leased { shelves[share.sku]?.leased[share.channel] = units }
        for (share, units) in kept.quotas { shelves[share.sku]?.quotas[share.channel] = units }
        let awaited = try WaitingLines.awaited(among: skus.filter { available[$0] ?? 0 > 0 }, in: tx)
        guard !awaited.isEmpty else { return shelves }
        for need in try olderNeeds(awaited, available: available, kept: kept, network: network, in: tx) {
            shelves[need.sku]?.free -= need.quantity
        }
        return shelves
    }

    /// What orders that could be filled now wait for.
    private func olderNeeds(
        _ awaited: [Int64],
        available: [Int64: Int64],
        kept: KeptStock,
        network: NetworkSnapshot,
        in tx: borrowing Transaction
    ) throws -> [WaitingLines.Need] {
        let first = try fillableNeeds(awaited, kept: kept, network: network, in: tx)
        let others = Set(first.map(\.sku)).subtracting(available.keys).subtracting(awaited).sorted()
        guard !others.isEmpty else { return first }
        // They may lack what is kept of SKUs that nobody here asks for, and then they hold nobody back.
        let levels = try AvailabilityStore.of(others, in: tx).flatMap(\.levels)
        let all = available.merging(levels.sellable(in: network, names: try network.names(of: others, in: tx))) { known, _ in known }
        let known = try KeptStock.load(skus: Array(all.keys), available: all, network: network, now: now, in: tx)
        return try fillableNeeds(awaited + others, kept: known, network: network, in: tx)
    }

    private func fillableNeeds(
        _ skus: [Int64],
        kept: KeptStock,
        network: NetworkSnapshot,
        in tx: borrowing Transaction
    ) throws -> [WaitingLines.Need] {
        let orders = try WaitingLines.fillable(
            skus: skus,
            after: 0,
            places: network.sellingPlaces,
            kept: kept,
            limit: SourcingBatch.waitingPerBatch,
            in: tx
        )
        return try WaitingLines.of(orders, in: tx)
    }

    private func refuse(
        _ message: ReservationRequested,
        _ shortage: LeaseBook.Shortage,
        messageID: String?,
        effects: inout Effects
    ) -> MessageRefusal {
        let units = shortage.promisable == 1 ? "1 unit" : "\(shortage.promisable) units"
        let refusal = MessageRefusal(.insufficientStock, path: "/lines/\(shortage.line)/quantity", "Only \(units) can be kept.")
        let event = OutboundEvent(
            Event.Reservation(
                kind: .refused,
                channel: message.channel,
                basketID: message.basketID,
                lines: message.lines,
                refusal: refusal
            ),
            id: EventID.refusedReservation(channel: message.channel, basketID: message.basketID, messageID: messageID, at: now),
            time: now,
            role: .sourcing
        )
        effects.send(OutboxMessage(event))
        return refusal
    }

    /// SKUs of which a basket held more than it does now.
    private func freed(_ before: [LeaseBook.Line], by after: [LeaseBook.Line]) -> [Int64] {
        guard !before.isEmpty else { return [] }
        let units = Dictionary(after.map { ($0.sku, $0.units) }, uniquingKeysWith: { first, _ in first })
        return before.filter { $0.units > units[$0.sku] ?? 0 }.map(\.sku)
    }

    private func write(
        _ grants: [Grant],
        outcomes: inout [Outcome],
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        guard !grants.isEmpty else { return }
        for (grant, lease) in zip(grants, try LeaseStore.write(grants.map(\.grant), in: tx)) {
            outcomes[grant.index] = .answer(.reserved(id: grant.message.basketID, expiresAt: lease.expiresAt))
            let event = OutboundEvent(
                Event.Reservation(
                    kind: .granted,
                    channel: grant.message.channel,
                    basketID: grant.message.basketID,
                    lines: grant.message.lines,
                    expiresAt: lease.expiresAt
                ),
                id: EventID.reservation(lease: lease.key, sequence: lease.sequence),
                time: now,
                role: .sourcing
            )
            effects.send(OutboxMessage(event))
        }
    }

    private static let ordered = MessageRefusal(.wrongState, path: "/basketId", "The basket was ordered; its units are kept for the order.")
}
