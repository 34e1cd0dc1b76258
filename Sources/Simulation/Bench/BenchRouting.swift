package import Commerce

/// Random orders over random locations, for the routing engine alone.
package struct BenchRouting: Sendable {
    /// How large the problems are.
    package struct Shape: Sendable {
        package var locations: Int
        package var orders: Int
        package var lines: ClosedRange<Int>
        package var skus: Int
        /// How likely it is that a location has a SKU.
        package var holding: Double
        /// Units there, where it has some; the least may be 0.
        package var units: ClosedRange<Int64>

        /// Baskets of 1 to 4 lines over 12 locations.
        package static let basket = Shape(locations: 12, orders: 1_000, lines: 1...4, skus: 500, holding: 0.6, units: 1...40)
        /// Orders of 50 lines over 100 locations.
        package static let large = Shape(locations: 100, orders: 50, lines: 50...50, skus: 400, holding: 0.15, units: 1...40)
        /// One order beyond what is always solved exactly, of which the best can still be proven.
        package static let gap = Shape(locations: 18, orders: 1, lines: 12...12, skus: 14, holding: 0.3, units: 0...6)
    }

    /// Fewest parcels, then what they cost, then how far they go; within Germany only.
    package static let strategy = RoutingStrategy(
        id: "bench",
        fences: [.countries(["DE"])],
        objective: .lexicographic([.parcels, .cost, .distance])
    )

    private let requests: [RoutingRequest]
    private let stock: StockSnapshot
    private let facts: RoutingFacts

    package init(_ shape: Shape, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let locations = (0..<shape.locations).map { number in
            SourcingLocation(key: Int64(number), id: "l\(number)", priority: Int64(random.below(3)), coordinates: Self.place(&random))
        }
        stock = StockSnapshot(Self.cells(shape, &random))
        facts = RoutingFacts(
            locations: SourcingLocations(locations),
            facts: locations.map { location in
                LocationFacts(
                    location: location.key,
                    country: "DE",
                    parcelCost: Int64(300 + 100 * random.below(4)),
                    leadTimeHours: Int64(24 * random.below(3)),
                    terms: LocationTerms(
                        costPerKilogram: Int64(random.below(200)),
                        costPer100Kilometers: Int64(random.below(90))
                    )
                )
            },
            delivery: DeliveryCalendar(
                transit: [
                    TransitTable(bands: [.init(kilometers: 300, days: 1), .init(kilometers: 700, days: 2), .init(kilometers: nil, days: 4)])
                ]
            ),
            now: Timestamp(seconds: 1_795_342_500)
        )
        requests = (0..<shape.orders).map { Self.request($0, shape, &random) }
    }

    /// Somewhere in or around Germany.
    private static func place(_ random: inout SplitMix64) -> Coordinates {
        Coordinates(latitude: 47 + 8 * random.unit(), longitude: 6 + 9 * random.unit())
    }

    private static func cells(_ shape: Shape, _ random: inout SplitMix64) -> [StockCell] {
        var cells: [StockCell] = []
        for sku in 0..<shape.skus {
            for location in 0..<shape.locations where random.chance(shape.holding) {
                let units = shape.units.lowerBound + Int64(random.below(shape.units.count))
                cells.append(StockCell(sku: Int64(sku), location: Int64(location), available: units))
            }
        }
        return cells
    }

    private static func request(_ number: Int, _ shape: Shape, _ random: inout SplitMix64) -> RoutingRequest {
        var skus: Set<Int64> = []
        let count = shape.lines.lowerBound + random.below(shape.lines.count)
        while skus.count < count { skus.insert(Int64(random.below(shape.skus))) }
        let needs = skus.sorted().enumerated().map { line, sku in
            SourcingNeed(line: Int32(line), sku: sku, quantity: Int64(1 + random.below(3)))
        }
        return RoutingRequest(
            sourcing: SourcingRequest(order: Int64(number), acceptPartial: true, destination: place(&random), lines: needs),
            channel: BenchNetwork.channel,
            country: "DE",
            lines: needs.map { RoutingLine(line: $0.line, unitValue: 1_999, unitGrams: Int64(100 + random.below(900))) },
            orderValue: needs.reduce(0) { $0 + $1.quantity * 1_999 },
            day: CivilDate(year: 2026, month: 11, day: 22)
        )
    }

    /// Decides all orders over a fresh copy of the stock. Gives how many decisions that were, and how many units ship.
    package func decide() -> (decisions: Int, units: Int64) {
        var copy = stock
        let decisions = Routing.decide(requests, stock: &copy, facts: facts, strategies: [Self.strategy])
        return (decisions.count, decisions.reduce(0) { $0 + $1.sourcing.parcels.flatMap(\.lines).reduce(0) { $0 + $1.quantity } })
    }

    // MARK: How good the heuristic is

    /// What the gap is measured under.
    package static let gapObjectives: [RoutingObjective] = [
        .lexicographic([.parcels, .cost]),
        .weighted([RoutingWeight(criterion: .cost, weight: 1), RoutingWeight(criterion: .deliveryTime, weight: 50)]),
        .weighted([RoutingWeight(criterion: .cost, weight: 1), RoutingWeight(criterion: .stockBalance, weight: 2)]),
    ]

    /// By how much the first order's answer without a search is worse than the proven best, as a share of it; `nil` where the heuristic's
    /// answer is proven without one, or the best cannot be proven in 10 million steps.
    package func gap(_ objective: RoutingObjective) -> Double? {
        let strategy = RoutingStrategy(id: "gap", objective: objective)
        guard let quick = record(strategy, nodeBudget: 1), quick.wasCut, let found = quick.winner,
            let exact = record(strategy, nodeBudget: 10_000_000), !exact.wasCut, let best = exact.winner
        else { return nil }
        let worth = (Self.worth(found, quick.criteria, objective), Self.worth(best, exact.criteria, objective))
        return worth.1 > 0 ? worth.0 / worth.1 - 1 : nil
    }

    private func record(_ strategy: RoutingStrategy, nodeBudget: Int) -> RoutingRecord? {
        var copy = stock
        let first = Array(requests.prefix(1))
        return Routing.decide(first, stock: &copy, facts: facts, strategies: [strategy], nodeBudget: nodeBudget).first?.record
    }

    /// The weighted sum, or what the first criterion says.
    private static func worth(_ score: RoutingScore, _ criteria: [RoutingCriterion], _ objective: RoutingObjective) -> Double {
        switch objective {
        case .lexicographic: Double(score.values.first ?? 0)
        case .weighted(let weights):
            weights.reduce(0) { sum, entry in
                sum + Double(entry.weight) * Double(criteria.firstIndex(of: entry.criterion).map { score.values[$0] } ?? 0)
            }
        }
    }
}
