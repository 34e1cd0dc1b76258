import Commerce
import Store
import TestSupport
import Testing

/// Decisions and sights as they are kept.
@Suite struct DecisionBytesTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func any_decision_comes_back_as_it_went_in(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let content = Self.content(&random)
            #expect(try DecisionContent(bytes: content.bytes) == content, "seed \(seed)")
            let sight = Self.sight(&random)
            #expect(try RoutingSight(bytes: sight.bytes) == sight, "seed \(seed)")
        }
    }

    @Test func what_is_cut_short_or_spoiled_is_told_and_never_crashes() throws {
        var random = SplitMix64(seed: 9)
        for _ in 0..<30 {
            let (content, sight) = (Self.content(&random).bytes, Self.sight(&random).bytes)
            for end in content.indices { #expect(throws: StoreError.self) { try DecisionContent(bytes: Array(content[..<end])) } }
            for end in sight.indices { #expect(throws: StoreError.self) { try RoutingSight(bytes: Array(sight[..<end])) } }
            for place in content.indices {
                var spoiled = content
                spoiled[place] = UInt8.random(in: 0...255, using: &random)
                _ = try? DecisionContent(bytes: spoiled)
            }
            for place in sight.indices {
                var spoiled = sight
                spoiled[place] = UInt8.random(in: 0...255, using: &random)
                _ = try? RoutingSight(bytes: spoiled)
            }
        }
    }

    @Test func an_everyday_decision_takes_little_room() {
        let score = RoutingScore(locations: [2], values: [1, 10, 254_000])
        let record = RoutingRecord(
            candidates: 3,
            criteria: [.parcels, .locationPriority, .distance],
            winner: score,
            runnerUp: score,
            nodes: 1
        )
        #expect(DecisionContent(record: record, parcels: [.init(location: 2, units: 3)]).bytes.count <= 40)
        let sight = RoutingSight(
            needs: [SourcingNeed(line: 0, sku: 1_200, quantity: 1), SourcingNeed(line: 1, sku: 4_000, quantity: 2)],
            skus: [1_200, 4_000],
            kept: [0, 0],
            places: [.init(location: 1), .init(location: 2, reliability: 993_000), .init(location: 3, capacityLeft: 40)],
            units: [5, 0, 1, 9, 100, 0]
        )
        #expect(sight.bytes.count <= 48)
    }

    @Test func decisions_of_before_are_read() throws {
        let json = """
            {"cancelled":0,"held":0,"parcels":[{"location":3,"units":1}],"record":{"candidates":3,"criteria":["cost","parcels"],"fenced":[],\
            "nodes":4,"passedOver":[{"reason":"channel","strategy":"elsewhere"}],"strategy":"cheapest","wasCut":false,\
            "winner":{"locations":[3],"values":[300,1]}},"waiting":2}
            """
        let content = try DecisionContent(bytes: Array(json.utf8))
        #expect(content.record.strategy == "cheapest" && content.record.winner?.values == [300, 1] && content.waiting == 2)
        #expect(content.parcels == [.init(location: 3, units: 1)])
        #expect(throws: StoreError.self) { try DecisionContent(bytes: Array("{}".utf8)) }
    }

    /// Version 1 had one flag for what refused the order and for what had no room.
    @Test func sights_of_before_are_read() throws {
        // Two units of SKU 7, of which nothing is kept for others, and four places.
        let head: [UInt8] = [1, 0, 0, 1, 14, 0, 1, 0, 0, 4, 4]
        let places: [UInt8] = [
            // excluded
            4, 1, 10,
            // excluded, limited, with a next day that has room
            6, 21, 0, 200, 1, 10,
            // excluded and limited, without one
            8, 5, 0, 10,
            // late and unreliable
            10, 10, 100, 10,
        ]
        let sight = try RoutingSight(bytes: head + places)
        #expect(
            sight
                == RoutingSight(
                    needs: [SourcingNeed(line: 0, sku: 7, quantity: 2)],
                    skus: [7],
                    kept: [0],
                    places: [
                        .init(location: 2, isExcluded: true),
                        .init(location: 3, isExcluded: true, capacityLeft: 0, overflowDay: CivilDate(dayNumber: 100)),
                        .init(location: 4, hasNoRoom: true, capacityLeft: 0),
                        .init(location: 5, isFresh: false, reliability: 50),
                    ],
                    units: [5, 5, 5, 5]
                )
        )
        #expect(sight.bytes.first == 2)
        #expect(try RoutingSight(bytes: sight.bytes) == sight)
        #expect(throws: StoreError.self) { try RoutingSight(bytes: [3] + sight.bytes.dropFirst()) }
    }

    @Test func every_case_has_its_number() {
        #expect(Set(StoredCases.passes) == Set(RoutingPass.allCases) && StoredCases.passes.count == RoutingPass.allCases.count)
        #expect(
            Set(StoredCases.obstacles) == Set(RoutingObstacle.allCases) && StoredCases.obstacles.count == RoutingObstacle.allCases.count
        )
        #expect(
            Set(StoredCases.criteria) == Set(RoutingCriterion.allCases) && StoredCases.criteria.count == RoutingCriterion.allCases.count
        )
        #expect(
            Set(StoredCases.holds) == Set(RoutingRequest.Hold.allCases) && StoredCases.holds.count == RoutingRequest.Hold.allCases.count
        )
    }

    private static func number(_ random: inout SplitMix64) -> Int64 {
        Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0...63, using: &random)
    }

    private static func some<Element>(_ random: inout SplitMix64, _ make: (inout SplitMix64) -> Element) -> [Element] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in make(&random) }
    }

    private static func content(_ random: inout SplitMix64) -> DecisionContent {
        func score(_ random: inout SplitMix64) -> RoutingScore {
            RoutingScore(locations: some(&random) { number(&$0) }, values: some(&random) { number(&$0) })
        }
        var record = RoutingRecord(strategy: Bool.random(using: &random) ? "a-strategy" : nil)
        record.endedBy = Bool.random(using: &random) ? "another" : nil
        record.shortfall = Bool.random(using: &random) ? StoredCases.passes.randomElement(using: &random) : nil
        record.passedOver = some(&random) {
            PassedOverStrategy(strategy: "p", reason: StoredCases.passes.randomElement(using: &$0) ?? .channel)
        }
        record.candidates = Int.random(in: 0...10_000, using: &random)
        record.nodes = Int.random(in: 0...1_000_000, using: &random)
        record.fenced = some(&random) {
            FencedLocation(location: number(&$0), obstacle: StoredCases.obstacles.randomElement(using: &$0) ?? .excluded)
        }
        record.criteria = some(&random) { StoredCases.criteria.randomElement(using: &$0) ?? .parcels }
        record.winner = Bool.random(using: &random) ? score(&random) : nil
        record.runnerUp = Bool.random(using: &random) ? score(&random) : nil
        record.wasCut = Bool.random(using: &random)
        return DecisionContent(
            record: record,
            parcels: some(&random) { .init(location: number(&$0), units: number(&$0)) },
            waiting: number(&random),
            held: number(&random),
            cancelled: number(&random),
            cancelReason: Bool.random(using: &random) ? "sold out – ä" : nil
        )
    }

    private static func sight(_ random: inout SplitMix64) -> RoutingSight {
        let skus = some(&random) { number(&$0) }
        let places = some(&random) { random in
            RoutingSight.Place(
                location: number(&random),
                isExcluded: Bool.random(using: &random),
                hasNoRoom: Bool.random(using: &random),
                capacityLeft: Bool.random(using: &random) ? number(&random) : nil,
                overflowDay: Bool.random(using: &random) ? CivilDate(dayNumber: Int64.random(in: 0...40_000, using: &random)) : nil,
                isFresh: Bool.random(using: &random),
                reliability: Bool.random(using: &random) ? number(&random) : LocationFacts.fullReliability
            )
        }
        return RoutingSight(
            needs: skus.isEmpty
                ? []
                : some(&random) { random in
                    SourcingNeed(
                        line: Int32.random(in: 0...9_999, using: &random),
                        sku: skus.randomElement(using: &random) ?? 0,
                        quantity: number(&random)
                    )
                },
            skus: skus,
            kept: skus.map { _ in number(&random) },
            places: places,
            units: (0..<places.count * skus.count).map { _ in number(&random) },
            shelf: Bool.random(using: &random) ? number(&random) : nil,
            hold: StoredCases.holds.randomElement(using: &random) ?? .none
        )
    }
}
