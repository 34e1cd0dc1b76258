import Commerce
import Testing

/// Random orders in random networks, against an oracle that tries every set of locations.
struct SourcingPropertyTests {
    @Test func the_answer_is_the_best_of_all_sets_of_locations() {
        var proven = 0
        for seed in UInt64(0)..<700 {
            var world = World(seed: seed)
            var stock = StockSnapshot(world.cells)
            for request in world.requests {
                let oracle = world.bestSet(for: request)
                guard let decision = Sourcing.decide([request], stock: &stock, locations: SourcingLocations(world.locations)).first else {
                    continue
                }
                #expect(Set(decision.parcels.map(\.location)) == oracle.locations, "seed \(seed), order \(request.order)")
                #expect(!decision.search.wasCut, "seed \(seed), order \(request.order)")
                if decision.parcels.count > 1 { proven += 1 }
                world.checkAndTake(decision, of: request, target: oracle.target, seed: seed)
            }
        }
        #expect(proven > 400, "the random worlds must need several parcels often enough")
    }

    @Test func the_order_of_locations_and_cells_does_not_matter() {
        for seed in UInt64(1_000)..<1_150 {
            var world = World(seed: seed)
            var stock = StockSnapshot(world.cells)
            let first = Sourcing.decide(world.requests, stock: &stock, locations: SourcingLocations(world.locations))
            var shuffled = StockSnapshot(world.cells.shuffled(using: &world.random))
            let locations = SourcingLocations(world.locations.shuffled(using: &world.random))
            #expect(Sourcing.decide(world.requests, stock: &shuffled, locations: locations) == first, "seed \(seed)")
            #expect(shuffled.cells == stock.cells, "seed \(seed)")
        }
    }

    @Test func a_batch_decides_as_its_orders_one_by_one() {
        for seed in UInt64(2_000)..<2_150 {
            let world = World(seed: seed)
            let locations = SourcingLocations(world.locations)
            var (batched, single) = (StockSnapshot(world.cells), StockSnapshot(world.cells))
            let together = Sourcing.decide(world.requests, stock: &batched, locations: locations)
            let oneByOne = world.requests.flatMap { Sourcing.decide([$0], stock: &single, locations: locations) }
            #expect(together == oneByOne, "seed \(seed)")
        }
    }

    /// The promise of `Sourcing.defaultNodeBudget`, on the hardest kind of input: nothing ranks better than anything, and many are needed.
    @Test func twelve_locations_and_twenty_skus_never_exceed_the_budget() {
        var deepest = 0
        for seed in UInt64(4_000)..<4_060 {
            var random = SplitMix64(seed: seed)
            let locations = (0..<12).map { SourcingLocation(key: $0, id: "l\($0)", priority: 1) }
            let skus = Int64.random(in: 1...20, using: &random)
            let cells = (0..<skus).flatMap { sku in
                (0..<12).map { StockCell(sku: sku, location: $0, available: Int64.random(in: 40...60, using: &random)) }
            }
            let needs = (0..<skus).map { SourcingNeed(line: Int32($0), sku: $0, quantity: .random(in: 250...400, using: &random)) }
            var stock = StockSnapshot(cells)
            let request = SourcingRequest(order: 1, acceptPartial: true, lines: needs)
            let decision = Sourcing.decide([request], stock: &stock, locations: SourcingLocations(locations)).first
            #expect(decision?.search.method == .exact, "seed \(seed)")
            deepest = max(deepest, decision?.search.nodes ?? 0)
        }
        #expect((1_000...28_672).contains(deepest))
    }

    @Test func with_little_budget_the_answer_is_still_right_if_not_best() {
        var (cut, extra) = (0, 0)
        for seed in UInt64(3_000)..<3_300 {
            var world = World(seed: seed)
            var stock = StockSnapshot(world.cells)
            for request in world.requests {
                let oracle = world.bestSet(for: request)
                let locations = SourcingLocations(world.locations)
                guard let decision = Sourcing.decide([request], stock: &stock, locations: locations, nodeBudget: Int(seed % 5)).first
                else { continue }
                #expect(decision.parcels.count >= oracle.locations.count, "seed \(seed), order \(request.order)")
                if decision.search.wasCut { (cut, extra) = (cut + 1, extra + decision.parcels.count - oracle.locations.count) }
                world.checkAndTake(decision, of: request, target: oracle.target, seed: seed)
            }
        }
        #expect(cut > 60 && extra * 20 <= cut, "\(extra) parcels too many in \(cut) cut searches")
    }
}

/// A small random network with little stock, and orders that compete for it.
private struct World {
    var random: SplitMix64
    var locations: [SourcingLocation]
    var cells: [StockCell]
    var requests: [SourcingRequest]
    private var left: [[Int64]: Int64]

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 1...7, using: &random)
        let skus = Int64.random(in: 1...6, using: &random)
        let points = (0..<4).map { _ in
            Coordinates(latitude: .random(in: -60...60, using: &random), longitude: .random(in: -180...180, using: &random))
        }
        let ids = ["a", "B", "a-1", "Z_9", "zz", "10", "9", "aa"].shuffled(using: &random)
        locations = (0..<count).map {
            let point = random.chance(80) ? random.pick(points) : nil
            return SourcingLocation(key: Int64($0) * 3 + 1, id: ids[$0], priority: .random(in: -1...1, using: &random), coordinates: point)
        }
        cells = []
        for sku in 1...skus {
            for location in locations where random.chance(60) {
                cells.append(StockCell(sku: sku, location: location.key, available: .random(in: -1...5, using: &random)))
            }
        }
        requests = []
        for order in 0..<Int64.random(in: 1...5, using: &random) {
            let lines = (0..<Int32.random(in: 1...4, using: &random)).map {
                SourcingNeed(line: $0, sku: .random(in: 1...skus, using: &random), quantity: .random(in: 0...6, using: &random))
            }
            requests.append(
                SourcingRequest(
                    order: order,
                    acceptPartial: random.chance(50),
                    destination: random.chance(80) ? random.pick(points) : nil,
                    lines: lines,
                    excludedLocations: random.chance(20) ? [random.pick(locations).key] : []
                )
            )
        }
        left = Dictionary(uniqueKeysWithValues: cells.map { ([$0.sku, $0.location], max(0, $0.available)) })
        self.random = random
    }

    /// The best set by definition, and the units per SKU that are to be shipped.
    func bestSet(for request: SourcingRequest) -> (locations: Set<Int64>, target: [Int64: Int64]) {
        let candidates = locations.filter { !request.excludedLocations.contains($0.key) }
        var needed: [Int64: Int64] = [:]
        for line in request.lines { needed[line.sku, default: 0] += line.quantity }
        let target = needed.reduce(into: [Int64: Int64]()) { target, need in
            target[need.key] = min(need.value, candidates.reduce(0) { $0 + left[[need.key, $1.key], default: 0] })
        }
        if !request.acceptPartial, target != needed { return ([], [:]) }
        var best: [SourcingLocation]?
        for mask in 0..<(1 << candidates.count) {
            let set = candidates.indices.filter { mask >> $0 & 1 == 1 }.map { candidates[$0] }
            guard target.allSatisfy({ sku, units in set.reduce(0) { $0 + left[[sku, $1.key], default: 0] } >= units }) else { continue }
            if let found = best, !precedes(set, found, request.destination) { continue }
            best = set
        }
        return (Set((best ?? []).map(\.key)), target)
    }

    private func precedes(_ left: [SourcingLocation], _ right: [SourcingLocation], _ destination: Coordinates?) -> Bool {
        func sums(_ set: [SourcingLocation]) -> [Int64] {
            let meters = set.map { location in destination.map { location.coordinates?.meters(to: $0) ?? 20_015_114 } ?? 0 }
            return [Int64(set.count), set.reduce(0) { $0 + $1.priority }, meters.reduce(0, +)]
        }
        func ids(_ set: [SourcingLocation]) -> [[UInt8]] { set.map { Array($0.id.utf8) }.sorted { $0.lexicographicallyPrecedes($1) } }
        if sums(left) != sums(right) { return sums(left).lexicographicallyPrecedes(sums(right)) }
        return ids(left).lexicographicallyPrecedes(ids(right)) { $0.lexicographicallyPrecedes($1) }
    }

    /// Every unit is accounted for, nothing is taken that is not there, no parcel is empty.
    mutating func checkAndTake(_ decision: SourcingDecision, of request: SourcingRequest, target: [Int64: Int64], seed: UInt64) {
        var units: [Int32: Int64] = [:]
        var shipped: [Int64: Int64] = [:]
        for parcel in decision.parcels {
            #expect(!parcel.lines.isEmpty, "seed \(seed)")
            #expect(Set(parcel.lines.map(\.line)).count == parcel.lines.count, "seed \(seed)")
            for line in parcel.lines {
                #expect(line.quantity > 0, "seed \(seed)")
                #expect(request.lines.contains { $0.line == line.line && $0.sku == line.sku }, "seed \(seed)")
                left[[line.sku, parcel.location], default: 0] -= line.quantity
                #expect(left[[line.sku, parcel.location], default: 0] >= 0, "seed \(seed): oversold")
                units[line.line, default: 0] += line.quantity
                shipped[line.sku, default: 0] += line.quantity
            }
        }
        for need in decision.waiting { units[need.line, default: 0] += need.quantity }
        for line in request.lines { #expect(units[line.line, default: 0] == line.quantity, "seed \(seed)") }
        #expect(shipped == target.filter { $0.value > 0 }, "seed \(seed)")
        #expect(Set(decision.parcels.map(\.location)).count == decision.parcels.count, "seed \(seed)")
    }
}
