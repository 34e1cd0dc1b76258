internal import Commerce
internal import Messages
internal import RabbitMQ
internal import Simulation

/// `--history` and `--soak`.
extension Measurements {
    /// (f) The same speed with history in the tables: without it first, then with it.
    mutating func history(_ orders: Int, rounds: Int) async throws {
        let known = figures.runs["placed_to_sourced_per_s"]?.count ?? 0
        for round in 1...rounds where round > known { try await placedToSourced(round: round) }
        let count = isQuick ? 20_000 : 100_000
        try await stage.reset()
        try await stockUp()
        try await BenchHistory(stage: stage).write(orders)
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([["intake", "sourcing", "relay"]], stage: stage, queues: [.intake, .sourcing])
        try await stage.drop([.mailing])
        for round in 1...rounds {
            let orders = BenchOrders(seed: UInt64(round), prefix: "F\(round)-", placedAt: now)
            figures.add("history_per_s", Double(count) / (try await source(count, of: orders)))
        }
        try await workers.stop()
    }

    /// (h) A worker with all roles at full load for long: how much memory, and whether it grows.
    mutating func soak(minutes: Int) async throws {
        let perRound = 5_000
        try await stage.reset()
        try await stockUp()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([[]], stage: stage, queues: [.intake, .sourcing, .fulfillment, .invoicing, .mailing])
        guard let worker = workers.pids.first else { return }
        let player = try await DispatchingLocations(stage: stage)
        async let playing: Void = player.run()
        let watch = MemoryWatch(pid: worker)
        async let watching: Void = watch.run()
        let end = ContinuousClock.now + .seconds(60 * minutes)
        var round = 0
        while ContinuousClock.now < end {
            round += 1
            let progress = try await BenchProgress.mark(stage)
            try await stage.publish(perRound, of: BenchOrders(seed: UInt64(round), prefix: "H\(round)-", placedAt: now))
            try await progress.lived(perRound)
            try await stage.forgetOrders()
            if round.isMultiple(of: 20) { Terminal.complain("  \(round * perRound) orders, \(FigureText.of(watch.last)) MB") }
        }
        watch.stop()
        await player.stop()
        _ = try await (playing, watching)
        try await workers.stop()
        figures.add("soak_peak_mb", workers.peakMegabytes)
        figures.add("soak_growth_mb_per_h", watch.growthPerHour)
    }
}
