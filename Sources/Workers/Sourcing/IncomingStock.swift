package import Commerce
package import Postgres
package import Store

/// Deliveries that are open, and what of each is spoken for: what those who wait are promised, looked at from the other side.
package struct IncomingStock: Sendable {
    package struct Delivery: Sendable {
        package var row: ExpectedStock.Row
        /// The SKU's id.
        package var sku: String
        package var use: PromiseAllocation.Use
        /// Its date has passed and nobody counted since: it promises nothing until it is announced anew.
        package var isOverdue: Bool

        /// Units promised to nobody.
        package var free: Int64 { max(0, row.quantity - use.units) }
    }

    /// The earliest first.
    package var deliveries: [Delivery]

    /// Reads at most `limit` deliveries.
    ///
    /// - Parameters:
    ///   - sku: only this one's; its id.
    ///   - location: only those to it.
    package init(
        sku: String?,
        location: Int32?,
        limit: Int,
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws {
        let shown = try ExpectedStock.awaited(sku: sku, location: location, limit: limit, in: tx)
        let skus = Set(shown.map(\.sku)).sorted()
        let names = try SKUStore.names(of: skus, in: tx)
        let active = Set(network.activeLocations)
        // Of a SKU all deliveries count, also those that are not shown: the earlier ones are taken first.
        let open = try ExpectedStock.open(of: skus, in: tx).filter { active.contains($0.location) && $0.expectedAt > now }
        let levels = skus.isEmpty ? [] : try AvailabilityStore.of(skus, in: tx).flatMap(\.levels)
        let uses = PromiseAllocation.uses(
            of: open.map { .init(sku: $0.sku, location: Int64($0.location), at: $0.expectedAt, units: $0.quantity) },
            by: try WaitingPromises.queue(skus, limit: PromiseCalculation.linesPerSKU, in: tx).map(\.wait),
            shelves: levels.filter { active.contains($0.location) }.map {
                .init(sku: $0.sku, location: Int64($0.location), free: $0.available, shortfall: $0.shortfall)
            }
        )
        var known: [Name: PromiseAllocation.Use] = [:]
        for (row, use) in zip(open, uses) { known[Name(row)] = use }
        deliveries = shown.map { row in
            Delivery(row: row, sku: names[row.sku] ?? "?", use: known[Name(row)] ?? .init(), isOverdue: row.expectedAt <= now)
        }
    }

    private struct Name: Hashable {
        var location: Int32
        var reference: ExactID
        var sku: Int64

        init(_ row: ExpectedStock.Row) { (location, reference, sku) = (row.location, ExactID(row.reference), row.sku) }
    }
}
