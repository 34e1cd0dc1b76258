/// What was measured: every run of every figure.
struct Figures: Sendable, Equatable {
    /// By the figure's name.
    private(set) var runs: [String: [Double]] = [:]
    /// Units of figures that this version does not know.
    private var units: [String: String] = [:]

    mutating func add(_ name: String, _ value: Double, unit: String? = nil) {
        runs[name, default: []].append(value)
        if let unit { units[name] = unit }
    }

    /// The median of a figure; `nil` where it was not measured.
    subscript(name: String) -> Double? { runs[name].map(Statistics.median) }

    /// What was measured, in the order of tables.
    var kinds: [FigureKind] {
        runs.keys.sorted { (FigureKind.place(of: $0), $0) < (FigureKind.place(of: $1), $1) }
            .map { FigureKind.named($0, unit: units[$0] ?? "") }
    }

    /// Derives figures run by run: the quotient of two others, as far as both have runs; of a single divisor for all.
    mutating func derive(_ name: String, _ numerator: String, over divisor: String, times factor: Double = 1, byMedian: Bool = false) {
        guard let upper = runs[numerator], let lower = runs[divisor] else { return }
        let divisors = byMedian ? upper.map { _ in Statistics.median(lower) } : lower
        runs[name] = zip(upper, divisors).compactMap { $1 > 0 ? $0 / $1 * factor : nil }
    }
}

/// Figures as they are written: at most 80 columns.
enum FigureTable {
    private static let columns = (name: 27, median: 10, unit: 12, range: 16)

    static func lines(_ figures: Figures) -> [String] {
        [row("figure", "median", "unit", "lowest-highest", "target")]
            + figures.kinds.map { kind in
                let runs = figures.runs[kind.name] ?? []
                let median = Statistics.median(runs)
                let target = kind.targetText + (kind.isReached(by: median) == false ? " !" : "")
                return row(kind.name, FigureText.of(median), kind.unit, range(runs), target)
            }
    }

    /// What stands below a table with an exclamation mark in it.
    static let note = "!  the target of full mode on two cores is not reached"

    private static func range(_ runs: [Double]) -> String {
        guard runs.count > 1, let low = runs.min(), let high = runs.max() else { return "" }
        return "\(FigureText.of(low))-\(FigureText.of(high))"
    }

    private static func row(_ name: String, _ median: String, _ unit: String, _ range: String, _ target: String) -> String {
        let text =
            name.padded(columns.name) + median.leftPadded(columns.median) + " " + unit.padded(columns.unit)
            + range.leftPadded(columns.range) + "  " + target
        return String(text.reversed().drop { $0 == " " }.reversed())
    }
}
