/// What more cores would do: arithmetic over measured figures, and no measurement.
///
/// Processor time is taken to grow with the cores; everything that happens one after the other is a ceiling, however many there are:
/// - **stock locks**: batches that want the same SKUs are decided one after the other. Where a batch's SKUs are a good part of all there
///   are, as in the benchmark, that is one sourcing process's speed, whatever their number;
/// - **queue leader**: a quorum queue is led by one Erlang process on one core;
/// - **WAL**: one PostgreSQL writes one log, as fast as its disk takes it in sequence.
///
/// Each ends where there are several of the thing: a group is a database with its workers and its intake queue, for a region or a seller.
struct ScalePrediction: Sendable, Equatable {
    enum Ceiling: String, Sendable, CaseIterable {
        case cores
        case stockLocks = "stock locks"
        case queueLeader = "queue leader"
        case wal = "WAL"
    }

    /// What one row of the table says, in orders/s.
    struct Row: Sendable, Equatable {
        var cores: Int
        var speeds: [Ceiling: Double]
        /// The lowest of them.
        var predicted: Double
        var first: Ceiling
        /// Groups with which the cores are what limits.
        var groups: Int
    }

    static let coresPredicted = [8, 32, 128]

    /// µs per order, without the generator.
    var micros: Double
    /// Orders/s that never get more, however many cores there are.
    var ceilings: [Ceiling: Double]
    /// Bytes of write-ahead log per order; `nil`: not measured.
    var walBytes: Double?
    /// Bytes/s, assumed.
    var walSpeed: Double

    /// - Parameter walMegabytes: what the log's disk is taken to write a second, in sequence, flushed.
    /// - Returns: `nil` where the figures hold no budget of stages.
    init?(_ figures: Figures, walMegabytes: Int) {
        guard let budget = StageBudget(figures), budget.own > 0 else { return nil }
        micros = budget.own
        walBytes = figures[ScaleFigures.walBytes]
        walSpeed = Double(walMegabytes) * 1_000_000
        ceilings = [:]
        ceilings[.stockLocks] = figures[ScaleFigures.sourcingSpeed]
        ceilings[.queueLeader] = figures[ScaleFigures.queue]
        if let walBytes, walBytes > 0 { ceilings[.wal] = walSpeed / walBytes }
    }

    func row(cores: Int) -> Row {
        var speeds = ceilings
        let byCores = Double(cores) * 1_000_000 / micros
        speeds[.cores] = byCores
        var first = Ceiling.cores
        for ceiling in Ceiling.allCases where (speeds[ceiling] ?? .infinity) < (speeds[first] ?? .infinity) { first = ceiling }
        let lowest = speeds[first] ?? byCores
        return Row(
            cores: cores,
            speeds: speeds,
            predicted: lowest,
            first: first,
            groups: lowest > 0 ? Int((byCores / lowest).rounded(.up)) : 1
        )
    }

    /// The arithmetic and its table, at most 80 columns.
    var lines: [String] {
        var lines = ["PREDICTION, not measured: orders/s, placed to sourced", "", "cores: cores x 1,000,000 / \(FigureText.of(micros)) µs"]
        if let speed = ceilings[.stockLocks] { lines.append("stock locks: one sourcing process measured alone, \(FigureText.of(speed))") }
        if let speed = ceilings[.queueLeader] {
            lines.append("queue leader: publishing into one queue measured alone, \(FigureText.of(speed))")
        }
        if let bytes = walBytes {
            lines.append("WAL: \(FigureText.of(walSpeed)) bytes/s (assumed) / \(FigureText.of(bytes)) bytes per order")
        }
        let heads = Ceiling.allCases.map { ($0 == .cores ? "by cores" : $0.rawValue).leftPadded(13) }.joined()
        lines += ["", "cores".padded(7) + heads + "predicted".leftPadded(11) + "  groups"]
        for row in Self.coresPredicted.map({ row(cores: $0) }) {
            let speeds = Ceiling.allCases.map { ceiling in
                ((row.speeds[ceiling].map(FigureText.of) ?? "-") + (ceiling == row.first ? "*" : " ")).leftPadded(13)
            }
            lines.append(
                String(row.cores).padded(7) + speeds.joined() + FigureText.of(row.predicted).leftPadded(11)
                    + String(row.groups).leftPadded(8)
            )
        }
        return lines + [
            "", "*  the first ceiling. groups: with so many databases, each with its workers and",
            "   its queues (by region or seller), the cores are what limits again.",
        ]
    }
}
