internal import Commerce

/// `objective`: criteria, the most important first, or `weights` of criteria.
enum ObjectiveReader {
    static func read(_ value: ValueReader) -> RoutingObjective {
        guard value.isMapping else {
            return .lexicographic(value.oneOrMore { $0.choice(RoutingCriterion.self) })
        }
        guard let weights = value.object(["weights"])?.value("weights", required: value.isEmptyMapping) else { return .standard }
        let criteria = RoutingCriterion.allCases
        guard let object = weights.object(criteria.map(\.rawValue)) else { return .standard }
        if weights.isEmptyMapping { weights.fault(.invalidField, "At least one criterion is wanted here.") }
        return .weighted(
            criteria.compactMap { criterion in
                object.integer(criterion.rawValue, 1...1_000_000).map { RoutingWeight(criterion: criterion, weight: $0) }
            }
        )
    }
}
