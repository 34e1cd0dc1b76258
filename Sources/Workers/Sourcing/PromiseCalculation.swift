internal import Commerce
internal import Postgres
internal import Store

/// What those who wait for some SKUs can be promised, as the tables say now.
struct PromiseCalculation {
    /// Of each SKU so many lines are looked at, the oldest; whoever waits behind them is promised nothing yet.
    static let linesPerSKU = 5_000

    struct Line: Sendable {
        var row: WaitingPromises.Row
        var promise: PromiseAllocation.Promise

        /// Whether something else was told, or may have been: from another location the same date is another day for the customer. That goods
        /// are there is no news: whoever waits with them waits for something else. What is untold, sourcing is about to tell.
        var isNews: Bool {
            guard !row.isUntold else { return false }
            switch promise {
            case .there: return false
            case .arrival(let at, let location): return row.promisedAt != at || row.promisedFrom.map(Int64.init) != location
            case .unknown: return row.promisedAt != nil || row.word == .there
            }
        }
    }

    /// Lines by SKU, order and place.
    let lines: [Line]

    init(_ skus: [Int64], network: NetworkSnapshot, now: Timestamp, in tx: borrowing Transaction) throws {
        let waiting = try WaitingPromises.queue(skus, limit: Self.linesPerSKU, in: tx)
        guard !waiting.isEmpty else {
            lines = []
            return
        }
        // What comes to a location that has dropped out, or lies there, is for nobody until it is back.
        let arrivals = try ExpectedStock.arrivals(of: skus, after: now, in: tx).filter {
            network.isPromising(Int32(truncatingIfNeeded: $0.location))
        }
        let shelves = try AvailabilityStore.of(skus, in: tx).flatMap { sku in
            sku.levels.filter { network.isPromising($0.location) }.map { level in
                PromiseAllocation.Shelf(
                    sku: level.sku,
                    location: Int64(level.location),
                    free: network.sellable(level, sku: sku.id),
                    shortfall: level.shortfall
                )
            }
        }
        let promises = PromiseAllocation.promises(for: waiting.map(\.wait), shelves: shelves, arrivals: arrivals)
        lines = zip(waiting, promises).map { Line(row: $0, promise: $1) }
    }
}

extension NetworkSnapshot {
    /// Whether what lies at the location, or is on its way there, can be promised.
    fileprivate func isPromising(_ location: Int32) -> Bool {
        guard let entry = self.location(key: location), entry.location.active else { return false }
        return !(freshness[location] ?? .fresh).isDropped
    }
}
