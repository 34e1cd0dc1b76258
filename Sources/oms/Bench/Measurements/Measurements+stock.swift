internal import Commerce
internal import Messages
internal import RabbitMQ
internal import Simulation

extension Measurements {
    /// (c) Flash sale: orders for 10 hot SKUs, five times as many as there are units; four sourcing workers.
    mutating func flashSale(round: Int) async throws {
        let (count, unitsEach) = (50_000, Int64(1_000))
        try await stage.reset()
        let workers = BenchWorkers()
        let roles = [["intake", "sourcing", "stock", "relay"], ["sourcing"], ["sourcing"], ["sourcing"]]
        try await workers.start(roles, stage: stage, queues: [.sourcing])
        try await stage.drop([.mailing])
        let skus = BenchNetwork.flashSKUs
        try await stage.publish(BenchNetwork.flashStock(skus: skus, onHand: unitsEach, sequence: 1, observedAt: now))
        let units = Int64(skus.count) * unitsEach
        try await stage.wait(until: units, "stock", "SELECT coalesce(sum(on_hand), 0)::bigint FROM stock")
        let progress = try await BenchProgress.mark(stage)
        let orders = BenchOrders(seed: UInt64(round), prefix: "C\(round)-", kind: .flashSale(skus: skus), placedAt: now)
        let started = ContinuousClock.now
        async let publishing: Void = stage.publish(count, of: orders)
        try await progress.decided(count)
        let seconds = Self.seconds(since: started)
        try await publishing
        let sold = try await stage.number("SELECT coalesce(sum(reserved), 0)::bigint FROM stock")
        try await workers.stop()
        figures.add("flash_hot_sold", Double(sold))
        figures.add("flash_hot_per_s", Double(count) / seconds)
    }

    /// (d) Stock feed: rows of one location, first, then the same counts again.
    mutating func feed(round: Int) async throws {
        let rows = isQuick ? 200_000 : 1_000_000
        try await stage.reset()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([["stock", "relay"]], stage: stage, queues: [.stock])
        for (sequence, name) in [(Int64(1), "first"), (2, "unchanged")] {
            let parts = BenchNetwork.feed(location: BenchNetwork.locations[0], rows: rows, sequence: sequence, observedAt: now)
            let started = ContinuousClock.now
            try await stage.publish(parts)
            try await stage.wait(
                until: Int64(parts.count),
                "parts of the feed",
                "SELECT count(*) FROM feed_part WHERE sequence = \(sequence)",
                every: .milliseconds(10)
            )
            try await stage.wait(
                until: 1,
                "the feed",
                "SELECT count(*) FROM feed WHERE sequence = \(sequence) AND completed_at IS NOT NULL",
                every: .milliseconds(10)
            )
            figures.add("feed_\(name)_rows_per_s", Double(rows) / Self.seconds(since: started))
            // What storefronts hear of the first feed is no part of the second.
            let shown = try await stage.number("SELECT count(*) FROM stock WHERE on_hand > 0")
            try await stage.wait(until: shown, "what storefronts are told", "SELECT count(*) FROM stock_told")
        }
        try await workers.stop()
    }

    /// Baskets that want units kept, each with its reply.
    mutating func leases(round: Int) async throws {
        let count = isQuick ? 5_000 : 20_000
        try await stage.reset()
        try await stockUp()
        try await stage.settle()
        let workers = BenchWorkers()
        try await workers.start([["sourcing", "relay"]], stage: stage, queues: [.reservation])
        let listener = try await BenchListener(stage: stage)
        var baskets = BenchBaskets(seed: UInt64(round), prefix: "L\(round)-")
        let started = ContinuousClock.now
        async let hearing: Void = listener.hear(count, "replies to baskets")
        try await stage.publish(count) { BenchStage.message("reservation.requested", baskets.next(), replyTo: listener.queue) }
        try await hearing
        figures.add("leases_per_s", Double(count) / Self.seconds(since: started))
        let kept = try await stage.number("SELECT count(*) FROM lease")
        guard kept == count else { throw CommandFailure.fault("of \(count) baskets, all of which can be kept, \(kept) are") }
        try await listener.close()
        try await workers.stop()
    }

    /// One `stock.changed` per SKU of a feed, heard outside.
    mutating func fanOut(round: Int) async throws {
        let rows = isQuick ? 10_000 : 50_000
        try await stage.reset()
        let workers = BenchWorkers()
        try await workers.start([["stock", "relay"]], stage: stage, queues: [.stock, .availability])
        let listener = try await BenchListener(stage: stage, events: "stock.changed.#")
        let parts = BenchNetwork.feed(
            location: BenchNetwork.locations[0],
            rows: rows,
            sequence: 1,
            leastOnHand: 1,
            observedAt: now
        )
        let started = ContinuousClock.now
        try await stage.publish(parts)
        try await listener.hear(rows, "stock.changed")
        figures.add("stock_changed_per_s", Double(rows) / Self.seconds(since: started))
        try await listener.close()
        try await workers.stop()
    }

    /// The speed of sourcing with many rows of stock, against few; of a worker that has been at work for a while: what it remembers of SKUs
    /// and what the database has changed since its checkpoint are then as they are all day.
    mutating func rows(rounds: Int) async throws {
        for (name, products) in [("rows_15k_per_s", BenchNetwork.products), ("rows_1m_per_s", 333_334)] {
            let count = isQuick ? 10_000 : 20_000
            try await stage.reset()
            try await stockUp(products: products)
            try await stage.settle()
            let workers = BenchWorkers()
            try await workers.start([["intake", "sourcing", "relay"]], stage: stage, queues: [.intake, .sourcing])
            try await stage.drop([.mailing])
            let kind = BenchOrders.Kind.mixed(products: products)
            let before = BenchOrders(seed: 0, prefix: "R0-", kind: kind, placedAt: now)
            _ = try await source(isQuick ? 10_000 : 100_000, of: before)
            for round in 1...rounds {
                let orders = BenchOrders(seed: UInt64(round), prefix: "R\(round)-", kind: kind, placedAt: now)
                figures.add(name, Double(count) / (try await source(count, of: orders)))
            }
            try await workers.stop()
        }
    }
}
