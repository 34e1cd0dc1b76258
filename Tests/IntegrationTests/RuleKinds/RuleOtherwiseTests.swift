import TestSupport
import Testing

/// What becomes of units that a strategy cannot ship: only `hub` may, and it has none of A.
enum RuleRemainders {
    private static let hub = "fences: { locations: hub }"
    private static let stock = ["main": "10 A, 10 B", "hub": "10 B, 1 C"]

    /// Without steps: a unit of A waits.
    private static func row(_ name: String, _ otherwise: String, behind: [String] = [], _ steps: RuleStep...) -> RuleRow {
        RuleRow(
            name,
            otherwise.isEmpty ? hub : "\(hub), otherwise: \(otherwise)",
            behind: behind,
            stock: stock,
            steps.isEmpty ? [RuleStep(expect: "waiting: 1 A")] : steps
        )
    }

    static let rows = [
        row("left-out", ""),
        row(
            "backorder",
            "backorder",
            RuleStep(lines: "1 A, 1 B", expect: "waiting: 1 A + 1 B"),
            RuleStep(lines: "1 A, 1 B", acceptPartial: true, expect: "hub: 1 B; waiting: 1 A")
        ),
        row("next", "nextStrategy", behind: ["objective: cost"], RuleStep(expect: "main: 1 A")),
        // After the last one it waits for stock.
        row("next-of-none", "nextStrategy"),
        row(
            "next-but-one",
            "nextStrategy",
            behind: ["fences: { kinds: store }, otherwise: nextStrategy", "fences: { kinds: warehouse }"],
            RuleStep(expect: "main: 1 A")
        ),
        row(
            "hold",
            "hold",
            RuleStep(expect: "held: 1 A", afterwards: (.released, expect: "waiting: 1 A")),
            RuleStep(lines: "1 A, 1 B", acceptPartial: true, expect: "hub: 1 B; held: 1 A")
        ),
        row(
            "hold-then-backorder",
            "{ hold: { minutes: 60 } }",
            RuleStep(expect: "held: 1 A", afterwards: (.timeOut, expect: "waiting: 1 A"))
        ),
        row(
            "hold-then-next",
            "{ hold: { minutes: 60, then: nextStrategy } }",
            behind: ["objective: cost"],
            RuleStep(expect: "held: 1 A", afterwards: (.timeOut, expect: "main: 1 A"))
        ),
        row(
            "hold-then-cancel",
            "{ hold: { minutes: 60, then: { cancel: Too long } } }",
            RuleStep(expect: "held: 1 A", afterwards: (.timeOut, expect: "cancelled (Too long): 1 A")),
            RuleStep(
                lines: "1 A, 1 B",
                expect: "held: 1 A + 1 B",
                afterwards: (.timeOut, expect: "hub: 1 B; cancelled (Too long): 1 A")
            )
        ),
        // Whole lines where the order goes out whole; else the missing units.
        row(
            "cancel",
            "{ cancel: Sold out }",
            RuleStep(expect: "cancelled (Sold out): 1 A"),
            RuleStep(lines: "1 A, 1 B", expect: "hub: 1 B; cancelled (Sold out): 1 A"),
            RuleStep(lines: "3 C", acceptPartial: true, expect: "hub: 1 C; cancelled (Sold out): 2 C")
        ),
    ]
}

/// Every `otherwise`, on real orders.
@Suite(RuleWorld(rows: RuleRemainders.rows), .timeLimit(.minutes(15)))
struct RuleOtherwiseTests {
    @Test(arguments: RuleRemainders.rows)
    func what_cannot_be_shipped_goes_the_way_of_otherwise(_ row: RuleRow) async throws { try await row.check() }
}
