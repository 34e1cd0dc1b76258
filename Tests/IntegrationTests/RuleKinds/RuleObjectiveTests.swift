import Commerce
import Postgres
import Store
import Testing
import Workers

/// Every criterion, alone, with a weight alone, and beside others. The default rule ships a unit of A from `main`, and A and B from `hub`
/// where nobody else has both.
enum RuleObjectives {
    private static let halves = ["main": "10 A", "shop": "10 B", "hub": "10 A, 10 B"]
    private static let split = "main: 1 A; shop: 1 B"
    private static let whole = "hub: 1 A + 1 B"

    /// What each criterion finds best: of what lies where, for which order.
    static let best: [RoutingCriterion: (stock: [String: String], lines: String, expect: String)] = [
        .parcels: (halves, "1 A, 1 B", whole),
        .cost: (RuleRow.everywhere, "1 A", "vend: 1 A"),
        .distance: (RuleRow.everywhere, "1 A", "shop: 1 A"),
        .deliveryTime: (RuleRow.everywhere, "1 A", "shop: 1 A"),
        // 10 + 20 is less than 40.
        .locationPriority: (halves, "1 A, 1 B", split),
        .supplierPriority: (RuleRow.everywhere, "1 A", "vend: 1 A"),
        // `main` refuses much. So `shop` is not relied on either: they have one supplier.
        .supplierReliability: (["main": "10 A", "shop": "10 A", "hub": "10 A"], "1 A", "hub: 1 A"),
        .capacityBalance: (["tiny": "10 A", "roomy": "10 A"], "1 A", "roomy: 1 A"),
        .stockBalance: (["main": "10 A", "shop": "40 A", "hub": "20 A"], "1 A", "shop: 1 A"),
        .markdown: (RuleRow.everywhere, "1 A", "hub: 1 A"),
    ]

    private static let alone = RoutingCriterion.allCases.flatMap { criterion -> [RuleRow] in
        guard let found = best[criterion] else { return [] }
        return [("", criterion.rawValue), ("-weight", "{ weights: { \(criterion.rawValue): 1 } }")].map { suffix, objective in
            RuleRow(
                "\(criterion.rawValue.lowercased())\(suffix)",
                "objective: \(objective)",
                stock: found.stock,
                RuleStep(lines: found.lines, expect: found.expect)
            )
        }
    }

    static let rows =
        alone + [
            RuleRow("none", "fences: { maxKilometers: 5000 }", stock: halves, RuleStep(lines: "1 A, 1 B", expect: whole)),
            // One parcel from the hub costs 15.00, one each from the shop and the vendor 9.00.
            both("first-parcels", "[parcels, cost]", whole),
            both("first-cost", "[cost, parcels]", "shop: 1 A; vend: 1 B"),
            both("parcel-worth-1", "{ weights: { cost: 1, parcels: 100 } }", "shop: 1 A; vend: 1 B"),
            both("parcel-worth-10", "{ weights: { cost: 1, parcels: 1000 } }", whole),
            // What the first finds equal the second decides: both are of one supplier.
            RuleRow(
                "second-decides",
                "objective: [supplierPriority, distance]",
                stock: ["main": "10 A", "shop": "10 A", "hub": "10 A"],
                RuleStep(expect: "shop: 1 A")
            ),
        ]

    private static func both(_ name: String, _ objective: String, _ expect: String) -> RuleRow {
        RuleRow(
            name,
            "objective: \(objective)",
            stock: ["shop": "10 A", "vend": "10 B", "hub": "10 A, 10 B"],
            RuleStep(lines: "1 A, 1 B", expect: expect)
        )
    }

    @Sendable static func prepare(_ shop: Shop) async throws {
        try await shop.session.write { tx in
            let network = try NetworkStore.load(in: tx)
            let main = try #require(network.location("main")).key
            let refusals = VerdictTally(parcels: 90, refused: 90, short: 0, answeredLate: 0, dispatchedLate: 0)
            try ReliabilityStore.add([main: refusals], at: SystemClock.now(), in: tx)
        }
    }
}

/// Every criterion, on real orders.
@Suite(RuleWorld(rows: RuleObjectives.rows, prepare: RuleObjectives.prepare), .timeLimit(.minutes(15)))
struct RuleObjectiveTests {
    @Test func every_criterion_has_its_row() {
        #expect(Set(RuleObjectives.best.keys) == Set(RoutingCriterion.allCases))
    }

    @Test(arguments: RuleObjectives.rows) func the_best_answer_is_taken(_ row: RuleRow) async throws { try await row.check() }
}
