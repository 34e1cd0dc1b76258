internal import Commerce
internal import Postgres
internal import Store

/// What those who wait for some SKUs can be promised, as the tables say now.
struct PromiseCalculation {
    /// Of each SKU so many lines are looked at, the oldest; whoever waits behind them is promised nothing yet.
    static let linesPerSKU = 5_000

    struct Line: Sendable {
        var row: WaitingPromises.Row
        var promise: Timestamp?

        /// Whether something else was told.
        var isNews: Bool { row.promisedAt != promise }
    }

    /// Lines by SKU, order and place.
    let lines: [Line]

    init(_ skus: [Int64], network: NetworkSnapshot, now: Timestamp, in tx: borrowing Transaction) throws {
        let waiting = try WaitingPromises.queue(skus, limit: Self.linesPerSKU, in: tx)
        let active = Set(network.activeLocations)
        let arrivals = waiting.isEmpty ? [] : try ExpectedStock.arrivals(of: skus, after: now, in: tx)
        let levels = arrivals.isEmpty ? [] : try AvailabilityStore.of(skus, in: tx).flatMap(\.levels)
        let promises = PromiseAllocation.promises(
            for: waiting.map(\.wait),
            shelves: levels.filter { active.contains($0.location) }.map {
                PromiseAllocation.Shelf(sku: $0.sku, location: Int64($0.location), free: $0.available, shortfall: $0.shortfall)
            },
            arrivals: arrivals.filter { active.contains(Int32(truncatingIfNeeded: $0.location)) }
        )
        lines = zip(waiting, promises).map { Line(row: $0, promise: $1) }
    }
}
