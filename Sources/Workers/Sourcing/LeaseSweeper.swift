internal import Commerce
internal import Logging
internal import Messages
internal import Postgres
internal import Store

/// A part of role `sourcing`: clears away leases whose time has come, tells of them, and wakes whoever waits for their units.
///
/// Nothing depends on its punctuality: an expired lease counts no longer from that moment on, whether it is cleared away or not.
package struct LeaseSweeper: Sendable {
    /// Leases cleared away in one transaction.
    static let leasesPerTransaction = 500
    static let interval: Duration = .seconds(1)

    let lane: Lane
    private let stop: StopSignal
    private let logger: Logger

    package init(lane: Lane, stop: StopSignal) {
        self.lane = lane
        self.stop = stop
        logger = lane.logger
    }

    /// Works until the stop signal.
    package func run() async {
        while !stop.isRaised {
            do {
                try await endAllotments()
                while try await sweep() == Self.leasesPerTransaction, !stop.isRaised {}
            } catch {
                logger.warning("leases not swept", metadata: ["error": "\(error)"])
            }
            await stop.wait(atMost: Self.interval)
        }
    }

    /// Gives how many leases there were.
    private func sweep() async throws -> Int {
        let now = SystemClock.now()
        return try await lane.commit { tx, effects in
            let expired = try LeaseStore.takeExpired(limit: Self.leasesPerTransaction, in: tx)
            guard !expired.isEmpty else { return 0 }
            try LeaseNews(network: try lane.shared.network(in: tx), now: now).ended(expired, .expired, in: tx, effects: &effects)
            effects.free(expired)
            return expired.count
        }
    }

    /// What an allotment leaves when its time is over is there for everybody.
    private func endAllotments() async throws {
        let now = SystemClock.now()
        try await lane.commit { tx, effects in
            let network = try lane.shared.network(in: tx)
            let skus = try AllotmentStore.end(in: network, now: now, in: tx)
            effects.sendKept(changed: Set(skus), freed: Set(skus))
        }
    }
}
