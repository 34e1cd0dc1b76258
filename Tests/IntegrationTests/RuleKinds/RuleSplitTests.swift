import TestSupport
import Testing

/// Groups of lines, and limits on parcels.
enum RuleSplits {
    private static let apart = ["main": "10 A", "shop": "10 B"]
    private static let split = "main: 1 A; shop: 1 B"
    private static let neither = "waiting: 1 A + 1 B"

    static let rows = [
        RuleRow("no-limit", "objective: parcels", stock: apart, RuleStep(lines: "1 A, 1 B", expect: split)),
        RuleRow(
            "together",
            "keepTogether: set",
            stock: ["main": "10 A", "shop": "10 B", "hub": "1 A, 1 B"],
            RuleStep(lines: "1 A, 1 B", attributes: [["set": "s"], ["set": "s"]], expect: "hub: 1 A + 1 B"),
            // Nobody has both any more; other sets may part.
            RuleStep(lines: "1 A, 1 B", attributes: [["set": "s"], ["set": "s"]], expect: neither),
            RuleStep(lines: "1 A, 1 B", attributes: [["set": "s"], ["set": "t"]], expect: split),
            RuleStep(lines: "1 A, 1 B", expect: split)
        ),
        RuleRow(
            "apart",
            "keepApart: hazard",
            stock: ["main": "10 A, 10 B, 10 C"],
            RuleStep(
                lines: "1 A, 1 B, 1 C",
                attributes: [["hazard": "acid"], ["hazard": "gas"], ["hazard": "acid"]],
                expect: "main: 1 A + 1 C; main: 1 B"
            ),
            // None is a value too.
            RuleStep(lines: "1 A, 1 B", attributes: [["hazard": "acid"]], expect: "main: 1 A; main: 1 B"),
            RuleStep(lines: "1 A, 1 B", expect: "main: 1 A + 1 B")
        ),
        RuleRow(
            "max-parcels",
            "split: { maxParcels: 1 }",
            stock: apart,
            RuleStep(lines: "1 A, 1 B", expect: neither),
            // What could ship does not fit into the limit: nothing of it ships, also where parts are accepted.
            RuleStep(lines: "1 A, 1 B", acceptPartial: true, expect: neither),
            RuleStep(lines: "1 A", expect: "main: 1 A")
        ),
        RuleRow("two-parcels", "split: { maxParcels: 2 }", stock: apart, RuleStep(lines: "1 A, 1 B", expect: split)),
        // Those that are kept apart count.
        RuleRow(
            "max-parcels-apart",
            "keepApart: hazard, split: { maxParcels: 1 }",
            stock: ["main": "10 A, 10 B"],
            RuleStep(lines: "1 A, 1 B", attributes: [["hazard": "acid"]], expect: neither)
        ),
        // A unit is worth 10.00.
        RuleRow(
            "never-below",
            "split: { neverBelowValue: 3000 }",
            stock: apart,
            RuleStep(lines: "1 A, 1 B", expect: neither),
            RuleStep(lines: "2 A, 1 B", expect: "main: 2 A; shop: 1 B")
        ),
        RuleRow(
            "parcel-worth",
            "split: { parcelWorthAtLeast: 1500 }",
            stock: apart,
            RuleStep(lines: "3 A, 1 B", expect: "waiting: 3 A + 1 B"),
            RuleStep(lines: "3 A, 2 B", expect: "main: 3 A; shop: 2 B"),
            RuleStep(lines: "1 A, 3 B", acceptPartial: true, expect: "waiting: 1 A + 3 B")
        ),
    ]
}

/// Every limit on parcels, on real orders.
@Suite(RuleWorld(rows: RuleSplits.rows), .timeLimit(.minutes(15)))
struct RuleSplitTests {
    @Test(arguments: RuleSplits.rows)
    func lines_and_parcels_are_parted_as_the_rule_allows(_ row: RuleRow) async throws { try await row.check() }
}
