import Commerce
import Testing

/// How good the answer is where the search is cut, against the proven best.
struct RoutingGapTests {
    private static let objectives: [RoutingObjective] = [
        .lexicographic([.parcels, .cost]),
        .weighted([RoutingWeight(criterion: .cost, weight: 1), RoutingWeight(criterion: .deliveryTime, weight: 50)]),
        .weighted([RoutingWeight(criterion: .cost, weight: 1), RoutingWeight(criterion: .stockBalance, weight: 2)]),
    ]

    @Test(arguments: objectives.indices) func a_cut_search_is_within_two_percent_on_average(index: Int) throws {
        let strategy = RoutingStrategy(id: "s", objective: Self.objectives[index])
        var (gap, cut) = (0.0, 0)
        for seed in UInt64(0)..<30 {
            var world = RoutingWorld(seed: seed, locations: 18...18, holding: 30, units: 0...6, skus: 14)
            var request = world.request(1, lines: 12...12)
            request.sourcing.acceptPartial = true
            request.onlyLocations = nil
            func record(budget: Int) -> RoutingRecord? {
                var stock = StockSnapshot(world.cells)
                return Routing.decide([request], stock: &stock, facts: world.routingFacts, strategies: [strategy], nodeBudget: budget)
                    .first?.record
            }
            let quick = try #require(record(budget: 1))
            let exact = try #require(record(budget: 10_000_000))
            #expect(!exact.wasCut, "seed \(seed)")
            guard quick.wasCut, let found = quick.winner, let best = exact.winner else { continue }
            let worth = (worth(found, quick.criteria, strategy), worth(best, exact.criteria, strategy))
            #expect(worth.0 >= worth.1, "seed \(seed)")
            (gap, cut) = (gap + worth.0 / worth.1 - 1, cut + 1)
        }
        #expect(cut > 20 && gap / Double(cut) <= 0.02, "\(cut) cut, gap \(gap / Double(max(1, cut)))")
    }

    /// The weighted sum, or what the first criterion says.
    private func worth(_ score: RoutingScore, _ criteria: [RoutingCriterion], _ strategy: RoutingStrategy) -> Double {
        guard case .weighted(let weights) = strategy.objective else { return Double(score.values[0]) }
        return weights.reduce(0) { sum, entry in
            sum + Double(entry.weight) * Double(criteria.firstIndex(of: entry.criterion).map { score.values[$0] } ?? 0)
        }
    }

    @Test func an_order_of_fifty_lines_over_a_hundred_locations_is_answered_whole() throws {
        for seed in UInt64(100)..<103 {
            var world = RoutingWorld(seed: seed, locations: 100...100, holding: 12, units: 0...20, skus: 60)
            var request = world.request(1, lines: 50...50)
            request.onlyLocations = nil
            request.sourcing.acceptPartial = true
            var strategy = RoutingStrategy(id: "s", objective: .lexicographic([.parcels, .cost]))
            strategy.keepTogether = ["set"]
            var stock = StockSnapshot(world.cells)
            let decision = try #require(
                Routing.decide([request], stock: &stock, facts: world.routingFacts, strategies: [strategy]).first
            )
            let shipped = decision.sourcing.parcels.flatMap(\.lines).reduce(0) { $0 + $1.quantity }
            let waiting = decision.sourcing.waiting.reduce(0) { $0 + $1.quantity }
            #expect(shipped + waiting == request.sourcing.lines.reduce(0) { $0 + $1.quantity }, "seed \(seed)")
            #expect(decision.record.wasCut && decision.sourcing.search.method == .budgetCut, "seed \(seed)")
        }
    }
}
