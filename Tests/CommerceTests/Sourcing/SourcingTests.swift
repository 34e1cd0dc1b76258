import Commerce
import Testing

struct SourcingTests {
    private func location(_ key: Int64, _ id: String, priority: Int64 = 10, _ coordinates: Coordinates? = nil) -> SourcingLocation {
        SourcingLocation(key: key, id: id, priority: priority, coordinates: coordinates)
    }

    /// Decides for one order; amounts are given as SKU: [location: available].
    private func decide(
        _ needs: [(sku: Int64, quantity: Int64)],
        stock: [Int64: [Int64: Int64]],
        locations: [SourcingLocation],
        acceptPartial: Bool = false,
        destination: Coordinates? = nil,
        excluded: [Int64] = [],
        nodeBudget: Int = Sourcing.defaultNodeBudget
    ) -> SourcingDecision? {
        let lines = needs.enumerated().map { SourcingNeed(line: Int32($0.offset), sku: $0.element.sku, quantity: $0.element.quantity) }
        let request = SourcingRequest(
            order: 1,
            acceptPartial: acceptPartial,
            destination: destination,
            lines: lines,
            excludedLocations: excluded
        )
        var snapshot = StockSnapshot(
            stock.flatMap { sku, row in row.map { StockCell(sku: sku, location: $0.key, available: $0.value) } }
        )
        return Sourcing.decide([request], stock: &snapshot, locations: SourcingLocations(locations), nodeBudget: nodeBudget).first
    }

    private let hamburg = Coordinates(latitude: 53.55, longitude: 9.99)
    private let berlin = Coordinates(latitude: 52.53, longitude: 13.38)
    private let munich = Coordinates(latitude: 48.14, longitude: 11.58)

    @Test func one_parcel_beats_two_better_ranked_ones() throws {
        let locations = [location(1, "a", priority: 1), location(2, "b", priority: 1), location(3, "c", priority: 99)]
        let decision = try #require(decide([(7, 1), (8, 1)], stock: [7: [1: 5, 3: 5], 8: [2: 5, 3: 5]], locations: locations))
        #expect(decision.parcels.map(\.location) == [3])
        #expect(decision.parcels.first?.lines == [ParcelLine(line: 0, sku: 7, quantity: 1), ParcelLine(line: 1, sku: 8, quantity: 1)])
        #expect(decision.waiting.isEmpty && decision.search.method == .single)
    }

    @Test func priority_then_distance_then_id_decide() throws {
        let stock: [Int64: [Int64: Int64]] = [7: [1: 5, 2: 5, 3: 5]]
        let near = [location(1, "c", priority: 2, hamburg), location(2, "b", priority: 1, munich), location(3, "a", priority: 1, berlin)]
        #expect(decide([(7, 1)], stock: stock, locations: near, destination: hamburg)?.parcels.map(\.location) == [3])
        let unknown = [location(1, "c"), location(2, "b", munich), location(3, "a")]
        #expect(decide([(7, 1)], stock: stock, locations: unknown, destination: hamburg)?.parcels.map(\.location) == [2])
        #expect(decide([(7, 1)], stock: stock, locations: unknown)?.parcels.map(\.location) == [3])
        let capitals = [location(1, "b"), location(2, "B"), location(3, "a")]
        #expect(decide([(7, 1)], stock: stock, locations: capitals)?.parcels.map(\.location) == [2])
    }

    @Test func the_same_sku_on_several_lines_is_summed() throws {
        let decision = try #require(decide([(7, 3), (7, 3)], stock: [7: [1: 5]], locations: [location(1, "a")]))
        #expect(decision.parcels.isEmpty && decision.waiting.map(\.quantity) == [3, 3])
        let part = try #require(decide([(7, 3), (7, 3)], stock: [7: [1: 5]], locations: [location(1, "a")], acceptPartial: true))
        #expect(part.parcels.first?.lines.map(\.quantity) == [3, 2])
        #expect(part.waiting == [SourcingNeed(line: 1, sku: 7, quantity: 1)])
    }

    @Test func a_line_is_split_where_no_location_has_it_all() throws {
        let locations = [location(1, "a"), location(2, "b"), location(3, "c")]
        let decision = try #require(decide([(7, 10)], stock: [7: [1: 4, 2: 6, 3: 5]], locations: locations))
        #expect(decision.parcels.map(\.location) == [1, 2])
        #expect(decision.parcels.flatMap(\.lines).map(\.quantity) == [4, 6])
        #expect(decision.search.method == .exact)
    }

    @Test func within_a_set_whole_items_stay_together() throws {
        let locations = [location(1, "a"), location(2, "b")]
        let decision = try #require(decide([(7, 4), (8, 1)], stock: [7: [1: 3, 2: 4], 8: [1: 1]], locations: locations))
        #expect(decision.parcels.map { $0.lines.map(\.sku) } == [[8], [7]])
    }

    @Test func everything_or_nothing_unless_parts_are_accepted() throws {
        let locations = [location(1, "a"), location(2, "b")]
        let stock: [Int64: [Int64: Int64]] = [7: [1: 2], 8: [2: 1]]
        let whole = try #require(decide([(7, 2), (8, 2)], stock: stock, locations: locations))
        #expect(!whole.takesStock && whole.waiting.map(\.quantity) == [2, 2] && whole.search.method == .none)
        let part = try #require(decide([(7, 2), (8, 2), (9, 1)], stock: stock, locations: locations, acceptPartial: true))
        #expect(part.parcels.map(\.location) == [1, 2])
        #expect(part.waiting == [SourcingNeed(line: 1, sku: 8, quantity: 1), SourcingNeed(line: 2, sku: 9, quantity: 1)])
    }

    @Test func excluded_and_unknown_locations_do_not_ship() throws {
        let stock: [Int64: [Int64: Int64]] = [7: [1: 5, 2: 5, 99: 500]]
        let locations = [location(1, "a"), location(2, "b")]
        #expect(decide([(7, 1)], stock: stock, locations: locations, excluded: [1, 42])?.parcels.map(\.location) == [2])
        #expect(decide([(7, 1)], stock: stock, locations: locations, excluded: [1, 2])?.takesStock == false)
    }

    @Test func the_older_order_wins_and_one_that_cannot_be_filled_holds_nobody_back() {
        var stock = StockSnapshot([StockCell(sku: 7, location: 1, available: 3)])
        let requests = [(1, 4), (2, 2), (3, 2), (4, 1)].map { order, quantity in
            SourcingRequest(order: order, acceptPartial: false, lines: [SourcingNeed(line: 0, sku: 7, quantity: quantity)])
        }
        let decisions = Sourcing.decide(requests, stock: &stock, locations: SourcingLocations([location(1, "a")]))
        #expect(decisions.map(\.takesStock) == [false, true, false, true])
        #expect(stock.available(sku: 7, location: 1) == 0)
    }

    @Test func needs_of_nothing_and_enormous_numbers_do_no_harm() throws {
        let locations = [location(1, "a", priority: .max), location(2, "b", priority: .min)]
        let stock: [Int64: [Int64: Int64]] = [7: [1: .max, 2: -5]]
        let decision = try #require(decide([(7, 0), (7, -1), (7, 2), (7, .max)], stock: stock, locations: locations, acceptPartial: true))
        #expect(decision.parcels.first?.lines.first == ParcelLine(line: 2, sku: 7, quantity: 2))
        let empty = try #require(decide([], stock: stock, locations: locations))
        #expect(empty.parcels.isEmpty && empty.waiting.isEmpty)
    }

    @Test func coordinates_off_the_globe_count_as_none() {
        let nowhere = Coordinates(latitude: .nan, longitude: .infinity)
        let locations = [location(1, "a", nowhere), location(2, "b", munich)]
        #expect(decide([(7, 1)], stock: [7: [1: 1, 2: 1]], locations: locations, destination: hamburg)?.parcels.map(\.location) == [2])
        #expect(decide([(7, 1)], stock: [7: [1: 1, 2: 1]], locations: locations, destination: nowhere)?.parcels.map(\.location) == [1])
    }

    @Test func great_circles_are_as_long_as_known() throws {
        #expect(hamburg.meters(to: berlin) == 253_404)
        #expect(Coordinates(latitude: 0, longitude: 0).meters(to: Coordinates(latitude: 0, longitude: 180)) == 20_015_114)
        #expect(Coordinates(latitude: 90, longitude: 5).meters(to: Coordinates(latitude: -90, longitude: 60)) == 20_015_114)
        #expect(hamburg.meters(to: hamburg) == 0)
    }

    /// The greedy first pick (location 1, best ranked of equals) turns out not to be needed, or to be worth replacing together with another.
    @Test(
        arguments: [
            ([2: [1, 2], 1: [2, 3], 3: [3, 4]], [2, 3]),
            ([1: [1, 2, 4, 5], 2: [1, 2, 3], 3: [6], 4: [4, 5, 6]], [2, 4]),
            ([1: [1, 2], 2: [2, 1], 3: [3]], [1, 3]),
        ] as [([Int64: [Int64]], [Int64])]
    )
    func a_greedy_answer_is_improved(has: [Int64: [Int64]], expected: [Int64]) throws {
        let locations = has.keys.sorted().map { location($0, "l\($0)", priority: $0) }
        var stock: [Int64: [Int64: Int64]] = [:]
        for (location, skus) in has { for sku in skus { stock[sku, default: [:]][location] = 1 } }
        let needs = stock.keys.sorted().map { (sku: $0, quantity: Int64(1)) }
        let decision = try #require(decide(needs, stock: stock, locations: locations, nodeBudget: 0))
        #expect(decision.search.wasCut && decision.parcels.map(\.location) == expected)
    }

    @Test func a_search_that_would_take_too_long_is_cut_and_still_answered() throws {
        var random = SplitMix64(seed: 11)
        let locations = (1...60).map { location(Int64($0), "l\($0)") }
        var stock: [Int64: [Int64: Int64]] = [:]
        for sku in Int64(1)...30 {
            stock[sku] = Dictionary(
                uniqueKeysWithValues: (0..<12).map { (Int64($0 * 5) + sku % 5 + 1, .random(in: 1...4, using: &random)) }
            )
        }
        let needs = (Int64(1)...30).map { (sku: $0, quantity: Int64(9)) }
        let decision = try #require(decide(needs, stock: stock, locations: locations, acceptPartial: true))
        #expect(decision.search.wasCut)
        var shipped: [Int64: Int64] = [:]
        for line in decision.parcels.flatMap(\.lines) { shipped[line.sku, default: 0] += line.quantity }
        #expect(needs.allSatisfy { shipped[$0.sku] == 9 })
        #expect(decision.parcels.allSatisfy { !$0.lines.isEmpty })
    }
}
