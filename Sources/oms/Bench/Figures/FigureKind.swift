/// What a figure of the benchmark is: its unit, which way is better, what it says and how it is measured.
struct FigureKind: Hashable, Sendable {
    enum Better: Hashable, Sendable {
        case higher, lower
        /// Every other value is wrong.
        case exactly(Double)
        /// It tells of the machine, and is neither better nor worse.
        case neither
    }

    var name: String
    /// At most 11 characters.
    var unit: String
    var better: Better
    /// What the system is to reach on two cores, in full mode.
    var target: Double?
    /// What it says, in a line.
    var meaning: String
    /// How it is measured.
    var method: String

    init(_ name: String, _ unit: String, _ better: Better, target: Double? = nil, _ meaning: String, method: String) {
        self.name = name
        self.unit = unit
        self.better = better
        self.target = target
        self.meaning = meaning
        self.method = method
    }

    /// The target as a person reads it: `≥ 5,000`; empty without one.
    var targetText: String {
        if case .exactly(let value) = better { return "= \(FigureText.of(value))" }
        return target.map { "\(better == .lower ? "≤" : "≥") \(FigureText.of($0))" } ?? ""
    }

    /// Whether a median reaches the target; `nil` without one.
    func isReached(by value: Double) -> Bool? {
        switch better {
        case .exactly(let wanted): value == wanted
        case .higher: target.map { value >= $0 }
        case .lower: target.map { value <= $0 }
        case .neither: nil
        }
    }

    /// The figure of this name; one that a newer or older version measured is known by its name alone.
    static func named(_ name: String, unit: String = "") -> FigureKind {
        byName[name] ?? FigureKind(name, unit, .neither, "a figure of another version", method: "unknown here")
    }

    /// Its place in tables; what is unknown comes last.
    static func place(of name: String) -> Int { places[name] ?? all.count }

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    private static let places = Dictionary(all.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
}

/// How values are written.
enum FigureText {
    /// Thousands with commas; below 100 with one or two decimals as needed.
    static func of(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "?" }
        if value.magnitude >= 99.95 { return Int64(value.rounded()).grouped }
        let scale: Double = value.magnitude >= 9.995 ? 10 : 100
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? String(Int64(rounded)) : String(rounded)
    }

    /// `+12.3 %`.
    static func change(_ share: Double) -> String {
        guard share.isFinite else { return "?" }
        let percent = (share * 1_000).rounded() / 10
        return "\(percent > 0 ? "+" : "")\(percent == 0 ? "0.0" : String(percent)) %"
    }
}
