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
        /// Whether goods of it were handed over at a till, just now.
        var isHandedOver = false
        /// What rules decided; `nil` where none are in force.
        var routed: RoutedOrder?
        /// What it found; `nil` where nothing was left to be decided.
        var sight: RoutingSight?

        var isUntold: Bool { !lost.isEmpty }

        /// Whether the customer hears of what waits; of what is held, the agent does first.
        fileprivate var tellsWaiting: Bool {
            (isUntold || head.status == OrderStatus.accepted.rawValue) && routed?.live.decision.held == nil
        }
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

    func write(_ decided: [Decided], in tx: borrowing Transaction, effects: inout Effects) throws {
        // A waiting order that still gets nothing stays as it is, and nothing is told twice.
        let told = decided.filter {
            $0.decision.takesStock || $0.isUntold || $0.head.status == OrderStatus.accepted.rawValue || $0.routed?.isSettled == true
        }
        guard !told.isEmpty else { return }
        let documents = try OrderDocuments.load(told.map(\.head.key), in: tx)
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
        let toldDays = promises.isEmpty ? [:] : try ToldDeliveries.of(told.filter(\.isUntold).map(\.head.key), in: tx)
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
        let terms = try writeWaiting(told, taken: fulfillments, in: tx, effects: &effects)
        var book = EventBook(role: .sourcing, now: now)
        var heads: [OrderLocks.LockedOrder] = []
        for (item, plans) in zip(told, plans) {
            var head = item.head
            let document = try documents.of(head.key)
            announce(plans, of: item, head: &head, document: document, book: &book)
            tellDelay(plans, of: item, told: toldDays[head.key] ?? [:], head: &head, document: document, book: &book)
            tellWaiting(item, terms: terms, head: &head, document: document, book: &book)
            let ruled = try outcomes.tell(item, head: &head, after: item.head.eventSequence, document: document, book: &book)
            let status = ruled ?? status(after: item)
            head.status = status.rawValue
            if ruled == nil, status == .completed { complete(&head, document: document, book: &book) }
            heads.append(head)
        }
        try OrderLocks.update(heads, in: tx)
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

    /// Tells of goods that another parcel brings now, later than their customer knows.
    private func tellDelay(
        _ plans: [ParcelPlan],
        of item: Decided,
        told: [Int: CivilDate],
        head: inout OrderLocks.LockedOrder,
        document: PlacedOrder,
        book: inout EventBook
    ) {
        guard !told.isEmpty else { return }
        let parcels = plans.map { plan in
            DeliveryChange.NewParcel(
                delivery: plan.delivery,
                lines: plan.parcel.lines.map { LineUnits(line: Int($0.line), quantity: $0.quantity) }
            )
        }
        guard let change = DeliveryChange.later(parcels, lost: item.lost, told: told) else { return }
        head.eventSequence += 1
        book.tell(change, of: document, order: head.key, sequence: head.eventSequence)
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
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws -> WaitingTerms {
        let fresh = told.filter { $0.head.status == OrderStatus.accepted.rawValue }
        var terms = try WaitingTerms(fresh, network: network, in: tx)
        func needs(_ items: [Decided]) -> [WaitingLines.Need] {
            items.flatMap { item in
                let isTold = item.tellsWaiting || !(item.isUntold || item.head.status == OrderStatus.accepted.rawValue)
                return item.decision.waiting.map {
                    WaitingLines.Need(
                        order: item.head.key,
                        line: $0.line,
                        sku: $0.sku,
                        quantity: $0.quantity,
                        isTold: isTold,
                        preorder: terms.isPreorder(item.head.key, line: $0.line)
                    )
                }
            }
        }
        let waited = told.filter { $0.head.status != OrderStatus.accepted.rawValue }
        try WaitingLines.insert(needs(fresh), in: tx)
        try WaitingLines.replace(of: waited.map(\.head.key), by: needs(waited), in: tx)
        let taken = Set(fulfillments.flatMap { $0.lines.map(\.sku) })
        let concerned = taken.intersection(awaited).union(told.flatMap { $0.decision.waiting.map(\.sku) })
        let expected = try ExpectedStock.expected(among: concerned.sorted(), in: tx)
        guard !expected.isEmpty else { return terms }
        try terms.promise(fresh, expected: Set(expected), network: network, now: now, in: tx)
        effects.send(expected, piece: SourcingHandler.promisesPerMessage) { .promise(skus: $0) }
        return terms
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
