internal import Commerce

/// The keys of a network file beside its four lists of things.
struct SettingsReader {
    let references: References

    func read(_ root: ObjectReader) -> NetworkSettings {
        let stock = StockRulesReader(references: references)
        var settings = NetworkSettings(
            calendars: root.entries("calendars", by: \.country, named: { "the calendar of \($0.country)" }, CalendarReader.read),
            transit: root.entries(
                "transit",
                by: \.carrier,
                named: { table in table.carrier.map { "the table of \($0)" } ?? "the table without a carrier" },
                TransitReader.read
            ),
            safetyStock: root.entries(
                "safetyStock",
                by: { [$0.sku, $0.location, $0.supplier] },
                named: { _ in "about the same SKU, location and supplier" },
                stock.safetyStock
            ),
            allotments: root.entries(
                "allotments",
                by: { [$0.channel, $0.sku] },
                named: { _ in "about the same channel and SKU" },
                stock.allotment
            ),
            preorders: root.entries(
                "preorders",
                by: { [$0.sku, $0.location] },
                named: { _ in "about the same SKU and location" },
                stock.preorder
            )
        )
        if let value = root.value("freshness") { settings.freshness = HouseRulesReader.freshness(value) }
        if let value = root.value("fulfillment") { settings.fulfillment = HouseRulesReader.fulfillment(value) }
        if let value = root.value("pickup") { settings.pickup = HouseRulesReader.pickup(value) }
        let rules = RulesReader(references: references)
        if let value = root.value("rules") { settings.rules.live = rules.read(value) }
        if let value = root.value("shadowRules") {
            let shadow = rules.read(value)
            settings.rules.shadow = shadow.isEmpty ? nil : shadow
        }
        checkShares(settings.allotments, root)
        return settings
    }

    /// Channels cannot be promised more than all there is of a SKU.
    private func checkShares(_ allotments: [Allotment], _ root: ObjectReader) {
        func percent(_ allotment: Allotment) -> Int64 {
            if case .percent(let share) = allotment.size { share } else { 0 }
        }
        let general = allotments.filter { $0.sku == nil }
        for sku in [nil] + Set(allotments.compactMap(\.sku)).sorted() {
            let special = sku == nil ? [] : allotments.filter { $0.sku == sku }
            let channels = Set(special.map(\.channel))
            let sum = (special + general.filter { !channels.contains($0.channel) }).reduce(0) { $0 + percent($1) }
            if sum > 100 {
                let what = sku.map { "SKU \"\($0.clipped)\"" } ?? "every SKU"
                root.fault(.invalidField, "allotments", "Of \(what), the channels are allotted \(sum) percent together.")
                return
            }
        }
    }
}
