internal import Commerce
internal import CoreMetrics
internal import Logging
internal import Store

/// The other part of role `fulfillment`: goods that lay ready for too long are nobody's any more.
///
/// Any number of these may run: which orders are due is asked again under their locks, by the database's clock.
struct PickupExpiry: Sendable {
    static let interval: Duration = .seconds(5)
    /// Orders in one transaction.
    static let limit = 100

    private let lane: Lane
    private let stop: StopSignal
    private let expired = Counter(label: "pickups.expired")

    init(lane: Lane, stop: StopSignal) {
        self.lane = lane
        self.stop = stop
    }

    func run() async {
        while !stop.isRaised {
            do {
                // While there is something to do, without pause.
                while try await sweep() == Self.limit, !stop.isRaised {}
            } catch {
                lane.logger.warning("pickups not looked at", metadata: ["error": "\(error)"])
            }
            await stop.wait(atMost: Self.interval)
        }
    }

    private func sweep() async throws -> Int {
        let now = SystemClock.now()
        let count = try await lane.commit { tx, effects in
            let due = try Pickups.due(limit: Self.limit, in: tx)
            guard !due.isEmpty else { return 0 }
            var ledger = try FulfillmentLedger(subjects: due, network: try lane.shared.network(in: tx), now: now, in: tx)
            for order in due { try ledger.expire(order) }
            try ledger.write(in: tx, effects: &effects)
            return due.count
        }
        expired.increment(by: Int64(count))
        return count
    }
}
