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
        let keys = requested.union(waiting).sorted()
        let asked = requested.sorted()
        let (locked, held, version, lines, sold, pickups, documents) = try tx.ask(
            OrderLocks.lock(keys),
            OrderHolds.held(among: keys),
            NetworkStore.version,
            OrderLines.of(asked),
            TillLines.of(asked),
            Pickups.of(keys),
            OrderLocks.documents(of: asked)
        )
        // An agent has those, for as long as we hold their rows.
        let heads = held.isEmpty ? locked : locked.filter { !held.contains($0.key) }
        let needs = try self.needs(of: heads, lines: lines, in: tx)
        let skus = Set(needs.map(\.sku)).union(wakes.keys).sorted()
        try lockPreorders(skus, network: try shared.network(version: version, in: tx), in: tx)
        let (levels, newest, leased, awaited, records) = try tx.ask(
            StockRows.lock(skus: skus),
            NetworkStore.version,
            KeptStock.leased(skus: skus, orders: heads.filter { $0.status == OrderStatus.accepted.rawValue }.map(\.key)),
            WaitingLines.awaited(among: skus),
            ReliabilityStore.all
        )

        // From here on nobody else can give or take of these SKUs, nor begin an allotment of them.
        let network = try shared.network(version: newest, in: tx)
        let names = try network.names(of: skus, in: tx)
        var kept = leased
        try kept.allot(skus, available: levels.sellable(in: network, names: names), network: network, now: now, in: tx)
        let reliability = network.supplierScores(records, at: now)
        kept.cut(to: needs, channels: Dictionary(heads.map { ($0.key, $0.channel) }, uniquingKeysWith: { first, _ in first }))
        // Nor plan parcels for the locations that have them.
        var capacity = try LocationCapacity(network: network, now: now).book(for: levels, in: tx)
        let page = try olderWaiting(Set(awaited), without: Set(capacity.full), network: network, kept: kept, in: tx)
        let missing = page.orders.subtracting(locked.map(\.key))
        guard missing.isEmpty || isLast else { return missing }

        // With more waiting orders than one transaction takes, new ones queue up behind them.
        var putOff = putOff(heads, page: page)
        if !putOff.isEmpty {
            let cells = sellable(levels, names: names, network: network)
            let older = heads.filter { !putOff.contains($0.key) }
            var trial = capacity
            let sees = try decide(
                older,
                needs: needs,
                handedOver: [],
                pickups: [:],
                cells: cells,
                kept: kept,
                capacity: &trial,
                reliability: reliability,
                network: network,
                in: tx
            )
            // A page of orders that only look as if they could be filled: whoever queued up behind them would do so for ever.
            if !sees.contains(where: \.decision.takesStock) { putOff = [] }
        }
        var deciding = heads.filter { !putOff.contains($0.key) }
        // What left over the counter is gone before anything is decided.
        let fresh = Set(deciding.lazy.filter { $0.status == OrderStatus.accepted.rawValue }.map(\.key))
        let tills = TillSales(needs, sold: sold.filter { fresh.contains($0.line.order) })
        let left = try tills.carryOut(&deciding, levels: levels, network: network, now: now, in: tx, effects: &effects)
        let cells = sellable(left, names: names, network: network)
        let decided = try decide(
            deciding,
            needs: tills.rest(of: needs),
            handedOver: tills.orders,
            pickups: pickups,
            cells: cells,
            kept: kept,
            capacity: &capacity,
            reliability: reliability,
            network: network,
            in: tx
        )
        let writer = SourcingWriter(
            network: network,
            now: now,
            pickups: pickups,
            awaited: page.awaited,
            // What is kept for some is not there for others.
            free: kept.isEmpty ? Self.free(of: cells, after: decided, awaited: page.awaited) : [:],
            documents: documents
        )
        try writer.write(decided, in: tx, effects: &effects)
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

    /// What the decisions leave of the SKUs that new orders wait with, and nobody waited for before.
    private static func free(
        of cells: [StockCell],
        after decided: [SourcingWriter.Decided],
        awaited: Set<Int64>
    ) -> [Int64: Int64] {
        let wanted = Set(decided.filter(\.isFresh).flatMap { $0.decision.waiting.map(\.sku) }).subtracting(awaited)
        guard !wanted.isEmpty else { return [:] }
        var free: [Int64: Int64] = [:]
        for cell in cells where wanted.contains(cell.sku) { free[cell.sku, default: 0] += cell.available }
        for item in decided {
            for parcel in item.decision.parcels {
                for line in parcel.lines where wanted.contains(line.sku) { free[line.sku, default: 0] -= line.quantity }
            }
        }
        return free
    }

    /// The last word on an order's lines. What goes out whole waits for its last goods: it was told their day.
    private static func told(_ needs: [WaitingLines.Need], acceptPartial: Bool) -> [Int: DeliveryChange.Told] {
        let last = acceptPartial ? nil : needs.filter(\.isTold).map(\.word).max()
        return Dictionary(
            needs.map { (Int($0.line), DeliveryChange.Told($0.isTold ? last ?? $0.word : $0.word, wereInParcel: !$0.isTold)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Where SKUs may be sold without stock, rows of stock are made where there are none yet, since the limit is kept under their locks.
    private func lockPreorders(_ skus: [Int64], network: NetworkSnapshot, in tx: borrowing Transaction) throws {
        let places = try PreorderStore.places(Set(skus), network: network, in: tx)
        guard !places.isEmpty else { return }
        let known = Set(try StockRows.lock(skus: skus, in: tx).map { StockRows.Change(sku: $0.sku, location: $0.location, units: 0) })
        let missing = Set(places.map { StockRows.Change(sku: $0.sku, location: $0.location, units: 0) }).subtracting(known)
        _ = try StockRows.lock(missing.map { ($0.sku, $0.location) }, in: tx)
    }

    /// What the orders want, by order and line: everything of a new one, what it waits for of a waiting one.
    ///
    /// - Parameter lines: of the requested orders: no other can be a new one.
    private func needs(
        of heads: [OrderLocks.LockedOrder],
        lines: [OrderLines.Line],
        in tx: borrowing Transaction
    ) throws -> [WaitingLines.Need] {
        let fresh = Set(heads.lazy.filter { $0.status == OrderStatus.accepted.rawValue }.map(\.key))
        let needs = lines.compactMap { line -> WaitingLines.Need? in
            let units = line.quantity - line.cancelled
            guard units > 0, fresh.contains(line.order) else { return nil }
            return WaitingLines.Need(order: line.order, line: line.line, sku: line.sku, quantity: units)
        }
        return needs + (try WaitingLines.of(heads.map(\.key).filter { !fresh.contains($0) }, in: tx))
    }

    /// Waiting orders that can use what is free, and are older than what this batch decides; and the SKUs somebody waits for.
    ///
    /// - Parameters:
    ///   - awaited: SKUs of the batch that somebody waits for.
    ///   - full: locations that can take no parcel: what lies there fills no order.
    private func olderWaiting(
        _ awaited: Set<Int64>,
        without full: Set<Int64>,
        network: NetworkSnapshot,
        kept: KeptStock,
        in tx: borrowing Transaction
    ) throws -> (orders: Set<Int64>, isCut: Bool, awaited: Set<Int64>) {
        guard !awaited.isEmpty else { return ([], false, []) }
        // New orders must see everybody who waits; a wake goes on where the one before it stopped.
        let after = requested.isEmpty ? (wakes.values.min() ?? 0) : 0
        let found = try WaitingLines.fillable(
            skus: awaited.sorted(),
            after: after,
            places: full.isEmpty ? network.sellingPlaces : network.sellingPlaces.filter { !full.contains(Int64($0.location)) },
            kept: kept,
            limit: Self.waitingPerBatch,
            in: tx
        )
        return (Set(found), found.count == Self.waitingPerBatch, awaited)
    }

    /// What can be sold of the rows, where it may be sold at all.
    private func sellable(_ levels: [StockRows.Level], names: [Int64: String], network: NetworkSnapshot) -> [StockCell] {
        let active = Set(network.activeLocations)
        return levels.filter { active.contains($0.location) }.map {
            StockCell(sku: $0.sku, location: Int64($0.location), available: network.sellable($0, sku: names[$0.sku]))
        }
    }

    /// Orders that have to queue up behind more waiting orders than one transaction takes: new ones, and those that wait again and are younger.
    private func putOff(_ heads: [OrderLocks.LockedOrder], page: (orders: Set<Int64>, isCut: Bool, awaited: Set<Int64>)) -> Set<Int64> {
        guard page.isCut, let last = page.orders.max() else { return [] }
        return Set(heads.filter { requested.contains($0.key) && ($0.status == OrderStatus.accepted.rawValue || $0.key > last) }.map(\.key))
    }

    private func decide(
        _ heads: [OrderLocks.LockedOrder],
        needs: [WaitingLines.Need],
        handedOver: Set<Int64>,
        pickups: [Int64: Pickups.Pickup],
        cells: [StockCell],
        kept: KeptStock,
        capacity: inout CapacityBook,
        reliability: [Int32: Int64],
        network: NetworkSnapshot,
        in tx: borrowing Transaction
    ) throws -> [SourcingWriter.Decided] {
        let byOrder = Dictionary(grouping: needs, by: \.order)
        let rejected = try FulfillmentRejections.locations(
            of: heads.filter { $0.status != OrderStatus.accepted.rawValue }.map(\.key),
            in: tx
        )
        let wanting = heads.filter { byOrder[$0.key] != nil && OrderStatus(rawValue: $0.status)?.wantsStock == true }
        let reserved = try ReservedLocations(wanting, network: network, in: tx)
        let requests = wanting.map { head in
            SourcingRequest(
                order: head.key,
                acceptPartial: head.acceptPartial,
                destination: head.coordinates,
                lines: (byOrder[head.key] ?? []).map { SourcingNeed(line: $0.line, sku: $0.sku, quantity: $0.quantity) },
                excludedLocations: rejected[head.key] ?? [],
                closedLocations: reserved.closed(to: head.key),
                holders: [.channel(Int64(head.channel))] + (kept.leases[head.key].map { [.lease($0)] } ?? []),
                shelf: pickups[head.key].map { Int64($0.location) }
            )
        }
        let (stock, room) = (StockSnapshot(cells, keeps: kept.keeps), capacity)
        let routed = try RoutedOrder.decide(
            requests,
            heads: wanting,
            stock: stock,
            capacity: &capacity,
            reliability: reliability,
            network: network,
            now: now,
            in: tx
        )
        var left = stock
        let decisions =
            routed?.map(\.sourcing)
            ?? Sourcing.decide(requests, stock: &left, capacity: &capacity, locations: network.sourcing)
        let sights = BatchSights.of(
            requests,
            decisions: decisions,
            routed: routed,
            stock: stock,
            capacity: room,
            reliability: reliability,
            network: network
        )
        let decided = zip(wanting, decisions).enumerated().map { index, item in
            let (head, decision) = item
            let own = byOrder[head.key] ?? []
            return SourcingWriter.Decided(
                head: head,
                decision: decision,
                lost: Set(own.filter { !$0.isTold }.map { Int($0.line) }),
                told: head.status == OrderStatus.accepted.rawValue ? [:] : Self.told(own, acceptPartial: head.acceptPartial),
                isHandedOver: handedOver.contains(head.key),
                routed: routed?[index],
                sight: sights[index]
            )
        }
        // Of these nothing is left to be decided.
        let gone = heads.filter { handedOver.contains($0.key) && byOrder[$0.key] == nil }
        return decided
            + gone.map {
                SourcingWriter.Decided(head: $0, decision: .nothingWanted(of: $0.key), isHandedOver: true)
            }
    }
}
