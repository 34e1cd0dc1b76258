internal import Commerce
internal import CoreMetrics
package import Logging
internal import Messages
package import Postgres
internal import RabbitMQ
internal import Store

/// A part of role `relay`: publishes what is left in the outbox by workers that died, or while the broker was away.
package struct OutboxRelay: Sendable {
    /// Nobody has tried a row for this long: its worker publishes within milliseconds, or not at all.
    static let overdueSeconds = 5.0

    private let session: PostgresSession
    private let link: BrokerLink
    private let shared: SharedState
    private let stop: StopSignal
    private let logger: Logger
    private let relayed = Counter(label: "outbox.relayed")

    package init(session: PostgresSession, link: BrokerLink, shared: SharedState, stop: StopSignal, logger: Logger) {
        self.session = session
        self.link = link
        self.shared = shared
        self.stop = stop
        self.logger = logger
    }

    package func run() async {
        while !stop.isRaised {
            do {
                // While there is something to send, without pause.
                while try await sweep() > 0, !stop.isRaised {}
            } catch {
                logger.warning("outbox not swept", metadata: ["error": "\(error)"])
            }
            await stop.wait(atMost: .seconds(1))
        }
        await session.close()
    }

    /// Sends some overdue rows; gives how many are settled.
    private func sweep() async throws -> Int {
        let rows = try await session.write { tx in
            try OutboxStore.claimOverdue(seconds: Self.overdueSeconds, limit: 20, in: tx)
        }
        guard !rows.isEmpty else { return 0 }
        let publisher = try await link.publisher()
        var settled: [Int64] = []
        for row in rows {
            if try await publisher.deliver(row.messages, logger: logger) {
                settled.append(row.key)
            } else {
                // A queue it is owed to may be missing: a location's that was deleted.
                try await declareLocations()
            }
        }
        let done = settled
        try await session.write { tx in try OutboxStore.delete(done, in: tx) }
        relayed.increment(by: Int64(done.count))
        return done.count
    }

    private func declareLocations() async throws {
        let network = try await session.read { tx in try shared.network(in: tx) }
        for entry in network.locations where entry.location.queue {
            try await link.declare(.location(entry.location.id))
        }
    }
}
