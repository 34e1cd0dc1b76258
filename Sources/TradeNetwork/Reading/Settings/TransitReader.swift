internal import Commerce

/// `transit[n]`
enum TransitReader {
    static func read(_ value: ValueReader) -> TransitTable? {
        guard let object = value.object(["carrier", "bands", "lanes"]) else { return nil }
        let carrier = object.text("carrier", .id)
        let bands = bands(object)
        let lanes = object.entries("lanes", by: { [$0.from, $0.to] }, named: { "the lane from \($0.from) to \($0.to)" }, lane)
        if object.field("bands") == nil, object.field("lanes") == nil {
            object.fault(.missingKey, "A transit table has bands or lanes.")
        }
        guard object.field("carrier") == nil || carrier != nil else { return nil }
        return TransitTable(carrier: carrier, bands: bands, lanes: lanes)
    }

    /// Each reaches farther than the one before; only the last may be without an end.
    private static func bands(_ object: ObjectReader) -> [TransitTable.Band] {
        let items = object.value("bands")?.list() ?? []
        var reach: Int64 = 0
        return items.enumerated().compactMap { index, item in
            guard let entry = item.object(["kilometers", "days"]) else { return nil }
            let kilometers = entry.integer("kilometers", Limits.kilometers)
            let days = entry.integer("days", required: true, Limits.days)
            if entry.field("kilometers") == nil, index < items.count - 1 {
                entry.fault(.missingKey, "kilometers", "Only the last band may reach any distance; this one needs its kilometers.")
            }
            if let kilometers {
                if kilometers <= reach { entry.fault(.invalidField, "kilometers", "The band before reaches \(reach) km already.") }
                reach = max(reach, kilometers)
            }
            return days.map { TransitTable.Band(kilometers: kilometers, days: $0) }
        }
    }

    private static func lane(_ value: ValueReader) -> TransitTable.Lane? {
        guard let entry = value.object(["from", "to", "days"]) else { return nil }
        let from = entry.text("from", required: true, .country)
        let to = entry.text("to", required: true, .country)
        let days = entry.integer("days", required: true, Limits.days)
        guard let from, let to, let days else { return nil }
        return TransitTable.Lane(from: from, to: to, days: days)
    }
}
