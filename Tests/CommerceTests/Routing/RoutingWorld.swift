import Commerce

/// A small random network, and orders and strategies that use every kind of rule. Lines of one order have different SKUs.
struct RoutingWorld {
    var random: SplitMix64
    var locations: [SourcingLocation] = []
    var facts: [LocationFacts] = []
    var cells: [StockCell] = []
    let now = Timestamp(seconds: 1_795_342_500)
    let today = CivilDate(year: 2026, month: 11, day: 22)
    private let points: [Coordinates]
    private let skus: Int64

    static let channels = ["shop", "b2b"]

    init(
        seed: UInt64,
        locations count: ClosedRange<Int> = 1...6,
        holding percent: Int = 60,
        units: ClosedRange<Int64> = 0...5,
        skus: Int64 = 8
    ) {
        self.skus = skus
        random = SplitMix64(seed: seed)
        var random = random
        points = (0..<5).map { _ in
            Coordinates(latitude: .random(in: 45...55, using: &random), longitude: .random(in: 5...16, using: &random))
        }
        for key in 0..<Int64(Int.random(in: count, using: &random)) {
            locations.append(
                SourcingLocation(
                    key: key,
                    id: "l\(9 - key)",
                    priority: .random(in: -1...2, using: &random),
                    coordinates: random.chance(85) ? random.pick(points) : nil
                )
            )
            facts.append(Self.fact(key, &random))
        }
        for sku in 0..<skus {
            for location in locations where random.chance(percent) {
                cells.append(StockCell(sku: sku, location: location.key, available: .random(in: units, using: &random)))
            }
        }
        self.random = random
    }

    private static func fact(_ key: Int64, _ random: inout SplitMix64) -> LocationFacts {
        LocationFacts(
            location: key,
            kind: random.pick(Location.Kind.allCases),
            supplier: random.chance(70) ? random.pick(["acme", "bolt"]) : nil,
            country: random.pick(["DE", "FR"]),
            supplierPriority: .random(in: 1...3, using: &random),
            reliability: random.pick([1_000_000, 950_000, 500_000]),
            capacityLeft: random.chance(50) ? .random(in: -1...3, using: &random) : nil,
            capacityTotal: random.chance(50) ? 4 : nil,
            isFresh: random.chance(80),
            parcelCost: .random(in: 3...6, using: &random) * 100,
            leadTimeHours: random.pick([0, 24, 48]),
            terms: LocationTerms(
                costPerKilogram: random.chance(40) ? .random(in: 0...200, using: &random) : nil,
                costPer100Kilometers: random.chance(40) ? .random(in: 0...90, using: &random) : nil,
                customers: random.chance(10) ? ["c-1"] : [],
                attributes: random.chance(50) ? ["cold": "yes"] : [:],
                markdown: random.chance(30),
                region: random.chance(50) ? "north" : nil
            )
        )
    }

    let calendar = DeliveryCalendar(
        transit: [
            TransitTable(bands: [.init(kilometers: 300, days: 1), .init(kilometers: 700, days: 2), .init(kilometers: nil, days: 4)])
        ]
    )

    var routingFacts: RoutingFacts {
        RoutingFacts(locations: SourcingLocations(locations), facts: facts, delivery: calendar, now: now)
    }

    mutating func request(_ order: Int64, lines count: ClosedRange<Int> = 1...4, sameSKUs: Bool = false) -> RoutingRequest {
        let skus = sameSKUs ? (0..<4).map { _ in random.pick([Int64](0..<3)) } : [Int64](0..<self.skus).shuffled(using: &random)
        let needs = skus.prefix(Int.random(in: count, using: &random)).enumerated().map {
            SourcingNeed(line: Int32($0.offset), sku: $0.element, quantity: .random(in: 0...4, using: &random))
        }
        let lines = needs.map { need in
            var attributes: [String: String] = [:]
            if random.chance(40) { attributes["set"] = random.pick(["a", "b"]) }
            if random.chance(30) { attributes["hazard"] = random.pick(["1", "2"]) }
            if random.chance(20) { attributes["cold"] = "yes" }
            return RoutingLine(
                line: need.line,
                attributes: attributes,
                unitValue: .random(in: 1...20, using: &random) * 100,
                unitGrams: .random(in: 0...900, using: &random)
            )
        }
        return RoutingRequest(
            sourcing: SourcingRequest(
                order: order,
                acceptPartial: random.chance(50),
                destination: random.chance(85) ? random.pick(points) : nil,
                lines: needs,
                excludedLocations: random.chance(10) ? [random.pick(locations).key] : []
            ),
            channel: random.pick(Self.channels),
            country: random.pick(["DE", "FR"]),
            customer: random.chance(50) ? "c-1" : nil,
            lines: lines,
            orderValue: zip(needs, lines).reduce(0) { $0 + $1.0.quantity * $1.1.unitValue },
            promisedBy: random.chance(40) ? CivilDate(dayNumber: today.dayNumber + .random(in: 0...8, using: &random)) : nil,
            day: today,
            onlyLocations: random.chance(5) ? [random.pick(locations).key] : nil
        )
    }

    mutating func strategy(_ id: String = "s", weightCosts: Bool = true) -> RoutingStrategy {
        var criteria = RoutingCriterion.allCases.shuffled(using: &random)
        criteria.removeLast(Int.random(in: 4...9, using: &random))
        if random.chance(50) { criteria.insert(.parcels, at: 0) }
        return RoutingStrategy(
            id: id,
            fences: fences(),
            keepTogether: random.chance(30) ? ["set"] : [],
            keepApart: random.chance(20) ? ["hazard"] : [],
            split: random.chance(40) ? limits() : SplitLimits(),
            objective: random.chance(50)
                ? .lexicographic(criteria)
                : .weighted(criteria.map { RoutingWeight(criterion: $0, weight: .random(in: 0...50, using: &random)) })
        )
    }

    private mutating func fences() -> [RoutingFence] {
        let all: [RoutingFence] = [
            .kinds([.warehouse, .store, .supplier]), .suppliers(["acme"]), .locations(["l9", "l8", "l7", "l6"]), .countries(["DE"]),
            .regions(["north"]), .withinKilometers(600), .stockShare(percent: 50), .capacityLeft, .onTime, .freshFeed, .attribute("cold"),
        ]
        return random.chance(60) ? [] : [random.pick(all), random.pick(all)]
    }

    private mutating func limits() -> SplitLimits {
        SplitLimits(
            neverBelow: random.chance(30) ? 2_000 : nil,
            furtherParcelWorth: random.chance(40) ? .random(in: 1...15, using: &random) * 100 : nil,
            maximumParcels: random.chance(50) ? .random(in: 1...3, using: &random) : nil
        )
    }
}
