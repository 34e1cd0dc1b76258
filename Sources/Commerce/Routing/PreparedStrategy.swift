/// A strategy with everything that does not depend on the order worked out, once per batch.
struct PreparedStrategy: Sendable {
    let rule: RoutingStrategy
    let plan: ScorePlan
    /// By place: the first fence that keeps the location out whatever the order.
    let standing: [RoutingObstacle?]
    /// What the fences that depend on the order ask for; the strictest of each kind.
    private(set) var maximumMeters: Int64?
    private(set) var stockSharePercent: Int64?
    private(set) var needsCapacity = false
    private(set) var needsOnTime = false
    private(set) var demandedAttributes: [String] = []

    init(_ rule: RoutingStrategy, facts: RoutingFacts) {
        self.rule = rule
        plan = ScorePlan(rule.objective)
        standing = facts.places.indices.map { place in
            rule.fences.lazy.compactMap { Self.obstacle($0, of: facts.places[place], id: facts.locations.all[place].id) }.first
        }
        for fence in rule.fences {
            switch fence {
            case .withinKilometers(let kilometers):
                let (meters, overflow) = kilometers.multipliedReportingOverflow(by: 1_000)
                maximumMeters = min(maximumMeters ?? .max, overflow ? .max : meters)
            case .stockShare(let percent): stockSharePercent = max(stockSharePercent ?? 0, min(100, percent))
            case .capacityLeft: needsCapacity = true
            case .onTime: needsOnTime = true
            case .attribute(let name): demandedAttributes.append(name)
            case .kinds, .suppliers, .locations, .countries, .regions, .freshFeed: break
            }
        }
    }

    /// Whether lines with the same SKU may have to be told apart.
    var looksAtLines: Bool { !(rule.keepTogether.isEmpty && rule.keepApart.isEmpty && demandedAttributes.isEmpty) }

    var looksAtDays: Bool { needsOnTime || plan.daysIndex != nil }

    private static func obstacle(_ fence: RoutingFence, of facts: LocationFacts, id: String) -> RoutingObstacle? {
        switch fence {
        case .kinds(let kinds): kinds.contains(facts.kind) ? nil : .kind
        case .suppliers(let suppliers): facts.supplier.map(suppliers.contains) == true ? nil : .supplier
        case .locations(let locations): locations.contains(id) ? nil : .location
        case .countries(let countries): countries.contains(facts.country) ? nil : .country
        case .regions(let regions):
            facts.terms.region.map { region in regions.contains { ExactID.same($0, region) } } == true ? nil : .region
        case .freshFeed: facts.isFresh ? nil : .freshFeed
        case .withinKilometers, .stockShare, .capacityLeft, .onTime, .attribute: nil
        }
    }
}
