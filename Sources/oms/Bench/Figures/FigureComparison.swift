/// What became of one figure from an older to a newer run of the benchmark.
///
/// A change is beyond the spread where no run of one is within the range of the other's, and the medians differ by 3 % at least: with five
/// runs each, chance alone brings that about once in 250 times in either direction. Of fewer than three runs the spread is unknown; then
/// each is taken to range 15 % to both sides.
struct FigureComparison: Sendable, Equatable {
    enum Verdict: String, Sendable {
        case better, worse
        case withinNoise = "within noise"
        /// One that tells of the machine alone, and is beyond the spread.
        case changed
    }

    /// Fewer runs than these do not show their spread.
    static let runsThatShowSpread = 3
    static let assumedSpread = 0.15
    static let leastChange = 0.03

    var kind: FigureKind
    var old: Double
    var new: Double
    /// By how much the new one is more, as a share of the old one; infinite from nothing.
    var change: Double
    /// Half the width of the wider range, as a share of its median.
    var spread: Double
    var verdict: Verdict

    init(_ kind: FigureKind, old: [Double], new: [Double]) {
        self.kind = kind
        self.old = Statistics.median(old)
        self.new = Statistics.median(new)
        let growth = self.new - self.old
        // What grows by so many MB an hour may have been below zero.
        change = growth == 0 ? 0 : growth / self.old.magnitude
        let (before, after) = (Self.range(old), Self.range(new))
        spread = max(Self.share(before, self.old), Self.share(after, self.new))
        let isBeyond = !before.overlaps(after) && change.magnitude >= Self.leastChange
        verdict =
            switch kind.better {
            case .exactly(let wanted): Self.verdict(wanted, old, new)
            case .neither: isBeyond ? .changed : .withinNoise
            case .higher: isBeyond ? (change > 0 ? .better : .worse) : .withinNoise
            case .lower: isBeyond ? (change < 0 ? .better : .worse) : .withinNoise
            }
    }

    /// One wrong run of an exact figure is a fault, not noise.
    private static func verdict(_ wanted: Double, _ old: [Double], _ new: [Double]) -> Verdict {
        let (wasRight, isRight) = (old.allSatisfy { $0 == wanted }, new.allSatisfy { $0 == wanted })
        return isRight ? (wasRight ? .withinNoise : .better) : .worse
    }

    private static func range(_ runs: [Double]) -> ClosedRange<Double> {
        let (low, high) = (runs.min() ?? 0, runs.max() ?? 0)
        guard runs.count < runsThatShowSpread else { return low...high }
        return (low - low.magnitude * assumedSpread)...(high + high.magnitude * assumedSpread)
    }

    private static func share(_ range: ClosedRange<Double>, _ median: Double) -> Double {
        median == 0 ? 0 : (range.upperBound - range.lowerBound) / 2 / median.magnitude
    }
}

/// Two runs of the benchmark side by side.
struct BenchComparison: Sendable, Equatable {
    var figures: [FigureComparison]
    /// Names of figures that only one of the two has.
    var onlyOld: [String]
    var onlyNew: [String]
    /// Why the two cannot be compared as they should; empty: they can.
    var doubts: [String]

    init(old: FigureFile, new: FigureFile) {
        figures = new.figures.kinds.compactMap { kind in
            old.figures.runs[kind.name].map { FigureComparison(kind, old: $0, new: new.figures.runs[kind.name] ?? []) }
        }
        onlyOld = old.figures.kinds.map(\.name).filter { new.figures.runs[$0] == nil }
        onlyNew = new.figures.kinds.map(\.name).filter { old.figures.runs[$0] == nil }
        doubts = []
        if old.machine.isAnother(than: new.machine) { doubts.append("The machines differ: \(old.machine.line); \(new.machine.line).") }
        if old.mode != new.mode { doubts.append("One is of full, the other of quick mode: their rounds differ in size.") }
        if let yardstick = figures.first(where: { $0.kind.name == "tpcb_per_s" }), yardstick.verdict == .changed {
            doubts.append(
                "The machine itself was \(yardstick.change > 0 ? "faster" : "slower"): TPC-B \(FigureText.change(yardstick.change))."
            )
        }
    }

    var isWorse: Bool { figures.contains { $0.verdict == .worse } }

    /// At most 80 columns, but for the doubts.
    var lines: [String] {
        var lines = ["figure".padded(28) + "old".leftPadded(11) + "new".leftPadded(11) + "change".leftPadded(9) + "spread".leftPadded(8)]
        lines += figures.map { figure in
            figure.kind.name.padded(28) + FigureText.of(figure.old).leftPadded(11) + FigureText.of(figure.new).leftPadded(11)
                + FigureText.change(figure.change).leftPadded(9)
                + "±\(FigureText.of((figure.spread * 1_000).rounded() / 10)) %".leftPadded(8)
                + " " + figure.verdict.rawValue
        }
        if !onlyOld.isEmpty { lines.append("not measured now: " + onlyOld.joined(separator: ", ")) }
        if !onlyNew.isEmpty { lines.append("not measured before: " + onlyNew.joined(separator: ", ")) }
        return lines + doubts
    }
}
