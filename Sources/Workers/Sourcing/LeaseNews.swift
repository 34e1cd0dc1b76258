internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What is told of leases that ended.
struct LeaseNews {
    let network: NetworkSnapshot
    let now: Timestamp

    func ended(
        _ leases: [LeaseStore.Lease],
        _ kind: Event.Reservation.Kind,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        guard !leases.isEmpty else { return }
        let names = try SKUStore.names(of: Set(leases.flatMap { $0.lines.map(\.sku) }).sorted(), in: tx)
        for lease in leases {
            guard let channel = network.channel(key: lease.name.channel) else { continue }
            let event = OutboundEvent(
                Event.Reservation(
                    kind: kind,
                    channel: channel.channel.id,
                    basketID: lease.name.basket.text,
                    lines: lease.lines.map { ReservationRequested.Line(sku: names[$0.sku] ?? "", quantity: $0.units) }
                ),
                id: EventID.reservation(lease: lease.key, sequence: lease.sequence + 1),
                time: now,
                role: .sourcing
            )
            effects.send(OutboxMessage(event))
        }
    }
}

extension Effects {
    /// What these leases held is there for everybody again.
    mutating func free(_ leases: [LeaseStore.Lease]) {
        let skus = Set(leases.flatMap { $0.lines.map(\.sku) })
        sendKept(changed: skus, freed: skus)
    }

    /// Storefronts may have to hear of SKUs of which more or less is kept, and whoever waits for what is free again may get it.
    ///
    /// The wake is sent whether anybody waits yet or not: leases are freed without the locks of stock, so that an order which is being
    /// decided at this moment still counts them, and begins to wait where this transaction cannot see it.
    mutating func sendKept(changed: Set<Int64>, freed: Set<Int64>) {
        send(freed.sorted(), piece: SourcingHandler.skusPerMessage) { .wake(skus: $0, after: 0) }
        send(changed.sorted(), piece: StockFeedHandler.changesPerMessage) { .availability(skus: $0) }
    }
}
