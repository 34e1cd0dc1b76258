internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Writes a batch's decisions: reservations, fulfillments, what waits, and what is told of it.
struct SourcingWriter {
    struct Decided: Sendable {
        var head: OrderLocks.LockedOrder
        var decision: SourcingDecision
        /// Lines of which it lost what it had, and its customer does not know that they wait again.
        var lost: Set<Int> = []
        /// The last word on when its lines arrive; none of an order that is decided for the first time.
        var told: [Int: DeliveryChange.Told] = [:]
        /// Whether goods of it were handed over at a till, just now.
        var isHandedOver = false
        /// What rules decided; `nil` where none are in force.
        var routed: RoutedOrder?
        /// What it found; `nil` where nothing was left to be decided.
        var sight: RoutingSight?

        var isUntold: Bool { !lost.isEmpty }
        /// It is decided for the first time.
        var isFresh: Bool { head.status == OrderStatus.accepted.rawValue }

        /// Whether the customer hears of what waits; of what is held, the agent does first.
        var tellsWaiting: Bool { (isUntold || isFresh) && routed?.live.decision.held == nil }
    }

    private struct ParcelPlan {
        var key: Int64
        var parcel: Parcel
        var delivery: DeliveryEstimate?
    }

    let network: NetworkSnapshot
    let now: Timestamp
    /// Orders that are collected, by order.
    let pickups: [Int64: Pickups.Pickup]
    /// SKUs that somebody waited for before these decisions.
    let awaited: Set<Int64>
    /// What is left after these decisions of SKUs that lie there and that nobody waited for before, where new orders wait with them.
    let free: [Int64: Int64]
    /// Documents of orders, as far as they were read already.
    let documents: [Int64: [UInt8]]

    func write(_ decided: [Decided], in tx: borrowing Transaction, effects: inout Effects) throws {
        // A waiting order that still gets nothing stays as it is, and nothing is told twice.
        let told = decided.filter {
            $0.decision.takesStock || $0.isUntold || $0.isFresh || $0.routed?.isSettled == true
        }
        guard !told.isEmpty else { return }
        let documents = try OrderDocuments.load(told.map(\.head.key), known: documents, in: tx)
        var keys = try FulfillmentInsert.nextKeys(told.reduce(0) { $0 + $1.decision.parcels.count }, in: tx).makeIterator()
        let promises = DeliveryPromises(network: network, now: now)
        let plans = try told.map { item in
            let document = try documents.of(item.head.key)
            return item.decision.parcels.compactMap { parcel in
                keys.next().map { key in
                    let delivery = promises.window(
                        from: Int32(parcel.location),
                        day: parcel.day,
                        of: document,
                        to: item.head.coordinates
                    )
                    return ParcelPlan(key: key, parcel: parcel, delivery: delivery)
                }
            }
        }
        var outcomes = try RoutingOutcomes(told, network: network, now: now, in: tx)
        let fulfillments = zip(told, plans).flatMap { item, plans in
            plans.map { plan in
                FulfillmentInsert.NewFulfillment(
                    key: plan.key,
                    order: item.head.key,
                    location: Int32(plan.parcel.location),
                    status: FulfillmentStatus.requested.rawValue,
                    lines: plan.parcel.lines.map { FulfillmentInsert.Line(line: $0.line, sku: $0.sku, quantity: $0.quantity) },
                    capacityDay: network.capacityDay(plan.parcel.day, at: Int32(plan.parcel.location)),
                    delivery: plan.delivery
                )
            }
        }
        try StockRows.reserve(reservations(fulfillments), in: tx)
        try FulfillmentInsert.insert(fulfillments, at: now, in: tx)
        try Transfers.mark(transfers(fulfillments), in: tx)
        let terms = try writeWaiting(
            told,
            taken: fulfillments,
            documents: documents,
            promises: promises,
            in: tx,
            effects: &effects
        )
        var book = EventBook(role: .sourcing, now: now)
        var delays: [DeliveryDelays.Delay] = []
        var heads: [OrderLocks.LockedOrder] = []
        for (item, plans) in zip(told, plans) {
            var head = item.head
            let document = try documents.of(head.key)
            announce(plans, of: item, head: &head, document: document, book: &book)
            delays += tellDelay(plans, of: item, head: &head, document: document, book: &book)
            tellWaiting(item, terms: terms, head: &head, document: document, book: &book)
            let ruled = try outcomes.tell(item, head: &head, after: item.head.eventSequence, document: document, book: &book)
            let status = ruled ?? status(after: item)
            head.status = status.rawValue
            if ruled == nil, status == .completed { complete(&head, document: document, book: &book) }
            heads.append(head)
        }
        try OrderLocks.update(heads, in: tx)
        // Who is told to wait again hears so in that mail.
        let retold = told.filter { $0.isUntold && $0.tellsWaiting }
        try DeliveryDelays.overtake(retold.flatMap { item in item.decision.waiting.map { (item.head.key, $0.line) } }, at: now, in: tx)
        try DeliveryDelays.insert(delays, at: now, in: tx)
        try outcomes.write(in: tx)
        try book.commit(in: tx, effects: &effects)
        let changed = Set(fulfillments.flatMap { $0.lines.map(\.sku) }).sorted()
        effects.send(changed, piece: StockFeedHandler.changesPerMessage) { .availability(skus: $0) }
    }

    /// What the quantities say, from what the order was: sourcing only moves units from waiting to reserved.
    private func status(after item: Decided) -> OrderStatus {
        let before = OrderStatus(rawValue: item.head.status) ?? .accepted
        if before == .partlyShipped { return before }
        if item.isHandedOver { return item.decision.waiting.isEmpty && !item.decision.takesStock ? .completed : .partlyShipped }
        if item.decision.waiting.isEmpty { return .sourced }
        return item.decision.takesStock || before == .partlySourced ? .partlySourced : .waiting
    }

    private func announce(
        _ plans: [ParcelPlan],
        of item: Decided,
        head: inout OrderLocks.LockedOrder,
        document: PlacedOrder,
        book: inout EventBook
    ) {
        if !plans.isEmpty {
            head.eventSequence += 1
            let sourced = Event.OrderSourced(
                channel: document.channel,
                orderID: document.orderID,
                version: Int64(head.eventSequence),
                fulfillments: plans.map { plan in
                    Event.OrderSourced.Fulfillment(
                        fulfillmentID: FulfillmentID.text(plan.key),
                        location: locationID(plan.parcel.location),
                        lines: plan.parcel.lines.map { document.eventLine(Int($0.line), quantity: $0.quantity) },
                        delivery: plan.delivery
                    )
                }
            )
            book.add(sourced, order: head.key, sequence: head.eventSequence, detail: sourced.delivery?.interval)
        }
        let store = pickups[head.key].flatMap { network.location(key: $0.location)?.location }
        for plan in plans {
            head.eventSequence += 1
            let id = FulfillmentID.text(plan.key)
            let requested = Event.FulfillmentRequested(
                fulfillmentID: id,
                channel: document.channel,
                orderID: document.orderID,
                location: locationID(plan.parcel.location),
                shippingAddress: store?.pickupAddress ?? document.shippingAddress,
                pickupLocation: store?.id,
                lines: plan.parcel.lines.map { document.eventLine(Int($0.line), quantity: $0.quantity, named: true) }
            )
            let hasQueue = network.location(key: Int32(plan.parcel.location))?.location.queue ?? false
            book.add(requested, order: head.key, sequence: head.eventSequence, reference: id, mandatory: hasQueue)
        }
    }

    /// Tells of goods that are in a parcel now, and later than their customer was told: as what was promised, or as the days of another
    /// parcel. Of orders that are collected, no parcel's days are told.
    private func tellDelay(
        _ plans: [ParcelPlan],
        of item: Decided,
        head: inout OrderLocks.LockedOrder,
        document: PlacedOrder,
        book: inout EventBook
    ) -> [DeliveryDelays.Delay] {
        guard !plans.isEmpty, !item.told.isEmpty, pickups[head.key] == nil else { return [] }
        let parcels = plans.map { plan in
            DeliveryChange.NewParcel(
                delivery: plan.delivery,
                lines: plan.parcel.lines.map { LineUnits(line: Int($0.line), quantity: $0.quantity) }
            )
        }
        let changes = DeliveryChange.later(parcels, told: item.told)
        return book.tell(changes, of: document, order: head.key, sequence: &head.eventSequence)
    }

    /// Tells when the order starts to wait: for the first time, or again.
    private func tellWaiting(
        _ item: Decided,
        terms: WaitingTerms,
        head: inout OrderLocks.LockedOrder,
        document: PlacedOrder,
        book: inout EventBook
    ) {
        let waiting = item.decision.waiting
        guard !waiting.isEmpty, item.tellsWaiting else { return }
        head.eventSequence += 1
        let backordered = Event.OrderBackordered(
            channel: document.channel,
            orderID: document.orderID,
            version: Int64(head.eventSequence),
            lines: waiting.map { terms.eventLine($0, order: head.key, document: document) }
        )
        book.add(backordered, order: head.key, sequence: head.eventSequence)
    }

    /// Tells that nothing of the order is open any more: all of it left over the counter.
    private func complete(_ head: inout OrderLocks.LockedOrder, document: PlacedOrder, book: inout EventBook) {
        head.eventSequence += 1
        let completed = Event.OrderCompleted(channel: document.channel, orderID: document.orderID, version: Int64(head.eventSequence))
        book.add(completed, order: head.key, sequence: head.eventSequence)
    }

    /// Writes what waits, and finds out what it can be promised; promises of others are calculated again a little later.
    private func writeWaiting(
        _ told: [Decided],
        taken fulfillments: [FulfillmentInsert.NewFulfillment],
        documents: OrderDocuments,
        promises: DeliveryPromises,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws -> WaitingTerms {
        let fresh = told.filter(\.isFresh)
        let waited = told.filter { !$0.isFresh }
        let telling = told.filter(\.tellsWaiting)
        var terms = try WaitingTerms(fresh, network: network, in: tx)
        terms.findInStock(telling.filter(\.isFresh), free: free)
        try WaitingLines.insert(needs(of: fresh, terms), in: tx)
        try WaitingLines.replace(of: waited.map(\.head.key), by: needs(of: waited, terms), in: tx)
        let taken = Set(fulfillments.flatMap { $0.lines.map(\.sku) }).intersection(awaited)
        let rewaiting = Set(waited.flatMap { $0.decision.waiting.map(\.sku) })
        let concerned = taken.union(rewaiting).union(fresh.flatMap { $0.decision.waiting.map(\.sku) })
        let moving = try WaitingPromises.moving(among: concerned.sorted(), in: tx)
        try terms.promise(
            telling,
            expected: Set(moving.expected),
            documents: documents,
            promises: promises,
            network: network,
            now: now,
            in: tx
        )
        let gone = taken.union(rewaiting)
        let again = Set(moving.expected).union(moving.told.filter(gone.contains)).sorted()
        effects.send(again, piece: SourcingHandler.promisesPerMessage) { .promise(skus: $0) }
        return terms
    }

    private func needs(of items: [Decided], _ terms: WaitingTerms) -> [WaitingLines.Need] {
        items.flatMap { item in
            item.decision.waiting.map { need in
                let isLost = item.lost.contains(Int(need.line))
                return WaitingLines.Need(
                    order: item.head.key,
                    line: need.line,
                    sku: need.sku,
                    quantity: need.quantity,
                    isTold: item.tellsWaiting || !(isLost || item.isFresh),
                    word: isLost ? item.told[Int(need.line)]?.word ?? .unknown : terms.word(item.head.key, line: need.line),
                    preorder: terms.isPreorder(item.head.key, line: need.line)
                )
            }
        }
    }

    /// Parcels that go to the store where their order is collected, from elsewhere.
    private func transfers(_ fulfillments: [FulfillmentInsert.NewFulfillment]) -> [(fulfillment: Int64, store: Int32)] {
        fulfillments.compactMap { parcel in
            guard let store = pickups[parcel.order]?.location, store != parcel.location else { return nil }
            return (parcel.key, store)
        }
    }

    /// One change per stock row, in lock order.
    private func reservations(_ fulfillments: [FulfillmentInsert.NewFulfillment]) -> [StockRows.Change] {
        struct Place: Hashable {
            var sku: Int64
            var location: Int32
        }
        var units: [Place: Int64] = [:]
        for fulfillment in fulfillments {
            for line in fulfillment.lines { units[Place(sku: line.sku, location: fulfillment.location), default: 0] += line.quantity }
        }
        return units.map { StockRows.Change(sku: $0.key.sku, location: $0.key.location, units: $0.value) }
            .sorted { ($0.sku, $0.location) < ($1.sku, $1.location) }
    }

    private func locationID(_ key: Int64) -> String { network.location(key: Int32(key))?.location.id ?? "" }
}
