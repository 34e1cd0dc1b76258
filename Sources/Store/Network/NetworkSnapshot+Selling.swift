internal import Commerce
package import Postgres

extension NetworkSnapshot {
    /// Units that can be sold of a stock row: neither promised nor blocked, nor kept back for safety, nor because the location's feed is
    /// late; none where the location may not ship.
    ///
    /// - Parameter sku: its id; may be missing where no rule of safety stock names a SKU.
    package func sellable(_ level: StockRows.Level, sku: String?) -> Int64 {
        guard let entry = location(key: level.location), entry.location.active else { return 0 }
        let freshness = freshness[level.location] ?? .fresh
        guard !freshness.isDropped else { return 0 }
        let kept = safetyStock.units(sku: sku, location: entry.location.id, supplier: entry.location.supplier)
        let onHand = max(0, level.onHand)
        let percent = freshness.bufferPercent(settings.freshness)
        let buffer = onHand / 100 * percent + (onHand % 100 * percent + 99) / 100
        return max(0, level.onHand - level.reserved - level.blocked - level.withheld - kept - buffer)
    }

    /// The ids of the SKUs where a rule of safety stock names any; else nothing, which `sellable` does not miss.
    package func names(of skus: [Int64], in tx: borrowing Transaction) throws -> [Int64: String] {
        safetyStock.nameSKUs ? try SKUStore.names(of: skus, in: tx) : [:]
    }

    /// Days from an order to its goods on the location's shelf: its own, else its supplier's. `nil`: nothing is said.
    package func leadTimeDays(of entry: KeyedLocation) -> Int64? {
        entry.terms.leadTimeDays ?? entry.location.supplier.flatMap { suppliers[$0]?.leadTimeDays }
    }

    /// The interval in which the location owes a feed, in minutes: its own, else its supplier's. `nil`: none, or it is not active.
    package func feedInterval(of entry: KeyedLocation) -> Int64? {
        guard entry.location.active else { return nil }
        return entry.terms.feedIntervalMinutes ?? entry.location.supplier.flatMap { suppliers[$0]?.feedIntervalMinutes }
    }
}
