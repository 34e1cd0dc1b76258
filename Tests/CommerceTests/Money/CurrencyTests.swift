import Commerce
import Testing

struct CurrencyTests {
    @Test(arguments: [
        ("EUR", 2), ("USD", 2), ("JPY", 0), ("KRW", 0), ("ISK", 0), ("UYI", 0), ("KWD", 3), ("TND", 3), ("CLF", 4), ("UYW", 4), ("ZWG", 2),
        ("XCG", 2),
    ])
    func exponents_are_those_of_iso_4217(code: String, exponent: Int) {
        #expect(Currency(code: code)?.exponent == exponent)
        #expect(Currency(code: code)?.code == code)
    }

    @Test(arguments: ["", "E", "eur", "EURO", "XXX", "XAU", "XDR", "BGN", "HRK", "ANG", "E R", "ÄR", "€"])
    func other_codes_are_unknown(code: String) { #expect(Currency(code: code) == nil) }

    @Test func the_table_has_every_code_once() {
        #expect(Currency.allCodes.count == 165)
        #expect(Set(Currency.allCodes).count == 165)
        #expect(Currency.allCodes.allSatisfy { Currency(code: $0) != nil })
    }

    @Test func units_per_major_follow_the_exponent() {
        #expect(["JPY", "EUR", "KWD", "CLF"].map { Currency(code: $0)?.unitsPerMajor } == [1, 100, 1_000, 10_000])
    }
}
