import Commerce
import Logging
import Postgres
import Store
import TestSupport
import Testing

/// Rows that a feed counts as they stand are not written, and yet are as if they had been.
@Suite(.timeLimit(.minutes(15)))
struct SharedCountTests {
    private static let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
    private static let location: Int32 = 1

    /// What is known of a row.
    private struct Known: Equatable {
        var onHand: Int64
        var counted: Int64 = 0
        var countedAt: Timestamp?
        var sequence: Int64?
    }

    /// Every row for itself, and every one written.
    private struct Model {
        var rows: [Int64: Known] = [:]
        var moves: [(sku: Int64, delta: Int64, at: Timestamp)] = []

        mutating func count(_ counts: [(sku: Int64, count: Int64)], sequence: Int64, observedAt: Timestamp) {
            for (sku, count) in counts {
                let since = moves.filter { $0.sku == sku && $0.at >= observedAt }.reduce(0) { $0 + $1.delta }
                rows[sku] = Known(onHand: count + since, counted: count, countedAt: observedAt, sequence: sequence)
            }
        }

        mutating func zeroUnnamed(sequence: Int64, observedAt: Timestamp) {
            let unnamed = rows.filter { $0.value.sequence != sequence }.keys
            count(unnamed.map { ($0, 0) }, sequence: sequence, observedAt: observedAt)
        }

        mutating func move(_ sku: Int64, _ delta: Int64, at moment: Timestamp) {
            moves.append((sku, delta, moment))
            var row = rows[sku] ?? Known(onHand: 0)
            if row.countedAt.map({ moment >= $0 }) ?? true { row.onHand += delta }
            rows[sku] = row
        }

        mutating func forgetSequences() { for sku in rows.keys { rows[sku]?.sequence = nil } }
    }

    private static func known(_ session: PostgresSession) async throws -> [Int64: Known] {
        let rows = try await session.read { tx in
            try tx.query(
                """
                SELECT s.sku, s.on_hand, s.counted, c.counted_at, c.sequence FROM stock s LEFT JOIN stock_count c ON c.key = s.count_key
                """,
                []
            ).map { row in
                let known = Known(
                    onHand: try row.int8(1),
                    counted: try row.int8(2),
                    countedAt: try row.optionalTimestamp(3).map(Timestamp.init(rawValue:)),
                    sequence: try row.isNull(4) ? nil : try row.int8(4)
                )
                return (try row.int8(0), known)
            }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private static func move(_ sku: Int64, _ delta: Int64, at moment: Timestamp, in tx: borrowing Transaction) throws {
        _ = try StockRows.lock([(sku, location)], in: tx)
        try StockMovements.record(
            [.init(sku: sku, location: location, delta: delta, occurredAt: moment, kind: .adjustment, reference: "x")],
            in: tx
        )
    }

    private static func violations(_ laws: Set<String>, _ session: PostgresSession) async throws -> Int64 {
        try await session.read { tx in
            try AuditStore.examine(in: tx).filter { laws.contains($0.law.name) }.reduce(0) { $0 + $1.violations }
        }
    }

    private static func places(_ session: PostgresSession) async throws -> [String] {
        try await session.read { tx in try tx.query("SELECT ctid::text FROM stock ORDER BY sku", []).map { try $0.text(0) } }
    }

    @Test func rows_counted_as_they_stand_are_not_written_and_a_late_dispatch_is_not_subtracted_from_them() async throws {
        try await withDatabase { database in
            let session = PostgresSession(try PostgresConfiguration(url: database.url), logger: Self.logger)
            let counts = (1...100).map { (sku: Int64($0), count: Int64(10)) }
            let moments = (0...4).map { Timestamp(seconds: 1_000 + $0 * 100) }
            try await session.write { tx in
                _ = try StockCounts.apply(counts, location: 1, sequence: 1, observedAt: moments[0], in: tx)
            }
            let places = try await Self.places(session)
            try await session.write { tx in
                let changes = try StockCounts.apply(counts, location: 1, sequence: 2, observedAt: moments[2], in: tx)
                #expect(changes.isEmpty)
                #expect(try StockCounts.zeroUnnamed(location: 1, sequence: 2, observedAt: moments[2], in: tx).isEmpty)
            }
            #expect(try await Self.places(session) == places, "no row was written")
            try await session.write { tx in
                try Self.move(1, -3, at: moments[1], in: tx)
                try Self.move(2, -3, at: moments[2], in: tx)
            }
            var known = try await Self.known(session)
            #expect(known[1] == Known(onHand: 10, counted: 10, countedAt: moments[2], sequence: 2), "the count knew of it")
            #expect(known[2] == Known(onHand: 7, counted: 10, countedAt: moments[2], sequence: 2), "it left after the count")
            // One is missing, one is another, and what left of the second is in the count now.
            var next = counts.dropLast()
            next[4].count = 11
            next[1].count = 7
            let newer = Array(next)
            try await session.write { tx in
                let changes = try StockCounts.apply(newer, location: 1, sequence: 3, observedAt: moments[3], in: tx)
                #expect(changes.map(\.sku) == [5])
                #expect(try StockCounts.zeroUnnamed(location: 1, sequence: 3, observedAt: moments[3], in: tx).map(\.sku) == [100])
            }
            known = try await Self.known(session)
            #expect(known.values.allSatisfy { $0.countedAt == moments[3] && $0.sequence == 3 })
            #expect(known[2]?.onHand == 7 && known[5]?.onHand == 11 && known[100]?.onHand == 0)
            #expect(try await Self.violations(["on_hand", "counts"], session) == 0)
            await session.close()
        }
    }

    @Test func a_dispatch_that_commits_while_the_feed_waits_is_part_of_the_count() async throws {
        try await withDatabase { database in
            let configuration = try PostgresConfiguration(url: database.url)
            let dispatch = PostgresSession(configuration, name: "dispatch", logger: Self.logger)
            let session = PostgresSession(configuration, name: "feed", logger: Self.logger)
            let watch = PostgresSession(configuration, name: "watch", logger: Self.logger)
            let counts = [(sku: Int64(1), count: Int64(10)), (sku: 2, count: 10)]
            let (first, left, second) = (Timestamp(seconds: 1_000), Timestamp(seconds: 1_100), Timestamp(seconds: 1_200))
            try await session.write { tx in
                _ = try StockCounts.apply(counts, location: 1, sequence: 1, observedAt: first, in: tx)
            }
            try await dispatch.script(
                """
                BEGIN;
                SELECT FROM stock WHERE sku = 1 FOR UPDATE;
                INSERT INTO stock_movement (sku, location, delta, occurred_at, kind, reference)
                VALUES (1, 1, -3, to_timestamp(\(left.rawValue / 1_000_000)), 2, 'x');
                UPDATE stock SET on_hand = on_hand - 3 WHERE sku = 1;
                """
            )
            let counting = Task {
                try await session.write { tx in
                    _ = try StockCounts.apply(counts, location: 1, sequence: 2, observedAt: second, in: tx)
                }
            }
            try await eventually("the count waits for the dispatch") {
                try await watch.read { tx in
                    try tx.query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .only().int8(0) == 1
                }
            }
            try await dispatch.script("COMMIT")
            try await counting.value
            let known = try await Self.known(watch)
            #expect(known.values.allSatisfy { $0 == Known(onHand: 10, counted: 10, countedAt: second, sequence: 2) })
            #expect(try await Self.violations(["on_hand", "counts"], watch) == 0)
            for session in [dispatch, session, watch] { await session.close() }
        }
    }

    @Test(arguments: UInt64(1)...30)
    func every_row_is_as_if_it_had_been_written(seed: UInt64) async throws {
        try await withDatabase { database in
            let session = PostgresSession(try PostgresConfiguration(url: database.url), logger: Self.logger)
            var random = SplitMix64(seed: seed)
            let skus = Array(Int64(1)...150)
            var model = Model()
            var sequence: Int64 = 0
            for step in 1...40 {
                let moment = Timestamp(seconds: 1_000 + Int64.random(in: 0...400, using: &random))
                switch Int.random(in: 0..<10, using: &random) {
                case 0...5:
                    sequence += 1
                    // Mostly parts that were parts before, sometimes others; most rows as they are known.
                    let width = [10, 75, 150].randomElement(using: &random) ?? 75
                    let first = Int.random(in: 0..<(skus.count / width), using: &random) * width
                    let newRate = [0, 1, 30].randomElement(using: &random) ?? 0
                    let leftOut = [0, 0, 3].randomElement(using: &random) ?? 0
                    var counts: [(sku: Int64, count: Int64)] = []
                    for sku in skus[first..<first + width] where Int.random(in: 0..<100, using: &random) >= leftOut {
                        let isNew = Int.random(in: 0..<100, using: &random) < newRate
                        counts.append((sku, isNew ? .random(in: 0...9, using: &random) : model.rows[sku]?.counted ?? 5))
                    }
                    let isFull = Int.random(in: 0..<3, using: &random) == 0
                    let (part, number) = (counts, sequence)
                    try await session.write { tx in
                        _ = try StockCounts.apply(part, location: Self.location, sequence: number, observedAt: moment, in: tx)
                        guard isFull else { return }
                        _ = try StockCounts.zeroUnnamed(location: Self.location, sequence: number, observedAt: moment, in: tx)
                    }
                    model.count(counts, sequence: sequence, observedAt: moment)
                    if isFull { model.zeroUnnamed(sequence: sequence, observedAt: moment) }
                case 6...8:
                    let sku = skus.randomElement(using: &random) ?? 1
                    let delta = Int64.random(in: -3...3, using: &random)
                    try await session.write { tx in try Self.move(sku, delta, at: moment, in: tx) }
                    model.move(sku, delta, at: moment)
                default:
                    guard Bool.random(using: &random) else { continue }
                    _ = try await session.write { tx in try FeedStore.reset(location: Self.location, in: tx) }
                    model.forgetSequences()
                    sequence = 0
                }
                #expect(try await Self.known(session) == model.rows, "step \(step)")
            }
            #expect(try await Self.violations(["on_hand", "counts"], session) == 0)
            await session.close()
        }
    }
}
