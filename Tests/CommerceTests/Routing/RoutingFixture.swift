import Commerce

/// A network of three locations in which each rule has something to decide: `near` in Hamburg, `far` in Munich and `store` in Paris.
struct RoutingFixture {
    static let hamburg = Coordinates(latitude: 53.55, longitude: 9.99)
    static let munich = Coordinates(latitude: 48.14, longitude: 11.58)
    static let paris = Coordinates(latitude: 48.86, longitude: 2.35)
    /// A Monday, 10:00 UTC.
    static let now = Timestamp(seconds: 1_795_428_000)

    var locations = [
        SourcingLocation(key: 1, id: "near", priority: 10, coordinates: hamburg),
        SourcingLocation(key: 2, id: "far", priority: 20, coordinates: munich),
        SourcingLocation(key: 3, id: "store", priority: 30, coordinates: paris),
    ]
    var near = LocationFacts(location: 1, kind: .warehouse, supplier: "acme", country: "DE", parcelCost: 500)
    var far = LocationFacts(location: 2, kind: .thirdParty, supplier: "bolt", country: "DE", parcelCost: 400)
    var store = LocationFacts(location: 3, kind: .store, country: "FR", parcelCost: 300)
    /// SKU: location: available. Everybody has everything.
    var stock: [Int64: [Int64: Int64]] = [7: [1: 10, 2: 10, 3: 10], 8: [1: 10, 2: 10, 3: 10], 9: [1: 10, 2: 10, 3: 10]]
    var keeps: [StockKeep] = []
    var request = RoutingFixture.order([(7, 1)])
    var strategies: [RoutingStrategy] = []

    static func order(_ needs: [(sku: Int64, quantity: Int64)], attributes: [[String: String]] = []) -> RoutingRequest {
        let lines = needs.enumerated().map { SourcingNeed(line: Int32($0.offset), sku: $0.element.sku, quantity: $0.element.quantity) }
        return RoutingRequest(
            sourcing: SourcingRequest(order: 1, acceptPartial: false, destination: hamburg, lines: lines),
            channel: "shop",
            country: "DE",
            region: "hh",
            postalCode: "20095",
            customer: "c-1",
            customerAttributes: ["tier": "gold"],
            lines: lines.indices.map { index in
                RoutingLine(
                    line: Int32(index),
                    attributes: attributes.indices.contains(index) ? attributes[index] : [:],
                    unitValue: 1_000,
                    unitGrams: 600
                )
            },
            orderValue: needs.reduce(0) { $0 + $1.quantity * 1_000 },
            day: CivilDate(now)
        )
    }

    var facts: RoutingFacts {
        let bands = [TransitTable.Band(kilometers: 100, days: 1), .init(kilometers: 650, days: 2), .init(kilometers: nil, days: 4)]
        return RoutingFacts(
            locations: SourcingLocations(locations),
            facts: [near, far, store],
            delivery: DeliveryCalendar(transit: [TransitTable(bands: bands)]),
            now: Self.now
        )
    }

    var snapshot: StockSnapshot {
        StockSnapshot(
            stock.flatMap { sku, row in row.map { StockCell(sku: sku, location: $0.key, available: $0.value) } },
            keeps: keeps
        )
    }

    func decide() -> RoutedDecision? { decide([request]).first }

    func decide(_ requests: [RoutingRequest]) -> [RoutedDecision] {
        var stock = snapshot
        return Routing.decide(requests, stock: &stock, facts: facts, strategies: strategies)
    }
}
