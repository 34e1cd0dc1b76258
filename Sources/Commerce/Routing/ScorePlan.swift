/// How answers are compared under an objective. An answer has a value for each criterion; `scores` turns the values
/// into what is compared, number by number, less being better.
struct ScorePlan: Hashable, Sendable {
    /// The objective's, in its order, then those that decide between equals.
    let criteria: [RoutingCriterion]
    /// For a weighted objective, what each criterion's value is multiplied by; empty for a lexicographic one.
    private let factors: [Int64]
    /// Criteria that are compared after the weighted sum.
    private let tail: [Int]
    let parcelsIndex: Int
    let costIndex: Int?
    let daysIndex: Int?
    let stockBalanceIndex: Int?
    let markdownIndex: Int?

    init(_ objective: RoutingObjective) {
        var criteria: [RoutingCriterion] = []
        var weights: [Int64] = []
        let isWeighted: Bool
        switch objective {
        case .lexicographic(let list):
            isWeighted = false
            for criterion in list where !criteria.contains(criterion) { criteria.append(criterion) }
        case .weighted(let list):
            isWeighted = true
            for entry in list {
                let weight = min(max(0, entry.weight), Self.heaviest)
                if let known = criteria.firstIndex(of: entry.criterion) {
                    weights[known] = min(weights[known] + weight, Self.heaviest)
                } else {
                    criteria.append(entry.criterion)
                    weights.append(weight)
                }
            }
        }
        for criterion in Self.betweenEquals where !criteria.contains(criterion) { criteria.append(criterion) }
        self.criteria = criteria
        factors = isWeighted ? zip(weights, criteria).map { $0 * $1.factor } : []
        tail = isWeighted ? Self.betweenEquals.compactMap { criteria.firstIndex(of: $0) } : []
        parcelsIndex = criteria.firstIndex(of: .parcels) ?? 0
        costIndex = criteria.firstIndex(of: .cost)
        daysIndex = criteria.firstIndex(of: .deliveryTime)
        stockBalanceIndex = criteria.firstIndex(of: .stockBalance)
        markdownIndex = criteria.firstIndex(of: .markdown)
    }

    var isWeighted: Bool { !tail.isEmpty }

    /// How many numbers are compared.
    var scoreCount: Int { isWeighted ? 1 + tail.count : criteria.count }

    /// The `index`-th number that is compared, of an answer whose criteria have these values.
    func score(_ index: Int, _ value: (Int) -> Int64) -> Int64 {
        guard isWeighted else { return value(index) }
        guard index == 0 else { return value(tail[index - 1]) }
        var sum: Int64 = 0
        for (criterion, factor) in factors.enumerated() where factor > 0 { sum += Self.product(value(criterion), factor) }
        return sum
    }

    /// The weight of one unit of a criterion's value; 0 where the objective has none. Lexicographic objectives have no weights.
    func factor(_ index: Int) -> Int64 { factors.indices.contains(index) ? factors[index] : 0 }

    /// Cut at ±10^17, so that a dozen of them can be summed.
    static func product(_ left: Int64, _ right: Int64) -> Int64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        guard !overflow else { return (left < 0) == (right < 0) ? bound : -bound }
        return min(max(product, -bound), bound)
    }

    private static let betweenEquals: [RoutingCriterion] = [.parcels, .locationPriority, .distance]
    private static let heaviest: Int64 = 1_000_000
    private static let bound: Int64 = 100_000_000_000_000_000
}

extension RoutingCriterion {
    /// Brings values of criteria to a common thousandth of the unit that weights are given for; see `RoutingScore.values` for the values' units.
    fileprivate var factor: Int64 {
        switch self {
        case .distance: 1
        case .supplierReliability, .capacityBalance: 10
        case .parcels, .cost, .deliveryTime, .locationPriority, .supplierPriority, .stockBalance, .markdown: 1_000
        }
    }
}
