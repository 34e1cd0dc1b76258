import Foundation
import TestSupport
import Testing

/// Every kind of fence. Without a fence a unit of A ships from `main`.
enum RuleFences {
    static let rows = [
        RuleRow("no-fence", "objective: [parcels, locationPriority]", ships: "main"),
        RuleRow("kinds", "fences: { kinds: store }", ships: "shop"),
        RuleRow("kinds-several", "fences: { kinds: [third-party, supplier] }", ships: "vend"),
        RuleRow("suppliers", "fences: { suppliers: acme }", ships: "vend"),
        RuleRow("locations", "fences: { locations: [hub, vend] }", ships: "vend"),
        RuleRow("countries", "fences: { countries: AT }", ships: "vend"),
        RuleRow("regions", "fences: [{ regions: [north, west] }]", ships: "shop"),
        RuleRow("kilometers", "fences: { maxKilometers: 100 }", ships: "shop"),
        RuleRow("several-hold", "fences: [{ kinds: [store, third-party] }, { regions: south }]", ships: "hub"),
        // Nearer ones have half of it each, which is too little a share.
        RuleRow(
            "stock-share",
            "fences: { stockShareAtLeast: 60 }, objective: distance",
            stock: ["main": "2 A", "shop": "2 A", "vend": "4 A"],
            RuleStep(lines: "4 A", expect: "vend: 4 A")
        ),
        RuleRow(
            "stock-share-none",
            "fences: { stockShareAtLeast: 60 }",
            stock: ["main": "2 A", "shop": "2 A"],
            RuleStep(lines: "4 A", expect: "waiting: 4 A")
        ),
        RuleRow(
            "capacity-left",
            "fences: { capacityLeft: true }",
            stock: ["tiny": "10 A", "main": "10 A"],
            RuleStep(expect: "tiny: 1 A"),
            RuleStep(expect: "main: 1 A")
        ),
        // Most lies five days away; whoever was promised a day gets it from around the corner.
        RuleRow(
            "by-promise",
            "fences: { deliversByPromise: true }, objective: stockBalance",
            stock: ["hub": "50 A", "shop": "10 A"],
            RuleStep(expect: "hub: 1 A"),
            RuleStep(
                change: { $0["promisedBy"] = .string(Date.now.addingTimeInterval(3 * 86_400).formatted(.iso8601)) },
                expect: "shop: 1 A"
            )
        ),
        RuleRow(
            "fresh-feed",
            "fences: { freshFeed: true }",
            stock: ["late": "10 A", "main": "10 A"],
            RuleStep(expect: "late: 1 A"),
            RuleStep(
                before: { shop, _ in
                    try await shop.age("late", minutes: 80)
                    try await shop.event("location.feed_late")
                },
                expect: "main: 1 A"
            ),
            // It may ship all the same where no fence asks for a fresh feed.
            RuleStep(channel: "plain", expect: "late: 1 A"),
            RuleStep(
                before: { shop, row in
                    try await shop.stock("late", [(row.sku("A"), 10)])
                    try await shop.event("location.restored")
                },
                expect: "late: 1 A"
            )
        ),
        RuleRow(
            "same-attribute",
            "fences: { sameAttribute: cold }",
            RuleStep(attributes: [["cold": "deep"]], expect: "hub: 1 A"),
            RuleStep(attributes: [["cold": "cool"]], expect: "waiting: 1 A"),
            RuleStep(attributes: [["color": "red"]], expect: "main: 1 A")
        ),
        RuleRow(
            "same-attributes",
            "fences: { sameAttribute: [cold, hazard] }",
            RuleStep(attributes: [["cold": "deep", "hazard": "acid"]], expect: "hub: 1 A"),
            RuleStep(attributes: [["cold": "deep", "hazard": "gas"]], expect: "waiting: 1 A")
        ),
        // No fence, but a location's own word: it ships for these customers alone.
        RuleRow(
            "customers-only",
            "objective: locationPriority",
            stock: ["vip": "10 A", "main": "10 A"],
            RuleStep.with("customer", ["id": "hotel"], expect: "vip: 1 A"),
            RuleStep.with("customer", ["id": "guest"], expect: "main: 1 A"),
            RuleStep(expect: "main: 1 A")
        ),
    ]
}

/// Every fence, on real orders.
@Suite(RuleWorld(rows: RuleFences.rows), .timeLimit(.minutes(15)))
struct RuleFenceTests {
    @Test(arguments: RuleFences.rows) func a_location_ships_only_if_its_fences_hold(_ row: RuleRow) async throws { try await row.check() }
}
