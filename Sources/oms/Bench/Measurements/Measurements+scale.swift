internal import Commerce
internal import Messages
internal import RabbitMQ
internal import Simulation

/// `ops/bench scale`: more processes, and what each stage costs by itself.
extension Measurements {
    mutating func scale(rounds: Int) async throws {
        for round in 1...rounds {
            for processes in ScaleFigures.processes {
                Terminal.complain("  round \(round): \(processes) per role")
                try await speed(processes, round: round)
            }
            Terminal.complain("  round \(round): stages one after the other")
            try await stages(round: round)
        }
    }

    /// (a) with so many processes of intake and of sourcing.
    private mutating func speed(_ processes: Int, round: Int) async throws {
        let count = isQuick ? 20_000 : 50_000
        try await stage.reset()
        try await stockUp()
        try await stage.settle()
        let cores = Machine.current().cores
        let plan = Taskset.isThere ? CorePlan(cores: cores, workers: 2 * processes) : nil
        if let plan { stage.servers?.pin(plan) }
        let workers = BenchWorkers()
        let busy = Array(repeating: ["intake"], count: processes) + Array(repeating: ["sourcing"], count: processes)
        try await workers.start(
            busy + [["relay"]],
            stage: stage,
            queues: [.intake, .sourcing],
            count: processes,
            cores: plan?.workers
        )
        try await stage.drop([.mailing])
        let orders = BenchOrders(seed: UInt64(round), prefix: "S\(processes)-\(round)-", placedAt: now)
        figures.add(ScaleFigures.speed(processes), Double(count) / (try await source(count, of: orders)))
        try await workers.stop()
        if plan != nil { stage.servers?.unpin(cores: cores) }
    }

    /// Publishes, then takes in, then sources, each with nobody else at work.
    private mutating func stages(round: Int) async throws {
        let count = isQuick ? 10_000 : 30_000
        try await stage.reset()
        try await stockUp()
        try await stage.settle()
        try await stage.drop([.mailing])
        let wal = try await stage.number(Self.walPosition)
        let progress = try await BenchProgress.mark(stage)
        let orders = BenchOrders(seed: UInt64(round), prefix: "T\(round)-", placedAt: now)
        let stage = stage

        let publishing = try await measure(.publish, count) { try await stage.publish(count, of: orders) }
        figures.add(ScaleFigures.queue, Double(count) / publishing)

        let intake = BenchWorkers()
        _ = try await measure(.intake, count, intake, [["intake"]]) { try await progress.taken(count) }
        let sourcing = BenchWorkers()
        let seconds = try await measure(.sourcing, count, sourcing, [["sourcing"]]) { try await progress.sourced(count) }
        figures.add(ScaleFigures.sourcingSpeed, Double(count) / seconds)
        figures.add(ScaleFigures.walBytes, Double(try await stage.number(Self.walPosition) - wal) / Double(count))
    }

    /// Lets workers do one stage's work; adds what it cost whom, and gives the seconds it took.
    private mutating func measure(
        _ which: StageBudget.Stage,
        _ count: Int,
        _ workers: BenchWorkers = BenchWorkers(),
        _ roles: [[String]] = [],
        _ work: () async throws -> Void
    ) async throws -> Double {
        let times = stage.servers.map { ProcessorTimes.read($0, workers: []) }
        let started = ContinuousClock.now
        try await workers.start(roles, stage: stage, queues: [])
        try await work()
        let seconds = Self.seconds(since: started)
        if let servers = stage.servers, let times {
            let micros = ProcessorTimes.read(servers, workers: workers.pids).micros(since: times, orders: count)
            for part in which.parts { figures.add(ScaleFigures.time(which, part), micros[part] ?? 0) }
        }
        try await workers.stop()
        return seconds
    }
}
