internal import Commerce
internal import Logging
internal import Postgres
internal import Store

/// A part of role `stock` that works by the clock: finds locations whose feeds are late, and rules about what is kept back that the network
/// file changed. One process at a time does.
package struct FreshnessWatch: Sendable {
    /// Feeds are owed in minutes.
    static let interval: Duration = .seconds(2)

    private let lane: Lane
    private let stop: StopSignal

    package init(lane: Lane, stop: StopSignal) {
        self.lane = lane
        self.stop = stop
    }

    package func run() async {
        while !stop.isRaised {
            do {
                try await lane.commit { tx, effects in try Self.look(lane: lane, in: tx, effects: &effects) }
            } catch {
                lane.logger.warning("stock not watched", metadata: ["error": "\(error)"])
            }
            await stop.wait(atMost: Self.interval)
        }
    }

    private static func look(lane: Lane, in tx: borrowing Transaction, effects: inout Effects) throws {
        guard try FreshnessStore.claim(in: tx) else { return }
        let news = FreshnessNews(network: try lane.shared.network(in: tx), now: SystemClock.now())
        if try StockPolicy.takeNews(in: tx) { try news.tellOfStock(try StockPolicy.skus(in: tx), in: tx, effects: &effects) }
        let changing = try FreshnessStore.all(in: tx).filter {
            news.freshness(of: $0) != $0.freshness || news.missed(by: $0) > $0.countedMissed
        }
        guard !changing.isEmpty else { return }
        // A feed may have come in since.
        let rows = try FreshnessStore.lock(changing.map(\.location), in: tx)
        let steps = rows.compactMap { row -> FreshnessNews.Step? in
            let freshness = news.freshness(of: row)
            return freshness == row.freshness ? nil : FreshnessNews.Step(before: row, freshness: freshness, lastFeedAt: row.fedAt)
        }
        try news.write(steps, in: tx, effects: &effects)
        try news.count(missed: rows, in: tx)
    }
}
