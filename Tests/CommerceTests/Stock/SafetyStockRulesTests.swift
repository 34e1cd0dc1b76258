import Commerce
import Testing

struct SafetyStockRulesTests {
    /// Every shape a rule may have, each with its own units, so that the answer names the rule.
    private static let all = [
        SafetyStock(sku: "A", location: "ber", supplier: "acme", units: 1), SafetyStock(sku: "A", location: "ber", units: 2),
        SafetyStock(sku: "A", supplier: "acme", units: 3), SafetyStock(location: "ber", supplier: "acme", units: 4),
        SafetyStock(sku: "A", units: 5), SafetyStock(location: "ber", units: 6), SafetyStock(supplier: "acme", units: 7),
        SafetyStock(units: 8),
    ]

    @Test(arguments: 0..<8)
    func the_most_specific_of_those_that_match_counts(_ first: Int) {
        // Without the more specific ones, the next one counts.
        let rules = SafetyStockRules(Array(Self.all[first...].reversed()))
        #expect(rules.units(sku: "A", location: "ber", supplier: "acme") == Int64(first + 1))
    }

    @Test(
        arguments: [
            ("A", "ber", "acme", 1), ("A", "ber", nil, 2), ("A", "ham", "acme", 3), ("B", "ber", "acme", 4), ("A", "ham", "other", 5),
            ("B", "ber", "other", 6), ("B", "ham", "acme", 7), ("B", "ham", "other", 8), (nil, "ber", "acme", 4), (nil, "ham", nil, 8),
            ("a", "BER", "acme", 7),
        ] as [(String?, String, String?, Int64)]
    )
    func what_a_rule_names_must_match(sku: String?, location: String, supplier: String?, units: Int64) {
        #expect(SafetyStockRules(Self.all).units(sku: sku, location: location, supplier: supplier) == units)
    }

    @Test func without_rules_nothing_is_kept_back() {
        let rules = SafetyStockRules([])
        #expect(rules.units(sku: "A", location: "ber", supplier: nil) == 0)
        #expect(rules.least(location: "ber", supplier: nil) == 0)
        #expect(!rules.nameSKUs)
        #expect(!SafetyStockRules([SafetyStock(location: "ber", units: 1)]).nameSKUs)
        #expect(SafetyStockRules(Self.all).nameSKUs)
    }

    @Test func the_greater_of_two_that_name_the_same_counts_and_none_is_negative() {
        let rules = SafetyStockRules([
            SafetyStock(sku: "A", units: 3), SafetyStock(sku: "A", units: 2), SafetyStock(location: "ber", units: -4),
        ])
        #expect(rules.units(sku: "A", location: "ber", supplier: nil) == 3)
        #expect(rules.units(sku: "B", location: "ber", supplier: nil) == 0)
    }

    /// `least` never says more than what counts for any SKU: else an order that can be filled would be forgotten.
    @Test func least_is_a_lower_bound() {
        for seed in UInt64(0)..<300 {
            var random = SplitMix64(seed: seed)
            let (skus, locations, suppliers) = (["A", "B", nil], ["ber", "ham", nil], ["acme", "other", nil])
            let rules = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                SafetyStock(
                    sku: skus.randomElement(using: &random) ?? nil,
                    location: locations.randomElement(using: &random) ?? nil,
                    supplier: suppliers.randomElement(using: &random) ?? nil,
                    units: .random(in: 0...9, using: &random)
                )
            }
            let prepared = SafetyStockRules(rules)
            for location in ["ber", "ham", "muc"] {
                for supplier in suppliers {
                    let least = prepared.least(location: location, supplier: supplier)
                    for sku in ["A", "B", "C"] {
                        #expect(least <= prepared.units(sku: sku, location: location, supplier: supplier), "seed \(seed)")
                    }
                }
            }
        }
    }
}
