internal import Commerce
internal import Documents
internal import Foundation
internal import Postgres
internal import Simulation
internal import Store
internal import Workers

/// A day of a made-up shop, through real workers.
struct Demo: Sendable {
    /// Two of each role, so that they race.
    private static let workers = 2
    /// The day is over long enough for its last parcel to have arrived: times to come would count as the time of receipt.
    private static let daysAgo: Int64 = 7

    let orders: Int
    let seed: UInt64

    /// What the demo did and found.
    struct Result: Sendable {
        var facts: ShopDay.Facts
        var tally: PlayTally
        /// From the first message to the last mail.
        var duration: Duration
        var figures: RunFigures
        var findings: [AuditStore.Finding]
        var example: DemoExample?
        /// What the scenes told.
        var scenes: [String]
    }

    func run() async throws -> Result {
        let settings = try await Settings.load()
        try await refuseUsedDatabase(settings)
        let today = CivilDate(SystemClock.now())
        Terminal.complain("making a day of \(orders.grouped) orders, seed \(seed)")
        let day = ShopDay(seed: seed, orders: orders, day: CivilDate(dayNumber: today.dayNumber - Self.daysAgo))
        try await NetworkSetup.apply(day.networkYAML, name: "the demo's network", settings: settings, isQuiet: true)
        let logs = try WorkerLogs.folder(settings)
        Terminal.complain("starting \(Self.workers) workers with all roles; their logs: \(logs)/oms-worker-*.log")
        let (tally, duration, scenes) = try await WorkerChildren.beside(Self.workers, logs: logs) {
            let play = Play(settings: settings, network: day.network, held: day.cancelled, pace: .max)
            var script = DemoScript(day)
            Terminal.complain("publishing \(day.script.count.grouped) messages; the locations answer")
            let start = ContinuousClock.now
            let tally = try await play.perform { script.next() }
            let duration = ContinuousClock.now - start
            Terminal.complain("the day is done; some scenes at the desk")
            return (tally, duration, try await DemoScenes(settings: settings).play())
        }
        Terminal.complain("everything is drained, the workers have stopped; auditing")
        let session = try settings.session()
        let findings = try await AuditCommand.examine(session).findings
        let channels = day.network.channels.map(\.id)
        let (figures, found) = try await session.read { tx in
            try tx.liftTimeLimits()
            let network = try NetworkStore.load(in: tx)
            let keys = channels.compactMap { network.channel($0)?.key }
            return (try RunFigures.count(channels: keys, in: tx), try RunFigures.example(channels: keys, in: tx))
        }
        let example = try await DemoExample.find(found, settings: settings, session: session)
        return Result(
            facts: day.facts,
            tally: tally,
            duration: duration,
            figures: figures,
            findings: findings,
            example: example,
            scenes: scenes
        )
    }

    /// The same ids with other content would be refused as conflicts.
    private func refuseUsedDatabase(_ settings: Settings) async throws {
        let session = try settings.session()
        let extents = try await session.read { tx in try AuditStore.extents(in: tx) }
        guard extents.first(where: { $0.name == "orders" })?.count == 0 else {
            throw CommandFailure.wrongUse(
                "The database holds orders already; the demo needs an empty one: `ops/stack reset`, or run ops/demo."
            )
        }
    }
}
