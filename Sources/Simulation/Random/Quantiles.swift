/// A distribution given by some of its quantiles, straight in between.
struct Quantiles: Sendable {
    private let points: [(share: Double, value: Double)]

    /// From share 0 to share 1, both included, rising.
    init(_ points: [(Double, Double)]) { self.points = points.map { (share: $0.0, value: $0.1) } }

    /// The value below which that share of all values lies.
    func value(at share: Double) -> Double {
        guard let upper = points.firstIndex(where: { $0.share >= share }) else { return points.last?.value ?? 0 }
        guard upper > 0 else { return points[0].value }
        let (low, high) = (points[upper - 1], points[upper])
        return low.value + (high.value - low.value) * (share - low.share) / (high.share - low.share)
    }

    func draw(_ random: inout SplitMix64) -> Double { value(at: random.unit()) }

    /// The share of all values that lies within one unit around this value.
    func density(at value: Double) -> Double {
        guard let upper = points.firstIndex(where: { $0.value >= value && $0.value > points[0].value }) else { return 0 }
        let (low, high) = (points[upper - 1], points[upper])
        return (high.share - low.share) / (high.value - low.value)
    }
}

/// A choice among values with given weights.
struct Weighted<Value: Sendable>: Sendable {
    private let values: [Value]
    private let bounds: [Double]

    init(_ entries: [(Value, Double)]) {
        values = entries.map(\.0)
        var sum = 0.0
        bounds = entries.map { entry in
            sum += entry.1
            return sum
        }
    }

    func draw(_ random: inout SplitMix64) -> Value {
        let point = random.unit() * (bounds.last ?? 0)
        return values[min(values.count - 1, bounds.firstIndex { $0 > point } ?? values.count - 1)]
    }
}
