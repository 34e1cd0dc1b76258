import Commerce
import Testing

struct FeedFreshnessTests {
    private static let rule = FreshnessRule(bufferPercentPerMiss: 10, dropAfterMisses: 3)

    /// Minutes since the last feed, of a location that owes one every hour.
    @Test(
        arguments: [
            (-5, 0, false), (0, 0, false), (60, 0, false), (65, 0, false), (66, 1, false), (125, 1, false), (126, 2, false),
            (185, 2, false), (186, 3, true), (1_000_000, 3, true),
        ] as [(Double, Int64, Bool)]
    )
    func intervals_are_missed_one_by_one_until_the_location_drops_out(minutes: Double, missed: Int64, isDropped: Bool) {
        let freshness = FeedFreshness(age: minutes * 60, intervalMinutes: 60, rule: Self.rule)
        #expect(freshness == FeedFreshness(missed: missed, isDropped: isDropped))
    }

    @Test(arguments: [nil, 0, -1] as [Int64?])
    func who_owes_nothing_is_never_late(_ interval: Int64?) {
        #expect(FeedFreshness(age: 1e9, intervalMinutes: interval, rule: Self.rule) == .fresh)
    }

    @Test func ages_that_are_none_are_fresh() {
        for age in [Double.nan, .infinity, -.infinity] {
            #expect(FeedFreshness(age: age, intervalMinutes: 1, rule: Self.rule) == .fresh)
        }
        // More than can be counted is cut at a quadrillion, which can still be added to.
        let long = FeedFreshness(age: 1e300, intervalMinutes: .max, rule: FreshnessRule(dropAfterMisses: .max))
        #expect(long.missed == 1_000_000_000_000_000)
    }

    @Test(arguments: [(0, 10, 0), (2, 10, 20), (11, 10, 100), (3, 0, 0), (3, -5, 0), (.max, .max, 100)] as [(Int64, Int64, Int64)])
    func the_buffer_grows_with_each_miss(missed: Int64, perMiss: Int64, percent: Int64) {
        let freshness = FeedFreshness(missed: missed, isDropped: false)
        #expect(freshness.bufferPercent(FreshnessRule(bufferPercentPerMiss: perMiss)) == percent)
    }

    @Test(
        arguments: [
            (100, 100, false), (100, 0, false), (101, 0, true), (200, 0, true), (1_000, 250, false), (1_000, 150, true), (10, 500, true),
            (0, 101, true), (0, 100, false), (-5, 200, true), (.min, .max, true), (.max, 0, true), (.max, .max, false),
        ] as [(Int64, Int64, Bool)]
    )
    func a_jump_is_off_by_more_than_a_share_and_by_more_than_some_units(expected: Int64, counted: Int64, isImplausible: Bool) {
        // The contract's rule: 80 percent, 100 units.
        #expect(CountJump.isImplausible(expected: expected, counted: counted, rule: FreshnessRule()) == isImplausible)
    }
}
