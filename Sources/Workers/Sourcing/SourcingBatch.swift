internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// One batch of decisions: new orders, and waiting ones that may be filled now, oldest first, over one locked stock.
struct SourcingBatch: Sendable {
    /// Waiting orders decided in one transaction, at most; more are left to the next wake.
    static let waitingPerBatch = 500

    /// Orders to be decided for the first time.
    let requested: Set<Int64>
    /// SKUs of which there is more than before, each with the order key behind which to look.
    let wakes: [Int64: Int64]
    /// Waiting orders known to come first.
    let waiting: Set<Int64>
    /// Whether to decide with the waiting orders known so far, even if others should come in between.
    let isLast: Bool
    let now: Timestamp

    /// Decides and writes. Gives `nil` when done; else nothing is written, and these waiting orders must be locked too.
    func run(shared: SharedState, in tx: borrowing Transaction, effects: inout Effects) throws -> Set<Int64>? {
        let locked = try OrderLocks.lock(requested.union(waiting).sorted(), in: tx)
        // An agent has those, for as long as we hold their rows.
        let held = try OrderHolds.held(among: locked.map(\.key), in: tx)
        let heads = held.isEmpty ? locked : locked.filter { !held.contains($0.key) }
        let needs = try self.needs(of: heads, in: tx)
        let skus = Set(needs.map(\.sku)).union(wakes.keys).sorted()
        let levels = try StockRows.lock(skus: skus, in: tx)

        // From here on nobody else can give or take of these SKUs, nor begin an allotment of them.
        let network = try shared.network(in: tx)
        let names = try network.names(of: skus, in: tx)
        var kept = try KeptStock.load(
            skus: skus,
            orders: heads.filter { $0.status == OrderStatus.accepted.rawValue }.map(\.key),
            available: levels.sellable(in: network, names: names),
            network: network,
            now: now,
            in: tx
        )
        kept.cut(to: needs, channels: Dictionary(heads.map { ($0.key, $0.channel) }, uniquingKeysWith: { first, _ in first }))
        let page = try olderWaiting(skus: skus, network: network, kept: kept, in: tx)
        let missing = page.orders.subtracting(locked.map(\.key))
        guard missing.isEmpty || isLast else { return missing }

        // With more waiting orders than one transaction takes, new ones queue up behind them.
        let cells = sellable(levels, names: names, network: network)
        var putOff = putOff(heads, page: page)
        let deciding = heads.filter { !putOff.contains($0.key) }
        var decided = try decide(deciding, needs: needs, cells: cells, kept: kept, network: network, in: tx)
        if !putOff.isEmpty, !decided.contains(where: \.decision.takesStock) {
            // A page of orders that only looked as if they could be filled: whoever queued up behind them would do so for ever.
            putOff = []
            decided = try decide(heads, needs: needs, cells: cells, kept: kept, network: network, in: tx)
        }
        try SourcingWriter(network: network, now: now).write(decided, in: tx, effects: &effects)
        try SourcingKeeps(kept: kept, network: network).settle(decided, in: tx, effects: &effects)

        effects.send(putOff.sorted(), piece: SourcingHandler.ordersPerMessage) { .source(orders: $0) }
        if page.isCut, !wakes.isEmpty, let last = page.orders.max() {
            effects.send(wakes.keys.sorted(), piece: SourcingHandler.skusPerMessage) { .wake(skus: $0, after: last) }
        }
        // Orders that the last round knew of but had not locked get a round of their own, as long as that leads anywhere.
        if !missing.isEmpty, decided.contains(where: \.decision.takesStock) {
            effects.send(skus, piece: SourcingHandler.skusPerMessage) { .wake(skus: $0, after: 0) }
        }
        return nil
    }

    /// What the orders want, by order and line: everything of a new one, what it waits for of a waiting one.
    private func needs(of heads: [OrderLocks.LockedOrder], in tx: borrowing Transaction) throws -> [WaitingLines.Need] {
        let fresh = heads.filter { $0.status == OrderStatus.accepted.rawValue }.map(\.key)
        let others = heads.filter { $0.status != OrderStatus.accepted.rawValue }.map(\.key)
        let lines = try OrderLines.of(fresh, in: tx).compactMap { line in
            let units = line.quantity - line.cancelled
            return units > 0 ? WaitingLines.Need(order: line.order, line: line.line, sku: line.sku, quantity: units) : nil
        }
        return lines + (try WaitingLines.of(others, in: tx))
    }

    /// Waiting orders that can use what is free, and are older than what this batch decides.
    private func olderWaiting(
        skus: [Int64],
        network: NetworkSnapshot,
        kept: KeptStock,
        in tx: borrowing Transaction
    ) throws -> (orders: Set<Int64>, isCut: Bool) {
        let awaited = try WaitingLines.awaited(among: skus, in: tx)
        guard !awaited.isEmpty else { return ([], false) }
        // New orders must see everybody who waits; a wake goes on where the one before it stopped.
        let after = requested.isEmpty ? (wakes.values.min() ?? 0) : 0
        let found = try WaitingLines.fillable(
            skus: awaited,
            after: after,
            places: network.sellingPlaces,
            kept: kept,
            limit: Self.waitingPerBatch,
            in: tx
        )
        return (Set(found), found.count == Self.waitingPerBatch)
    }

    /// What can be sold of the rows, where it may be sold at all.
    private func sellable(_ levels: [StockRows.Level], names: [Int64: String], network: NetworkSnapshot) -> [StockCell] {
        let active = Set(network.activeLocations)
        return levels.filter { active.contains($0.location) }.map {
            StockCell(sku: $0.sku, location: Int64($0.location), available: network.sellable($0, sku: names[$0.sku]))
        }
    }

    /// Orders that have to queue up behind more waiting orders than one transaction takes: new ones, and those that wait again and are younger.
    private func putOff(_ heads: [OrderLocks.LockedOrder], page: (orders: Set<Int64>, isCut: Bool)) -> Set<Int64> {
        guard page.isCut, let last = page.orders.max() else { return [] }
        return Set(heads.filter { requested.contains($0.key) && ($0.status == OrderStatus.accepted.rawValue || $0.key > last) }.map(\.key))
    }

    private func decide(
        _ heads: [OrderLocks.LockedOrder],
        needs: [WaitingLines.Need],
        cells: [StockCell],
        kept: KeptStock,
        network: NetworkSnapshot,
        in tx: borrowing Transaction
    ) throws -> [SourcingWriter.Decided] {
        let byOrder = Dictionary(grouping: needs, by: \.order)
        let rejected = try FulfillmentRejections.locations(
            of: heads.filter { $0.status != OrderStatus.accepted.rawValue }.map(\.key),
            in: tx
        )
        let wanting = heads.filter { byOrder[$0.key] != nil && OrderStatus(rawValue: $0.status)?.wantsStock == true }
        let requests = wanting.map { head in
            SourcingRequest(
                order: head.key,
                acceptPartial: head.acceptPartial,
                destination: head.coordinates,
                lines: (byOrder[head.key] ?? []).map { SourcingNeed(line: $0.line, sku: $0.sku, quantity: $0.quantity) },
                excludedLocations: rejected[head.key] ?? [],
                holders: [.channel(Int64(head.channel))] + (kept.leases[head.key].map { [.lease($0)] } ?? [])
            )
        }
        var stock = StockSnapshot(cells, keeps: kept.keeps)
        let routed = try RoutedOrder.decide(requests, heads: wanting, stock: stock, network: network, now: now, in: tx)
        let decisions = routed?.map(\.sourcing) ?? Sourcing.decide(requests, stock: &stock, locations: network.sourcing)
        return zip(wanting, decisions).enumerated().map { index, item in
            let (head, decision) = item
            let isUntold = (byOrder[head.key] ?? []).contains { !$0.isTold }
            return SourcingWriter.Decided(head: head, decision: decision, isUntold: isUntold, routed: routed?[index])
        }
    }
}
