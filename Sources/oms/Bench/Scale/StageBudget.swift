/// Microseconds of processor time that an order costs, by stage of its way and by who spends them.
struct StageBudget: Sendable, Equatable {
    enum Stage: String, Sendable, CaseIterable {
        /// A channel hands orders to the broker.
        case publish
        case intake, sourcing

        /// Who has a part in it.
        var parts: [Part] { self == .publish ? [.broker, .generator] : [.database, .broker, .worker] }
    }

    enum Part: String, Sendable, CaseIterable {
        case database, broker, worker, generator
    }

    private var micros: [Stage: [Part: Double]] = [:]

    init() {}

    /// Of measured figures; `nil` where not one is there.
    init?(_ figures: Figures) {
        for stage in Stage.allCases {
            for part in Part.allCases { self[stage, part] = figures[ScaleFigures.time(stage, part)] ?? 0 }
        }
        if total == 0 { return nil }
    }

    subscript(stage: Stage, part: Part) -> Double {
        get { micros[stage]?[part] ?? 0 }
        set { micros[stage, default: [:]][part] = newValue }
    }

    func of(_ stage: Stage) -> Double { Part.allCases.reduce(0) { $0 + self[stage, $1] } }
    func of(_ part: Part) -> Double { Stage.allCases.reduce(0) { $0 + self[$1, part] } }
    /// With the generator, which is a channel's own machine in life.
    var total: Double { Stage.allCases.reduce(0) { $0 + of($1) } }
    /// What this system itself costs.
    var own: Double { total - of(.generator) }

    /// A table of 80 columns at most.
    var lines: [String] {
        let head = "µs per order".padded(14) + Part.allCases.map { $0.rawValue.leftPadded(11) }.joined() + "together".leftPadded(11)
        let rows = Stage.allCases.map { stage in
            stage.rawValue.padded(14) + Part.allCases.map { FigureText.of(self[stage, $0]).leftPadded(11) }.joined()
                + FigureText.of(of(stage)).leftPadded(11)
        }
        let sums =
            "together".padded(14) + Part.allCases.map { FigureText.of(of($0)).leftPadded(11) }.joined()
            + FigureText.of(total).leftPadded(11)
        return [head] + rows + [sums]
    }
}

/// The names of the figures of `ops/bench scale`.
enum ScaleFigures {
    /// Worker processes per role.
    static let processes = [1, 2, 4]
    static let queue = "queue_publish_per_s"
    static let sourcingSpeed = "sourcing_process_per_s"
    static let walBytes = "wal_bytes_per_order"

    static func speed(_ processes: Int) -> String { "scale_\(processes)_per_s" }
    static func time(_ stage: StageBudget.Stage, _ part: StageBudget.Part) -> String { "\(stage.rawValue)_\(part.rawValue)_us" }
}
