internal import Commerce

/// What is kept back, kept apart, and sold before it is there: `safetyStock`, `allotments`, `preorders`.
struct StockRulesReader {
    let references: References

    func safetyStock(_ value: ValueReader) -> SafetyStock? {
        guard let object = value.object(["sku", "location", "supplier", "units"]) else { return nil }
        let sku = object.text("sku", .foreignID)
        let location = references.id(.location, in: object, "location")
        let supplier = references.id(.supplier, in: object, "supplier")
        guard let units = object.integer("units", required: true, Limits.units),
            // A scope that could not be read would be a wider one.
            (sku == nil) == (object.field("sku") == nil), (location == nil) == (object.field("location") == nil),
            (supplier == nil) == (object.field("supplier") == nil)
        else { return nil }
        return SafetyStock(sku: sku, location: location, supplier: supplier, units: units)
    }

    func allotment(_ value: ValueReader) -> Allotment? {
        guard let object = value.object(["channel", "sku", "units", "percent", "since", "until"]) else { return nil }
        let channel = references.id(.channel, in: object, "channel", required: true)
        let sku = object.text("sku", .foreignID)
        let size = size(object)
        let since = object.value("since")?.moment()
        let until = object.value("until")?.moment()
        if let since, let until, since >= until { object.fault(.invalidField, "until", "The end is not after the beginning, \(since).") }
        guard let channel, let size, (sku == nil) == (object.field("sku") == nil) else { return nil }
        return Allotment(channel: channel, sku: sku, size: size, since: since, until: until)
    }

    private func size(_ object: ObjectReader) -> Allotment.Size? {
        let units = object.integer("units", Limits.units)
        let percent = object.integer("percent", Limits.percent)
        switch (object.field("units") != nil, object.field("percent") != nil) {
        case (true, true): object.fault(.invalidField, "percent", "Either units or percent, not both.")
        case (false, false): object.fault(.missingKey, "units", "How much is kept is missing: units or percent.")
        case (true, false): return units.map { .units($0) }
        case (false, true): return percent.map { .percent($0) }
        }
        return nil
    }

    func preorder(_ value: ValueReader) -> Preorder? {
        guard let object = value.object(["sku", "location", "limit"]) else { return nil }
        let sku = object.text("sku", required: true, .foreignID)
        let location = references.id(.location, in: object, "location", required: true)
        let limit = object.integer("limit", required: true, 1...Limits.units.upperBound)
        guard let sku, let location, let limit else { return nil }
        return Preorder(sku: sku, location: location, limit: limit)
    }
}
