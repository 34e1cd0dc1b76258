import Commerce
import Testing

/// Random orders under random rules in random networks, against an oracle that tries everything.
struct RoutingPropertyTests {
    private func decide(_ world: RoutingWorld, _ request: RoutingRequest, _ strategies: [RoutingStrategy]) -> RoutedDecision? {
        var stock = StockSnapshot(world.cells)
        return Routing.decide([request], stock: &stock, facts: world.routingFacts, strategies: strategies).first
    }

    @Test func the_answer_is_the_best_of_all_sets_of_locations_and_so_is_the_runner_up() throws {
        var (answered, several, refused) = (0, 0, 0)
        for seed in UInt64(0)..<3_000 {
            var world = RoutingWorld(seed: seed)
            let (request, strategy) = (world.request(1), world.strategy())
            let decision = try #require(decide(world, request, [strategy]))
            let oracle = RoutingOracle(world: world, request: request, strategy: strategy, criteria: decision.record.criteria)
            let mayShip = oracle.isComplete || request.sourcing.acceptPartial
            let answers = mayShip && oracle.targets.values.contains { $0 > 0 } ? oracle.answers() : []
            #expect(decision.record.candidates == oracle.candidates.count, "seed \(seed)")
            #expect(!decision.record.wasCut, "seed \(seed)")
            #expect(Set(decision.sourcing.parcels.map(\.location)) == answers.first?.locations ?? [], "seed \(seed)")
            #expect(decision.record.winner?.values == answers.first?.values, "seed \(seed)")
            #expect(decision.record.runnerUp?.values == answers.dropFirst().first?.values, "seed \(seed)")
            answered += answers.isEmpty ? 0 : 1
            several += decision.sourcing.parcels.count > 1 ? 1 : 0
            refused += decision.record.shortfall == .splitLimits ? 1 : 0
        }
        #expect(answered > 900 && several > 250 && refused > 40, "\(answered) answered, \(several) in parcels, \(refused) refused")
    }

    /// Stronger than sets: where criteria are sums over locations and units, no way at all of giving whole lines to locations is better.
    @Test func no_other_way_to_hand_out_is_better() throws {
        var compared = 0
        for seed in UInt64(10_000)..<12_000 {
            var world = RoutingWorld(seed: seed, units: 2...7)
            for index in world.facts.indices {
                world.facts[index].terms.costPerKilogram = nil
                world.locations[index].priority = abs(world.locations[index].priority)
            }
            var (request, strategy) = (world.request(1), world.strategy())
            strategy.split.furtherParcelWorth = nil
            strategy.keepApart = []
            request.sourcing.acceptPartial = false
            let decision = try #require(decide(world, request, [strategy]))
            let oracle = RoutingOracle(world: world, request: request, strategy: strategy, criteria: decision.record.criteria)
            guard oracle.isComplete, oracle.targets.values.contains(where: { $0 > 0 }) else { continue }
            guard let best = oracle.bestOfAllAssignments() else { continue }
            compared += 1
            let winner = try #require(decision.record.winner, "seed \(seed)")
            #expect(!oracle.scores(best).lexicographicallyPrecedes(oracle.scores(winner.values)), "seed \(seed)")
        }
        #expect(compared > 450)
    }

    @Test func every_unit_is_accounted_for_and_none_is_taken_twice() {
        for seed in UInt64(20_000)..<21_500 {
            var world = RoutingWorld(seed: seed)
            let endings: [RoutingOtherwise] = [
                .next, .backorder, .hold(RoutingHold(timeOutMinutes: 30)), .cancel(reason: "none left"),
            ]
            let strategies = (0..<3).map { index in
                var strategy = world.strategy("s\(index)")
                strategy.otherwise = world.random.pick(endings)
                if index == 0 { strategy.when.channels = ["b2b"] }
                return strategy
            }
            var requests = (0..<4).map { world.request(Int64($0), sameSKUs: seed % 2 == 0) }
            for index in requests.indices {
                requests[index].hold = world.random.pick(RoutingRequest.Hold.allCases)
                requests[index].sourcing.holders = index == 0 ? [.lease(1)] : []
            }
            let keeps = [StockKeep(sku: 1, holder: .lease(1), units: 2), StockKeep(sku: 2, holder: .channel(9), units: 2)]
            var stock = StockSnapshot(world.cells, keeps: keeps)
            let before = stock
            let decisions = Routing.decide(requests, stock: &stock, facts: world.routingFacts, strategies: strategies)
            #expect(decisions.map(\.sourcing.order) == requests.map(\.sourcing.order), "seed \(seed)")
            var left = before
            for (request, decision) in zip(requests, decisions) { check(decision, of: request, stock: &left, seed: seed) }
            #expect(left.cells == stock.cells, "seed \(seed)")
            let kept = stock.cells.reduce(0) { $1.sku == 2 ? $0 + $1.available : $0 }
            let had = before.cells.reduce(0) { $1.sku == 2 ? $0 + $1.available : $0 }
            #expect(kept >= min(2, had), "seed \(seed): what is kept for others stays")
        }
    }

    private func check(_ decision: RoutedDecision, of request: RoutingRequest, stock: inout StockSnapshot, seed: UInt64) {
        var units: [Int32: Int64] = [:]
        for parcel in decision.sourcing.parcels {
            #expect(!parcel.lines.isEmpty, "seed \(seed)")
            for line in parcel.lines {
                #expect(line.quantity > 0 && stock.take(line.quantity, sku: line.sku, location: parcel.location), "seed \(seed)")
                units[line.line, default: 0] += line.quantity
            }
        }
        let rest = decision.sourcing.waiting + (decision.held?.lines ?? []) + (decision.cancelled?.lines ?? [])
        for need in rest { units[need.line, default: 0] += need.quantity }
        #expect(rest.allSatisfy { $0.quantity > 0 }, "seed \(seed)")
        for line in request.sourcing.lines { #expect(units[line.line, default: 0] == line.quantity, "seed \(seed)") }
        #expect(decision.deliveries.count == decision.sourcing.parcels.count, "seed \(seed)")
        if !request.sourcing.acceptPartial, decision.cancelled == nil, !decision.sourcing.parcels.isEmpty {
            #expect(rest.isEmpty, "seed \(seed): everything or nothing")
        }
    }

    @Test func the_order_of_locations_and_cells_does_not_matter() {
        for seed in UInt64(30_000)..<30_400 {
            var world = RoutingWorld(seed: seed)
            let strategies = [world.strategy("a"), world.strategy("b")]
            let requests = (0..<3).map { world.request(Int64($0)) }
            var stock = StockSnapshot(world.cells)
            let first = Routing.decide(requests, stock: &stock, facts: world.routingFacts, strategies: strategies)
            var shuffled = StockSnapshot(world.cells.shuffled(using: &world.random))
            world.locations.shuffle(using: &world.random)
            world.facts.shuffle(using: &world.random)
            #expect(Routing.decide(requests, stock: &shuffled, facts: world.routingFacts, strategies: strategies) == first, "seed \(seed)")
        }
    }

    @Test func without_strategies_the_default_rule_decides() {
        for seed in UInt64(40_000)..<40_400 {
            var world = RoutingWorld(seed: seed)
            for index in world.facts.indices { world.facts[index].terms.customers = [] }
            var requests = (0..<3).map { world.request(Int64($0)) }
            for index in requests.indices { requests[index].onlyLocations = nil }
            var (routed, sourced) = (StockSnapshot(world.cells), StockSnapshot(world.cells))
            let decisions = Routing.decide(requests, stock: &routed, facts: world.routingFacts, strategies: RoutingRules.standard.live)
            let expected = Sourcing.decide(requests.map(\.sourcing), stock: &sourced, locations: SourcingLocations(world.locations))
            #expect(decisions.map(\.sourcing) == expected && routed.cells == sourced.cells, "seed \(seed)")
        }
    }

    /// The standard objective as a strategy is the default rule, found by the other search.
    @Test func the_standard_objective_is_the_default_rule() {
        for seed in UInt64(50_000)..<50_600 {
            var world = RoutingWorld(seed: seed)
            for index in world.facts.indices { world.facts[index].terms.customers = [] }
            var request = world.request(1)
            request.onlyLocations = nil
            let routed = decide(world, request, [RoutingStrategy(id: "standard")])
            let standard = decide(world, request, [])
            #expect(routed?.record.winner?.values == standard?.record.winner?.values, "seed \(seed)")
            #expect(routed?.sourcing.parcels == standard?.sourcing.parcels, "seed \(seed)")
            #expect(routed?.sourcing.waiting == standard?.sourcing.waiting, "seed \(seed)")
        }
    }

    /// The promise of `Routing`, on hard input: many are needed, and what is best for the units is not best for the parcels.
    @Test func twelve_locations_and_twenty_skus_never_exceed_the_budget() throws {
        let objectives: [RoutingObjective] = [
            .lexicographic([.stockBalance, .markdown]), .lexicographic([.deliveryTime]),
            .weighted([RoutingWeight(criterion: .stockBalance, weight: 1), RoutingWeight(criterion: .parcels, weight: 1)]),
        ]
        var deepest = 0
        for seed in UInt64(60_000)..<60_003 {
            var world = RoutingWorld(seed: seed, locations: 12...12, holding: 90, units: 2...5, skus: 20)
            for index in world.locations.indices { world.locations[index].priority = 1 }
            var request = world.request(1, lines: 20...20)
            request.onlyLocations = nil
            request.sourcing.acceptPartial = true
            for index in request.sourcing.lines.indices { request.sourcing.lines[index].quantity += 12 }
            for objective in objectives {
                let record = try #require(decide(world, request, [RoutingStrategy(id: "s", objective: objective)])?.record)
                #expect(!record.wasCut && record.winner != nil, "seed \(seed)")
                deepest = max(deepest, record.nodes)
            }
        }
        #expect((500...28_672 + 12).contains(deepest), "\(deepest)")
    }
}
