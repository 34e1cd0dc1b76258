import Commerce
import Logging
import Postgres
import Store
import TestSupport
import Testing

/// Counts are true, and everything that happens on a shelf is reported, in whatever order: on hand ends as what lies there.
@Suite(.timeLimit(.minutes(15)))
struct LateTruthTests {
    private static let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
    private static let skus: [Int64] = [1, 2, 3, 4]

    private struct Move {
        var sku: Int64
        var delta: Int64
        var at: Timestamp
    }

    private enum Arrival {
        case feed(sequence: Int64, isFull: Bool, part: Int64, counts: [(sku: Int64, count: Int64)], observedAt: Timestamp)
        case moves([Move])
        case block(sku: Int64, units: Int64)
    }

    /// A location's feeds in two parts each: full ones name what lies there, partial ones some of it.
    private struct Shelf {
        var moves: [Move]
        var arrivals: [Arrival]

        init(random: inout SplitMix64) {
            moves = (0..<Int.random(in: 5...30, using: &random)).map { _ in
                Move(
                    sku: LateTruthTests.skus.randomElement(using: &random) ?? 1,
                    delta: .random(in: -4...5, using: &random),
                    at: Timestamp(seconds: .random(in: 100...200, using: &random))
                )
            }
            arrivals = []
            var rest = moves[...]
            while !rest.isEmpty {
                let some = rest.prefix(.random(in: 1...3, using: &random))
                arrivals.append(.moves(Array(some)))
                rest = rest.dropFirst(some.count)
            }
            for sequence in Int64(1)...Int64.random(in: 1...6, using: &random) {
                let observedAt = Timestamp(seconds: 100 + sequence * 15 + .random(in: -30...30, using: &random))
                let isFull = Bool.random(using: &random)
                let named =
                    isFull
                    ? LateTruthTests.skus.filter { units($0, before: observedAt) != 0 }
                    : LateTruthTests.skus.filter { _ in Bool.random(using: &random) }
                for part in [1, 2] as [Int64] {
                    let counts = named.filter { $0 % 2 == part - 1 }.map { (sku: $0, count: units($0, before: observedAt)) }
                    arrivals.append(.feed(sequence: sequence, isFull: isFull, part: part, counts: counts, observedAt: observedAt))
                }
            }
            for _ in 0..<3 {
                let sku = LateTruthTests.skus.randomElement(using: &random) ?? 1
                arrivals.append(.block(sku: sku, units: .random(in: 1...9, using: &random)))
            }
            arrivals.shuffle(using: &random)
        }

        /// What lay there before the first move is what the moves do not tell of: nothing.
        func units(_ sku: Int64, before moment: Timestamp) -> Int64 {
            moves.filter { $0.sku == sku && $0.at < moment }.reduce(0) { $0 + $1.delta }
        }
    }

    @Test func on_hand_ends_as_the_real_shelf() async throws {
        try await withDatabase { database in
            let session = PostgresSession(try PostgresConfiguration(url: database.url), logger: Self.logger)
            for seed in UInt64(1)...60 {
                let location = Int32(seed)
                var random = SplitMix64(seed: seed)
                let shelf = Shelf(random: &random)
                var progress: FeedProgress?
                for arrival in shelf.arrivals {
                    let known = progress
                    progress = try await session.write { tx in
                        var next = known
                        try Self.apply(arrival, location: location, progress: &next, in: tx)
                        return next
                    }
                }
                let levels = try await session.write { tx in try StockRows.lock(Self.skus.map { ($0, location) }, in: tx) }
                for level in levels {
                    let truth = shelf.units(level.sku, before: Timestamp(seconds: 10_000))
                    #expect(level.onHand == truth, "seed \(seed), sku \(level.sku)")
                    #expect(level.available == max(0, truth - level.blocked), "seed \(seed), sku \(level.sku)")
                }
            }
            let findings = try await session.read { tx in try AuditStore.examine(in: tx) }
            // No block stands behind what the test blocked, no adjustment behind what it moved.
            for finding in findings where !["blocked", "block_changes", "adjustments"].contains(finding.law.name) {
                #expect(finding.violations == 0, "\(finding.examples)")
            }
            await session.close()
        }
    }

    private static func apply(
        _ arrival: Arrival,
        location: Int32,
        progress: inout FeedProgress?,
        in tx: borrowing Transaction
    ) throws {
        switch arrival {
        case .moves(let moves):
            let places = Set(moves.map(\.sku)).map { (sku: $0, location: location) }
            _ = try StockRows.lock(places, in: tx)
            try StockMovements.record(
                moves.map {
                    .init(sku: $0.sku, location: location, delta: $0.delta, occurredAt: $0.at, kind: .adjustment, reference: "x")
                },
                in: tx
            )
        case .block(let sku, let units):
            _ = try StockRows.lock([(sku, location)], in: tx)
            try StockRows.block([.init(sku: sku, location: location, units: units)], in: tx)
        case .feed(let sequence, let isFull, let part, let counts, let observedAt):
            let mode: FeedProgress.Mode = isFull ? .full : .partial
            guard
                case .apply(_, let zeroesUnnamed, _) = try FeedProgress.take(
                    .init(sequence: sequence, mode: mode, part: part, parts: 2),
                    into: &progress
                )
            else { return }
            _ = try StockCounts.apply(counts, location: location, sequence: sequence, observedAt: observedAt, in: tx)
            guard zeroesUnnamed else { return }
            _ = try StockCounts.zeroUnnamed(location: location, sequence: sequence, observedAt: observedAt, in: tx)
        }
    }
}
