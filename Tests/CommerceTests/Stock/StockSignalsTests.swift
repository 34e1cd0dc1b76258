import Commerce
import Testing

struct StockSignalsTests {
    /// What is available, one telling after the other, and what is told beside it: `b` back in stock, `l` low.
    @Test(
        arguments: [
            ("a new SKU is neither back nor fallen", [3, 2], "  "),
            ("a new SKU with plenty, then little", [30, 5], " l"),
            ("back from nothing", [0, 20], " b"),
            ("back with little: low was told when it fell", [20, 0, 3], " lb"),
            ("told once", [9, 5, 4, 3, 0], " l   "),
            ("swings around the threshold are one crossing", [9, 5, 6, 5, 6, 4], " l    "),
            ("recovered, and low again", [9, 5, 7, 8, 5], " l  l"),
            ("every time it comes back", [0, 1, 0, 1], " b b"),
            ("straight to nothing is low too", [50, 0], " l"),
        ] as [(String, [Int64], String)]
    )
    func each_crossing_is_told_once(name: String, available: [Int64], expected: String) {
        var told: StockSignals.Told?
        var heard = ""
        for units in available {
            let signals = StockSignals(from: told, to: units, rule: .init(units: 5))
            #expect(!(signals.isBackInStock && signals.hasFallenLow), "\(name)")
            heard += signals.isBackInStock ? "b" : signals.hasFallenLow ? "l" : " "
            told = signals.told
        }
        #expect(heard == expected, "\(name)")
    }

    @Test func a_threshold_of_zero_tells_nothing_of_low() {
        let signals = StockSignals(from: .init(available: 9, isLow: false), to: 0, rule: .init(units: 0))
        #expect(!signals.hasFallenLow && !signals.told.isLow)
    }

    @Test(arguments: [(5, nil, 7), (1, nil, 2), (0, nil, 1), (10, 40, 40), (10, 3, 11)] as [(Int64, Int64?, Int64)])
    func it_is_armed_again_above_the_threshold(units: Int64, rearm: Int64?, expected: Int64) {
        #expect(StorefrontRule.LowStock(units: units, rearmUnits: rearm).rearm == expected)
    }
}
