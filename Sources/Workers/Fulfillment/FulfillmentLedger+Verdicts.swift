internal import Commerce
internal import Store

extension FulfillmentLedger {
    /// How locations did with the parcels that ended in this batch, by location key.
    func verdicts(of changed: [OrderAggregate]) -> [Int32: VerdictTally] {
        var ended: [FulfillmentRows.Row] = []
        for order in changed {
            guard let old = before[order.head.key] else { continue }
            for (parcel, known) in zip(order.fulfillments, old.fulfillments)
            where parcel.state.status.isClosed && !known.state.status.isClosed {
                ended.append(parcel)
            }
        }
        guard !ended.isEmpty else { return [:] }
        let keys = Set(ended.map(\.key))
        let sent = Dictionary(grouping: shipments.values.filter { keys.contains($0.fulfillment) }, by: \.fulfillment)
        var tallies: [Int32: VerdictTally] = [:]
        for parcel in ended {
            let times = (sent[parcel.key] ?? []).map(\.occurredAt)
            let place = network.location(key: parcel.location)
            let verdict = ParcelVerdict(
                refusals: refusals[parcel.key] ?? [],
                shippedUnits: parcel.lines.reduce(0) { $0 + $1.shipped - $1.unexpected },
                requestedAt: parcel.createdAt,
                answeredAt: [parcel.acceptedAt, times.min()].compactMap { $0 }.min(),
                answerWithinMinutes: place.flatMap { network.answerWithinMinutes($0) },
                dispatchedAt: times.max(),
                leadTimeHours: place?.location.leadTimeHours
            )
            if let verdict { tallies[parcel.location, default: VerdictTally()].add(verdict) }
        }
        return tallies
    }
}

extension NetworkSnapshot {
    /// How long the location may take to answer: its own term, else the network's; `nil`: as long as it likes.
    func answerWithinMinutes(_ entry: KeyedLocation) -> Int64? {
        entry.terms.answerWithinMinutes ?? settings.fulfillment.answerWithinMinutes
    }
}
