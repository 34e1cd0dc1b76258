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
                by: { Scope($0.sku, $0.location, $0.supplier) },
                named: { _ in "about the same SKU, location and supplier" },
                stock.safetyStock
            ),
            allotments: root.entries(
                "allotments",
                by: { Scope($0.sku, $0.channel) },
                named: { _ in "about the same channel and SKU" },
                stock.allotment
            ),
            preorders: root.entries(
                "preorders",
                by: { Scope($0.sku, $0.location) },
                named: { _ in "about the same SKU and location" },
                stock.preorder
            )
        )
        if let value = root.value("freshness") { settings.freshness = HouseRulesReader.freshness(value) }
        if let value = root.value("fulfillment") { settings.fulfillment = HouseRulesReader.fulfillment(value) }
        if let value = root.value("pickup") { settings.pickup = HouseRulesReader.pickup(value) }
        if let value = root.value("storefront") { settings.storefront = HouseRulesReader.storefront(value) }
        if let value = root.value("decisions") { settings.decisions = HouseRulesReader.decisions(value) }
        let rules = RulesReader(references: references)
        if let value = root.value("rules") { settings.rules.live = rules.read(value) }
        if let value = root.value("shadowRules") {
            let shadow = rules.read(value)
            settings.rules.shadow = shadow.isEmpty ? nil : shadow
        }
        checkShares(settings.allotments, root)
        return settings
    }

    /// What an entry is about. SKUs are compared byte by byte.
    private struct Scope: Hashable {
        var sku: ExactID?
        var first: String?
        var second: String?

        init(_ sku: String?, _ first: String?, _ second: String? = nil) {
            (self.sku, self.first, self.second) = (sku.map { ExactID($0) }, first, second)
        }
    }

    /// Channels cannot be promised more than all there is of a SKU. What a channel is given of a SKU goes before what it is given of all.
    private func checkShares(_ allotments: [Allotment], _ root: ObjectReader) {
        var shares: [ExactID?: [String: Int64]] = [nil: [:]]
        for allotment in allotments {
            let percent: Int64 = if case .percent(let percent) = allotment.size { percent } else { 0 }
            shares[allotment.sku.map { ExactID($0) }, default: [:]][allotment.channel] = percent
        }
        let general = shares[nil] ?? [:]
        for sku in [nil] + shares.keys.compactMap(\.self).sorted() {
            let sum = general.merging(shares[sku] ?? [:]) { _, special in special }.values.reduce(0, +)
            guard sum > 100 else { continue }
            let what = sku.map { "SKU \"\($0.text.clipped)\"" } ?? "every SKU"
            root.fault(.invalidField, "allotments", "Of \(what), the channels are allotted \(sum) percent together.")
            return
        }
    }
}
