import Testing

@testable import oms

/// What is said about runs, and how values are written.
@Suite struct StatisticsTests {
    @Test(
        arguments: [
            ([], 0), ([7], 7), ([3, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([5, 5, 5, 1_000, 5], 5),
        ] as [([Double], Double)]
    )
    func the_median_is_the_value_in_the_middle(_ values: [Double], _ median: Double) {
        #expect(Statistics.median(values) == median)
    }

    @Test(
        arguments: [
            (50, 50), (99, 99), (100, 100), (0, 1), (1, 1), (-5, 1), (200, 100),
        ] as [(Int, Double)]
    )
    func a_percentile_of_the_numbers_to_100_is_its_number(_ percent: Int, _ value: Double) {
        #expect(Statistics.percentile(percent, of: (1...100).map(Double.init).reversed()) == value)
    }

    @Test func a_percentile_is_a_value_that_was_measured() {
        #expect(Statistics.percentile(50, of: [1, 2]) == 1)
        #expect(Statistics.percentile(99, of: [1, 2, 3]) == 3)
        #expect(Statistics.percentile(50, of: []) == 0)
    }

    @Test func the_slope_is_that_of_a_line_through_the_points() {
        let line = (0..<60).map { (x: Double($0), y: 80 + 0.25 * Double($0)) }
        #expect((Statistics.slope(line) - 0.25).magnitude < 1e-12)
        #expect(Statistics.slope([(1, 5), (2, 5), (3, 5)]) == 0)
        #expect(Statistics.slope([(1, 5)]) == 0)
        #expect(Statistics.slope([(1, 5), (1, 9)]) == 0)
    }

    @Test(
        arguments: [
            (0, "0"), (0.257, "0.26"), (6.6, "6.6"), (9.994, "9.99"), (9.996, "10"), (18.04, "18"), (18.06, "18.1"), (99.94, "99.9"),
            (99.96, "100"), (6_867.4, "6,867"), (1_000_000, "1,000,000"), (-3.5, "-3.5"), (-12_345, "-12,345"), (.infinity, "?"),
            (.nan, "?"),
        ] as [(Double, String)]
    )
    func values_have_the_digits_that_say_something(_ value: Double, _ text: String) {
        #expect(FigureText.of(value) == text)
    }

    @Test(
        arguments: [(0.1234, "+12.3 %"), (-0.05, "-5.0 %"), (0.0001, "0.0 %"), (-0.0001, "0.0 %"), (.infinity, "?")] as [(Double, String)]
    )
    func changes_are_percent_with_their_sign(_ share: Double, _ text: String) {
        #expect(FigureText.change(share) == text)
    }
}
