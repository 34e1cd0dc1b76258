internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Steps locations on as their feeds come or fail to come, and tells everybody whom that concerns.
struct FreshnessNews {
    struct Step: Sendable {
        var before: FreshnessStore.Row
        var freshness: FeedFreshness
        /// When the location's last feed was complete.
        var lastFeedAt: Timestamp
    }

    let network: NetworkSnapshot
    let now: Timestamp

    /// Where the location of a row should stand.
    func freshness(of row: FreshnessStore.Row) -> FeedFreshness {
        FeedFreshness(
            age: row.age,
            intervalMinutes: network.location(key: row.location).flatMap(network.feedInterval),
            rule: network.settings.freshness
        )
    }

    /// Intervals that the location of a row let go by since its last feed.
    func missed(by row: FreshnessStore.Row) -> Int64 {
        FeedFreshness.missed(age: row.age, intervalMinutes: network.location(key: row.location).flatMap(network.feedInterval))
    }

    /// Has the reliability of locked rows' locations know of missed intervals: of one at most, however many they are. Those that went by
    /// while nobody looked (no worker ran, or a network file asked for feeds more often) tell nothing of the location.
    func count(missed rows: [FreshnessStore.Row], in tx: borrowing Transaction) throws {
        var (counts, tallies): ([(location: Int32, missed: Int64)], [Int32: FeedTally]) = ([], [:])
        for row in rows {
            let missed = missed(by: row)
            guard missed > row.countedMissed else { continue }
            counts.append((row.location, missed))
            tallies[row.location, default: FeedTally()].addMissed()
        }
        try FreshnessStore.countMissed(counts, in: tx)
        try ReliabilityStore.add(tallies, at: now, in: tx)
    }

    /// Writes the steps of locked rows: a new version of the network, so that every worker hears of it; an event each; and as what can be
    /// sold there changes, storefronts and waiting orders hear of it too.
    func write(_ steps: [Step], in tx: borrowing Transaction, effects: inout Effects) throws {
        guard !steps.isEmpty else { return }
        let numbers = try FreshnessStore.step(steps.map { ($0.before.location, $0.freshness) }, in: tx)
        for (step, number) in zip(steps, numbers) {
            guard let entry = network.location(key: step.before.location) else { continue }
            let event = Event.LocationFeed(
                kind: step.freshness.isDropped ? .dropped : step.freshness.missed > step.before.freshness.missed ? .late : .restored,
                location: entry.location.id,
                missedIntervals: step.freshness.missed,
                bufferPercent: step.freshness.bufferPercent(network.settings.freshness),
                intervalMinutes: network.feedInterval(of: entry),
                lastFeedAt: step.lastFeedAt
            )
            effects.send(
                OutboxMessage(OutboundEvent(event, id: EventID.thing("location", entry.location.id, number), time: now, role: .stock))
            )
        }
        try tellOfStock(steps, in: tx, effects: &effects)
        try NetworkStore.renew(in: tx)
    }

    private func tellOfStock(_ steps: [Step], in tx: borrowing Transaction, effects: inout Effects) throws {
        var skus: Set<Int64> = []
        var freed: Set<Int64> = []
        // What is on its way to a location that drops out is promised to nobody.
        var coming: Set<Int64> = []
        for step in steps {
            let there = try FreshnessStore.skus(at: step.before.location, in: tx)
            skus.formUnion(there)
            if step.freshness.missed < step.before.freshness.missed { freed.formUnion(there) }
            if step.freshness.isDropped != step.before.freshness.isDropped {
                coming.formUnion(try ExpectedStock.skus(at: step.before.location, in: tx))
            }
        }
        try tellOfStock(skus.sorted(), freed: freed.sorted(), in: tx, effects: &effects)
        try effects.sendPromises(coming.subtracting(skus).sorted(), in: tx)
    }

    /// What can be sold of the SKUs may be other than it was: storefronts hear of it, who waits for those of which there may be more, and who
    /// was promised some.
    ///
    /// - Parameter freed: `nil`: all of them.
    func tellOfStock(_ skus: [Int64], freed: [Int64]? = nil, in tx: borrowing Transaction, effects: inout Effects) throws {
        effects.send(skus, piece: StockFeedHandler.changesPerMessage) { .availability(skus: $0) }
        let awaited = try WaitingLines.awaited(among: freed ?? skus, in: tx)
        effects.send(awaited, piece: SourcingHandler.skusPerMessage) { .wake(skus: $0, after: 0) }
        try effects.sendPromises(skus, in: tx)
    }

    /// `feed.suspicious`, counted in the location's record.
    func tell(
        _ kind: FreshnessStore.Suspicion,
        of location: NetworkSnapshot.KeyedLocation,
        sequence: Int64,
        expected: Int64? = nil,
        skus: Int64? = nil,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        let number = try FreshnessStore.count(kind, skus ?? 1, location: location.key, in: tx)
        let event = Event.FeedSuspicious(
            kind: Event.FeedSuspicious.Kind(rawValue: kind.rawValue) ?? .repeat,
            location: location.location.id,
            sequence: sequence,
            expectedSequence: expected,
            skus: skus
        )
        effects.send(
            OutboxMessage(OutboundEvent(event, id: EventID.thing("location", location.location.id, number), time: now, role: .stock))
        )
    }
}
