internal import Commerce
internal import Postgres
internal import Simulation
internal import Store

/// A real shop's years from a file, through the workers.
struct Replay: Sendable {
    let path: String
    let limit: Int?
    let pace: Pace
    /// Workers to start; 0: they run elsewhere.
    let workers: Int

    /// What the replay did and found.
    struct Result: Sendable {
        var counts: ReplayCounts
        var tally: PlayTally
        /// From the first message to the last mail.
        var duration: Duration
        var figures: RunFigures
        var findings: [AuditStore.Finding]
    }

    func run() async throws -> Result {
        let settings = try await Settings.load()
        Terminal.complain("reading \(path) for the stock it needs")
        // Opened before anything is changed: a wrong file is told at once.
        var replay: RetailReplay
        do {
            replay = try RetailReplay(path: path, limit: limit)
        } catch {
            throw CommandFailure.wrongUse(Terminal.safe("\(error)"))
        }
        try await NetworkSetup.apply(ReplayNetwork.network().yaml, name: "the replay's network", settings: settings, isQuiet: true)
        let logs = workers > 0 ? try WorkerLogs.folder(settings) : ""
        if workers > 0 { Terminal.complain("starting \(workers) workers with all roles; their logs: \(logs)/oms-worker-*.log") }
        let (tally, duration) = try await WorkerChildren.beside(workers, logs: logs) {
            let play = Play(settings: settings, network: ReplayNetwork.network(), held: nil, pace: pace)
            Terminal.complain("publishing; the locations answer")
            let start = ContinuousClock.now
            let tally = try await play.perform { try replay.next() }
            return (tally, ContinuousClock.now - start)
        }
        Terminal.complain("everything is drained; auditing")
        let session = try settings.session()
        let findings = try await AuditCommand.examine(session).findings
        let figures = try await session.read { tx in
            try tx.liftTimeLimits()
            let channel = try NetworkStore.load(in: tx).channel(ReplayNetwork.channel)?.key
            return try RunFigures.count(channels: channel.map { [$0] } ?? [], in: tx)
        }
        return Result(counts: replay.counts, tally: tally, duration: duration, figures: figures, findings: findings)
    }
}
