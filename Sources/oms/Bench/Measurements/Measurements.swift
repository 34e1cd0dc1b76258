internal import Commerce
internal import Foundation
internal import Messages
internal import RabbitMQ
internal import Simulation

/// The measurements of `oms bench`, one function each; what they say is in `FigureKind`.
struct Measurements {
    let stage: BenchStage
    let isQuick: Bool
    var figures = Figures()

    init(stage: BenchStage, isQuick: Bool) {
        self.stage = stage
        self.isQuick = isQuick
    }

    /// What can be measured, in the order in which it is. All but the last four are measured unless others are asked for.
    enum Part: String, Sendable, CaseIterable {
        case decisions, documents, start, sourced, life, flash, feed, latency, leases, fanout, rows, scale, history, soak

        /// Whether it runs once and takes its own runs, rather than once in every round.
        var isOnce: Bool { [.rows, .scale, .history, .soak].contains(self) }
        /// Part of `ops/bench` as it is; of `--quick` too.
        func isUsual(quick: Bool) -> Bool { !isOnce || (self == .rows && !quick) }
    }

    /// Measures a part once.
    ///
    /// - Parameters:
    ///   - round: from 1; other rounds have other orders.
    ///   - rounds: how many runs a part takes that `isOnce`.
    mutating func measure(_ part: Part, round: Int, rounds: Int, long: LongRuns) async throws {
        switch part {
        case .decisions: decisions(round: round)
        case .documents: try documents(round: round)
        case .start: try await workerStart(round: round)
        case .sourced: try await placedToSourced(round: round)
        case .life: try await wholeLife(round: round)
        case .flash: try await flashSale(round: round)
        case .feed: try await feed(round: round)
        case .latency: try await latency(round: round)
        case .leases: try await leases(round: round)
        case .fanout: try await fanOut(round: round)
        case .rows: try await rows(rounds: rounds)
        case .scale: try await scale(rounds: rounds)
        case .history: try await history(long.historyOrders, rounds: rounds)
        case .soak: try await soak(minutes: long.soakMinutes)
        }
    }

    /// How long the long ones are.
    struct LongRuns: Sendable {
        var historyOrders: Int
        var soakMinutes: Int
    }

    mutating func addYardstick(_ rounds: [Double]) {
        for round in rounds { figures.add("tpcb_per_s", round) }
    }

    /// What follows from other figures.
    mutating func finish() {
        figures.derive("placed_to_sourced_per_tpcb", "placed_to_sourced_per_s", over: "tpcb_per_s", byMedian: true)
        figures.derive("rows_ratio", "rows_1m_per_s", over: "rows_15k_per_s")
        figures.derive("history_percent", "history_per_s", over: "placed_to_sourced_per_s", times: 100)
    }

    // MARK: What they share

    var now: Timestamp { Timestamp(seconds: Int64(Date.now.timeIntervalSince1970)) }

    static func seconds(since start: ContinuousClock.Instant) -> Double { (ContinuousClock.now - start).inSeconds }

    /// Feeds ample stock in through a worker, as a supplier would.
    func stockUp(products: Int = BenchNetwork.products) async throws {
        let workers = BenchWorkers()
        try await workers.start([["stock", "relay"]], stage: stage, queues: [.stock])
        let parts = BenchNetwork.ampleStock(products: products, observedAt: now)
        try await stage.publish(parts)
        try await stage.wait(until: Int64(parts.count), "parts of the opening feeds", "SELECT count(*) FROM feed_part")
        let complete = "SELECT count(*) FROM feed WHERE completed_at IS NOT NULL"
        try await stage.wait(until: Int64(BenchNetwork.locations.count), "opening feeds", complete)
        try await workers.stop()
        _ = try await stage.publisher.purge(queue: WorkQueue.availability.name)
    }

    /// Sends orders in and waits until they are sourced; gives the seconds that took.
    func source(_ count: Int, of orders: BenchOrders) async throws -> Double {
        let progress = try await BenchProgress.mark(stage)
        let started = ContinuousClock.now
        async let publishing: Void = stage.publish(count, of: orders)
        try await progress.sourced(count)
        let seconds = Self.seconds(since: started)
        try await publishing
        return seconds
    }
}
