import TestSupport
import Testing

/// Every condition of `when`: an order that it matches ships from `hub`, any other by the default rule from `main`.
enum RuleConditions {
    private static let (yes, no) = ("hub: 1 A", "main: 1 A")

    private static func row(_ name: String, _ when: String, _ steps: RuleStep...) -> RuleRow {
        RuleRow(name, when: when, "fences: { locations: hub }", stock: RuleRow.everywhere, steps)
    }

    private static func address(_ more: [String: JSON], _ expect: String) -> RuleStep {
        RuleStep.with("shippingAddress", more, expect: expect)
    }

    private static func customer(_ more: [String: JSON], _ expect: String) -> RuleStep {
        RuleStep.with("customer", more, expect: expect)
    }

    private static func lines(_ first: [String: String], _ second: [String: String], _ isMatch: Bool) -> RuleStep {
        RuleStep(lines: "1 A, 1 A", attributes: [first, second], expect: isMatch ? "hub: 1 A + 1 A" : "main: 1 A + 1 A")
    }

    static let rows = [
        row("channels", "", RuleStep(expect: yes), RuleStep(channel: "plain", expect: no)),
        row("countries", "countries: [AT, CH]", address(["country": "AT"], yes), address(["country": "CH"], yes), RuleStep(expect: no)),
        row(
            "regions",
            "regions: DE-BY",
            address(["region": " de-by "], yes),
            address(["region": "DE-HH"], no),
            RuleStep(expect: no)
        ),
        row(
            "postal-codes",
            "postalCodes: [\"20\", \"803\"]",
            RuleStep(expect: yes),
            address(["postalCode": "80331"], yes),
            address(["postalCode": "80799"], no)
        ),
        row("customers", "customers: [krone, hotel]", customer(["id": "hotel"], yes), customer(["id": "Hotel"], no), RuleStep(expect: no)),
        row(
            "customer-attribute",
            "customerAttributes: { tier: [gold, silver] }",
            customer(["attributes": ["tier": "silver"]], yes),
            customer(["attributes": ["tier": "lead"]], no),
            RuleStep(expect: no)
        ),
        row(
            "customer-attributes",
            "customerAttributes: [tier, { club: \"yes\" }]",
            customer(["attributes": ["tier": "any", "club": "yes"]], yes),
            customer(["attributes": ["tier": "any"]], no),
            customer(["attributes": ["club": "yes"]], no)
        ),
        // A unit is worth 10.00.
        row("min-value", "minValue: 3000", RuleStep(lines: "3 A", expect: "hub: 3 A"), RuleStep(lines: "2 A", expect: "main: 2 A")),
        row("max-value", "maxValue: 2000", RuleStep(lines: "2 A", expect: "hub: 2 A"), RuleStep(lines: "3 A", expect: "main: 3 A")),
        row(
            "value-range",
            "minValue: 2000, maxValue: 3000",
            RuleStep(expect: no),
            RuleStep(lines: "2 A", expect: "hub: 2 A"),
            RuleStep(lines: "4 A", expect: "main: 4 A")
        ),
        row("weekday-today", "weekdays: [\(RuleWorld.weekdays.today)]", RuleStep(expect: yes)),
        row("weekday-tomorrow", "weekdays: [\(RuleWorld.weekdays.tomorrow)]", RuleStep(expect: no)),
        row(
            "any-line",
            "anyLine: { bulky: \"yes\" }",
            lines(["bulky": "yes"], [:], true),
            lines([:], ["bulky": "yes"], true),
            lines(["bulky": "no"], [:], false)
        ),
        row("any-line-name", "anyLine: hazard", lines(["hazard": "gas"], [:], true), lines(["bulky": "yes"], [:], false)),
        row(
            "every-line",
            "everyLine: { clearance: \"yes\" }",
            lines(["clearance": "yes"], ["clearance": "yes"], true),
            lines(["clearance": "yes"], [:], false)
        ),
        // All that is given must match.
        row(
            "all-of-them",
            "countries: DE, minValue: 2000, anyLine: bulky",
            lines(["bulky": "yes"], [:], true),
            lines([:], [:], false),
            RuleStep(attributes: [["bulky": "yes"]], expect: no)
        ),
    ]
}

/// Every condition, on real orders.
@Suite(RuleWorld(rows: RuleConditions.rows), .timeLimit(.minutes(15)))
struct RuleConditionTests {
    @Test(arguments: RuleConditions.rows)
    func a_strategy_decides_the_orders_it_is_for(_ row: RuleRow) async throws { try await row.check() }
}
