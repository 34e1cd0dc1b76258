internal import Commerce
internal import Messages
internal import RabbitMQ
internal import Simulation

extension Measurements {
    /// (a) `order.placed` → `order.sourced`, and what it costs whom.
    mutating func placedToSourced(round: Int) async throws {
        let count = isQuick ? 20_000 : 100_000
        try await stage.reset()
        try await stockUp()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([["intake", "sourcing", "relay"]], stage: stage, queues: [.intake, .sourcing])
        try await stage.drop([.mailing])
        let times = stage.servers.map { ProcessorTimes.read($0, workers: workers.pids) }
        let wal = try await stage.number(Self.walPosition)
        let orders = BenchOrders(seed: UInt64(round), prefix: "A\(round)-", placedAt: now)
        let seconds = try await source(count, of: orders)
        figures.add("placed_to_sourced_per_s", Double(count) / seconds)
        figures.add(ScaleFigures.walBytes, Double(try await stage.number(Self.walPosition) - wal) / Double(count))
        if let servers = stage.servers, let times {
            let micros = ProcessorTimes.read(servers, workers: workers.pids).micros(since: times, orders: count)
            for (part, name) in Self.budgetNames { figures.add(name, micros[part] ?? 0) }
        }
        try await workers.stop()
        figures.add("worker_peak_mb", workers.peakMegabytes)
    }

    static let walPosition = "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint"

    private static let budgetNames: [(StageBudget.Part, String)] = [
        (.database, "cpu_database_us"), (.broker, "cpu_broker_us"), (.worker, "cpu_workers_us"), (.generator, "cpu_generator_us"),
    ]

    /// (b) The whole life: placed, sourced, dispatched, invoiced, two mails handed over. All roles in one process.
    mutating func wholeLife(round: Int) async throws {
        let count = isQuick ? 2_000 : 5_000
        try await stage.reset()
        try await stockUp()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([[]], stage: stage, queues: [.intake, .sourcing, .fulfillment, .invoicing, .mailing])
        let player = try await DispatchingLocations(stage: stage)
        let seconds = try await live(count, round: round, beside: player)
        try await workers.stop()
        figures.add("whole_life_per_s", Double(count) / seconds)
    }

    /// Sends orders in and waits until their lives are over; gives the seconds that took.
    private func live(_ count: Int, round: Int, beside player: DispatchingLocations) async throws -> Double {
        let progress = try await BenchProgress.mark(stage)
        let orders = BenchOrders(seed: UInt64(round), prefix: "B\(round)-", placedAt: now)
        let started = ContinuousClock.now
        async let publishing: Void = stage.publish(count, of: orders)
        async let playing: Void = player.run()
        try await progress.lived(count)
        let seconds = Self.seconds(since: started)
        try await publishing
        await player.stop()
        try await playing
        return seconds
    }

    /// (e) Publish → `order.sourced` received, at a steady 200 orders/s.
    mutating func latency(round: Int) async throws {
        try await stage.reset()
        try await stockUp()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([["intake", "sourcing", "relay"]], stage: stage, queues: [.intake, .sourcing])
        try await stage.drop([.mailing])
        let probe = try await LatencyProbe(stage: stage, placedAt: now)
        let times = MachineTimes.read()
        let milliseconds = try await probe.run(perSecond: 200, seconds: isQuick ? 10 : 20)
        if let percent = times?.stolenPercent(until: .read()) { figures.add("latency_stolen_percent", percent) }
        try await workers.stop()
        figures.add("latency_p50_ms", Statistics.percentile(50, of: milliseconds))
        figures.add("latency_p99_ms", Statistics.percentile(99, of: milliseconds))
    }

    /// (g) An order waits; a worker is started, and takes it.
    mutating func workerStart(round: Int) async throws {
        try await stage.reset()
        try await stage.publish(1, of: BenchOrders(seed: UInt64(round), prefix: "G\(round)-", placedAt: now))
        let workers = BenchWorkers()
        let started = ContinuousClock.now
        try await workers.start([[]], stage: stage, queues: [])
        try await stage.wait(until: 1, "the first order", "SELECT count(*) FROM orders", every: .milliseconds(2))
        figures.add("worker_start_s", Self.seconds(since: started))
        try await workers.stop()
    }
}
