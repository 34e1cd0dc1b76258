internal import Commerce
internal import Foundation
internal import Messages
internal import RabbitMQ
internal import Simulation

/// The measurements of `oms bench`, one function each.
struct Measurements {
    let stage: BenchStage
    let isQuick: Bool
    var figures = Figures()
    private var peak = 0.0

    init(stage: BenchStage, isQuick: Bool) {
        self.stage = stage
        self.isQuick = isQuick
    }

    private var now: Timestamp { Timestamp(seconds: Int64(Date.now.timeIntervalSince1970)) }

    /// (a) `order.placed` → `order.sourced`: 1–4 lines, 5,000 SKUs, 3 locations, ample stock. Roles intake, sourcing, relay in one process;
    /// the mailing queue is not bound.
    mutating func placedToSourced(round: Int) async throws {
        let count = isQuick ? 20_000 : 50_000
        try await prepare()
        try await stockUp()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([["intake", "sourcing", "relay"]], stage: stage, queues: [.intake, .sourcing])
        try await stage.drop([.mailing])
        let orders = BenchOrders(seed: UInt64(round), prefix: "A\(round)-", placedAt: now)
        let started = ContinuousClock.now
        async let publishing: Void = stage.publish(count, of: orders)
        try await stage.wait(
            until: Int64(count),
            "orders sourced",
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM fulfillment_key"
        )
        try await stage.wait(until: Int64(count), "orders sourced", "SELECT count(*) FROM orders WHERE status = 5")
        let seconds = Self.seconds(since: started)
        try await publishing
        try await workers.stop()
        figures.add("placed_to_sourced_per_s", "orders/s, order.placed to order.sourced", Double(count) / seconds)
        remember(workers)
    }

    /// (b) The whole life: placed, sourced, dispatched, invoiced, two mails handed over. All roles in one process.
    mutating func wholeLife(round: Int) async throws {
        let count = isQuick ? 3_000 : 10_000
        try await prepare()
        try await stockUp()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([[]], stage: stage, queues: [.intake, .sourcing, .fulfillment, .invoicing, .mailing])
        let player = try await DispatchingLocations(stage: stage)
        let orders = BenchOrders(seed: UInt64(round), prefix: "B\(round)-", placedAt: now)
        let started = ContinuousClock.now
        async let publishing: Void = stage.publish(count, of: orders)
        async let playing: Void = player.run()
        try await stage.wait(
            until: Int64(count),
            "orders dispatched",
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM shipment_key"
        )
        try await stage.wait(until: Int64(count), "invoices", "SELECT sum(last)::bigint FROM invoice_series")
        try await stage.wait(until: Int64(count * 2), "mails", "SELECT count(*) FROM email")
        let seconds = Self.seconds(since: started)
        try await publishing
        await player.stop()
        try await playing
        try await workers.stop()
        figures.add("whole_life_per_s", "orders/s, placed to invoiced and two mails", Double(count) / seconds)
        remember(workers)
    }

    /// (c) Flash sale: 10,000 orders of one unit of one SKU of which there are 1,000; two sourcing workers.
    mutating func flashSale(round: Int) async throws {
        let (count, units) = (10_000, Int64(1_000))
        try await prepare()
        let workers = BenchWorkers()
        try await workers.start([["intake", "sourcing", "stock", "relay"], ["sourcing"]], stage: stage, queues: [.sourcing])
        try await stage.drop([.mailing])
        try await stage.publish([BenchNetwork.flashStock(sku: "FLASH", onHand: units, sequence: 1, observedAt: now)])
        try await stage.wait(until: units, "stock", "SELECT coalesce(sum(on_hand), 0)::bigint FROM stock")
        let orders = BenchOrders(seed: UInt64(round), prefix: "C\(round)-", kind: .flashSale(sku: "FLASH"), placedAt: now)
        let started = ContinuousClock.now
        async let publishing: Void = stage.publish(count, of: orders)
        try await stage.wait(until: Int64(count), "orders decided", "SELECT count(*) FROM orders WHERE status IN (3, 5)")
        let seconds = Self.seconds(since: started)
        try await publishing
        let sold = try await stage.number("SELECT coalesce(sum(reserved), 0)::bigint FROM stock")
        try await workers.stop()
        figures.add("flash_sold", "units sold of 1,000 in a flash sale of 10,000 orders", Double(sold))
        figures.add("flash_per_s", "orders/s decided in it", Double(count) / seconds)
    }

    /// (d) Stock feed: 100,000 rows of one location, first, then the same counts again.
    mutating func feed(round: Int) async throws {
        let rows = 100_000
        try await prepare()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([["stock", "relay"]], stage: stage, queues: [.stock])
        for (sequence, name) in [(Int64(1), "first"), (2, "unchanged")] {
            let observed = now
            let parts = BenchNetwork.feed(location: BenchNetwork.locations[0], rows: rows, sequence: sequence, observedAt: observed)
            let started = ContinuousClock.now
            try await stage.publish(parts)
            try await stage.wait(
                until: 1,
                "the feed",
                "SELECT count(*) FROM feed WHERE sequence = \(sequence) AND completed_at IS NOT NULL",
                every: .milliseconds(10)
            )
            let seconds = Self.seconds(since: started)
            figures.add("feed_\(name)_rows_per_s", "stock feed rows/s, \(name)", Double(rows) / seconds)
        }
        try await workers.stop()
        remember(workers)
    }

    /// (e) Publish → `order.sourced` received, at a steady 100 orders/s.
    mutating func latency(round: Int) async throws {
        try await prepare()
        try await stockUp()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([["intake", "sourcing", "relay"]], stage: stage, queues: [.intake, .sourcing])
        try await stage.drop([.mailing])
        let probe = try await LatencyProbe(stage: stage, placedAt: now)
        let milliseconds = try await probe.run(perSecond: 100, seconds: isQuick ? 10 : 20)
        try await workers.stop()
        figures.add("latency_p50_ms", "ms, publish to order.sourced at 100 orders/s, median", Self.percentile(50, of: milliseconds))
        figures.add("latency_p99_ms", "ms, the same, 99th percentile", Self.percentile(99, of: milliseconds))
    }

    mutating func finish() { figures.add("worker_peak_mb", "MB, the most memory a worker had", peak) }

    mutating func addYardstick(_ rounds: [Double]) {
        for round in rounds { figures.add("tpcb_per_s", "transactions/s, pgbench TPC-B (scale 10, 16 clients, prepared)", round) }
    }

    private func prepare() async throws {
        try await stage.restoreQueues()
        try await stage.reset()
    }

    /// Feeds ample stock in through a worker, as a supplier would.
    private func stockUp() async throws {
        let workers = BenchWorkers()
        try await workers.start([["stock", "relay"]], stage: stage, queues: [.stock])
        try await stage.publish(BenchNetwork.ampleStock(observedAt: now))
        try await stage.wait(until: 3, "opening feeds", "SELECT count(*) FROM feed WHERE completed_at IS NOT NULL")
        try await workers.stop()
        _ = try await stage.publisher.purge(queue: WorkQueue.availability.name)
    }

    private mutating func remember(_ workers: BenchWorkers) { peak = max(peak, workers.peakMegabytes) }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    private static func percentile(_ percent: Int, of values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * percent / 100)]
    }
}
