import Commerce
import Testing

struct ArithmeticTests {
    @Test func sums_and_products_that_overflow_are_nil() {
        #expect(Amount.sum(.max, 1) == nil)
        #expect(Amount.difference(.min, 1) == nil)
        #expect(Amount.product(.max, 2) == nil)
        #expect(Amount.sum([.max, 1, -1]) == nil)
        #expect(Amount.sum([1, 2, 3]) == 6)
        #expect(Amount.product(Amount.maximumUnitPrice, PlacedOrder.maximumQuantity) == 1_000_000_000_000_000_000)
    }

    @Test(
        arguments: [
            (1, 1, 2, 1), (-1, 1, 2, -1), (1, 1, 3, 0), (2, 1, 3, 1), (-2, 1, 3, -1), (5, 1, 10, 1), (4, 1, 10, 0), (7, 0, 3, 0),
            (7, 3, 0, 0), (3, 1, -2, -2),
        ] as [(Int64, Int64, Int64, Int64)]
    )
    func scaling_rounds_half_away_from_zero(amount: Int64, numerator: Int64, denominator: Int64, expected: Int64) {
        #expect(Amount.scaled(amount, by: numerator, over: denominator) == expected)
    }

    @Test func scaling_is_exact_beyond_64_bits_and_clamps() {
        #expect(Amount.scaled(1_000_000_000_000_000, by: 999_999_999_999_999, over: 1_000_000_000_000_000) == 999_999_999_999_999)
        #expect(Amount.scaled(.max, by: .max, over: .max) == .max)
        #expect(Amount.scaled(.max, by: .max, over: 1) == .max)
        #expect(Amount.scaled(.min, by: .max, over: 1) == -.max)
        #expect(Amount.scaled(.min, by: .min, over: .min) == -.max)
    }

    @Test(arguments: [
        (10_000, "19", 1_900, 1_597), (1_999, "19", 380, 319), (1, "50", 1, 0), (100, "8.875", 9, 8), (100, "0", 0, 0),
        (100, "100", 100, 50),
    ])
    func tax_is_rounded_half_up(amount: Int64, rate: String, onNet: Int64, inGross: Int64) {
        let rate = TaxRate(rate) ?? .zero
        #expect(rate.tax(onNet: amount) == onNet)
        #expect(rate.tax(inGross: amount) == inGross)
    }

    @Test func the_european_union_has_27_members() {
        #expect(EuropeanUnion.members.count == 27)
        #expect(EuropeanUnion.contains("HR") && EuropeanUnion.contains("MC"))
        #expect(["GB", "CH", "NO", "US", "IS", "LI", "UK", "EL"].allSatisfy { !EuropeanUnion.contains($0) })
    }
}
