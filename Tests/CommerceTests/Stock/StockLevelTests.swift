import Commerce
import Testing

struct StockLevelTests {
    @Test(
        arguments: [(10, 3, 0, 7, 0), (3, 10, 0, 0, 7), (-2, 0, 0, 0, 2), (10, 3, 5, 2, 0), (10, 8, 5, 0, 3), (.min, .max, 0, 0, .max)]
            as [(Int64, Int64, Int64, Int64, Int64)]
    )
    func what_is_promised_is_not_available(onHand: Int64, reserved: Int64, blocked: Int64, available: Int64, shortfall: Int64) {
        let level = StockLevel(onHand: onHand, reserved: reserved, blocked: blocked, count: onHand, countedAt: Timestamp(seconds: 0))
        #expect(level.available == available && level.shortfall == shortfall)
    }

    @Test func a_late_feed_does_not_bring_sold_goods_back() {
        var level = StockLevel(onHand: 10, count: 10, countedAt: Timestamp(seconds: 100))
        level.applyMovement(-4, occurredAt: Timestamp(seconds: 200))
        level.applyCount(9, observedAt: Timestamp(seconds: 150), movementsSince: -4)
        #expect(level.onHand == 5)
    }

    @Test func a_late_dispatch_is_not_subtracted_twice() {
        var level = StockLevel(onHand: 6, count: 6, countedAt: Timestamp(seconds: 300))
        level.applyMovement(-4, occurredAt: Timestamp(seconds: 299))
        #expect(level.onHand == 6)
        level.applyMovement(-1, occurredAt: Timestamp(seconds: 300))
        #expect(level.onHand == 5)
    }

    @Test func overflow_changes_nothing() {
        var level = StockLevel(onHand: .max, count: .max, countedAt: Timestamp(seconds: 0))
        let before = level
        let hasMoved = level.applyMovement(1, occurredAt: Timestamp(seconds: 1))
        let hasCounted = level.applyCount(.max, observedAt: Timestamp(seconds: 5), movementsSince: 1)
        #expect(!hasMoved && !hasCounted && level == before)
    }

    /// Feeds (with rising sequence) and dispatches of one SKU happen in time, and arrive in any order. Whatever the order, on hand ends as an
    /// oracle says that sees everything at once: the newest count plus all that moved from its moment on.
    @Test func any_order_of_arrival_ends_at_the_same_stock() throws {
        enum Arrival: Equatable {
            case feed(sequence: Int64, count: Int64, observedAt: Timestamp)
            case movement(Int64, Timestamp)
        }
        for seed in UInt64(0)..<400 {
            var random = SplitMix64(seed: seed)
            var arrivals: [Arrival] = []
            for sequence in Int64(1)...Int64.random(in: 1...6, using: &random) {
                let observedAt = Timestamp(seconds: sequence * 10 + .random(in: -12...12, using: &random))
                arrivals.append(.feed(sequence: sequence, count: .random(in: 0...50, using: &random), observedAt: observedAt))
            }
            for _ in 0..<Int.random(in: 0...15, using: &random) {
                arrivals.append(.movement(.random(in: -5...3, using: &random), Timestamp(seconds: .random(in: 0...70, using: &random))))
            }
            let moves = arrivals.compactMap { if case .movement(let delta, let at) = $0 { (delta, at) } else { nil } }
            let feeds = arrivals.compactMap { if case .feed(let sequence, let count, let at) = $0 { (sequence, count, at) } else { nil } }
            let newest = try #require(feeds.max { $0.0 < $1.0 })
            let oracle = newest.1 + moves.filter { $0.1 >= newest.2 }.reduce(0) { $0 + $1.0 }

            var level = StockLevel(onHand: 0, count: 0, countedAt: Timestamp(rawValue: .min))
            var progress: FeedProgress?
            var known: [(Int64, Timestamp)] = []
            for arrival in arrivals.shuffled(using: &random) {
                switch arrival {
                case .movement(let delta, let at):
                    known.append((delta, at))
                    level.applyMovement(delta, occurredAt: at)
                case .feed(let sequence, let count, let at):
                    let step = try FeedProgress.take(.init(sequence: sequence, mode: .partial), into: &progress)
                    guard case .apply = step else { continue }
                    level.applyCount(count, observedAt: at, movementsSince: known.filter { $0.1 >= at }.reduce(0) { $0 + $1.0 })
                }
            }
            #expect(level.onHand == oracle, "seed \(seed)")
        }
    }

    /// Counts are true, and everything that happens on the shelf is reported, late or early, stale or in parts: then on hand ends as what
    /// lies on the real shelf, and what can be promised is that without what is promised and blocked.
    @Test func the_level_ends_as_the_real_shelf() throws {
        enum Arrival {
            case feed(sequence: Int64, part: Int64, parts: Int64, count: Int64, observedAt: Timestamp)
            case movement(Int64, Timestamp)
            case reserved(Int64)
            case blocked(Int64)
        }
        for seed in UInt64(0)..<400 {
            var random = SplitMix64(seed: seed)
            let moves = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                (Int64.random(in: -5...4, using: &random), Timestamp(seconds: .random(in: 0...100, using: &random)))
            }
            func shelf(before moment: Timestamp) -> Int64 { 100 + moves.filter { $0.1 < moment }.reduce(0) { $0 + $1.0 } }
            var arrivals = moves.map { Arrival.movement($0.0, $0.1) }
            for sequence in Int64(1)...Int64.random(in: 1...8, using: &random) {
                // The numbers rise, the moments they are of need not.
                let observedAt = Timestamp(seconds: max(0, sequence * 12 + .random(in: -30...30, using: &random)))
                let parts = Int64.random(in: 1...3, using: &random)
                arrivals.append(
                    .feed(
                        sequence: sequence,
                        part: .random(in: 1...parts, using: &random),
                        parts: parts,
                        count: shelf(before: observedAt),
                        observedAt: observedAt
                    )
                )
            }
            let reserved = (0..<5).map { _ in Int64.random(in: 0...9, using: &random) }
            let blocked = (0..<4).map { _ in Int64.random(in: 0...9, using: &random) }
            arrivals += reserved.map { .reserved($0) } + blocked.flatMap { [.blocked($0 + 1), .blocked(-1)] }

            var level = StockLevel(onHand: 100, count: 100, countedAt: Timestamp(seconds: 0))
            var progress: FeedProgress?
            var known: [(Int64, Timestamp)] = []
            for arrival in arrivals.shuffled(using: &random) {
                switch arrival {
                case .movement(let delta, let at):
                    known.append((delta, at))
                    level.applyMovement(delta, occurredAt: at)
                case .feed(let sequence, let part, let parts, let count, let at):
                    let step = try FeedProgress.take(.init(sequence: sequence, mode: .partial, part: part, parts: parts), into: &progress)
                    guard case .apply = step else { continue }
                    level.applyCount(count, observedAt: at, movementsSince: known.filter { $0.1 >= at }.reduce(0) { $0 + $1.0 })
                case .reserved(let units): level.reserved += units
                case .blocked(let units): level.blocked += units
                }
            }
            let truth = shelf(before: Timestamp(seconds: 1_000))
            let kept = reserved.reduce(0, +) + blocked.reduce(0, +)
            #expect(level.onHand == truth, "seed \(seed)")
            #expect(level.available == max(0, truth - kept) && level.shortfall == max(0, kept - truth), "seed \(seed)")
        }
    }
}
