import Commerce
import Testing

struct FeedReliabilityTests {
    private static let start = Timestamp(seconds: 1_795_342_500)

    /// Of a location that owes a feed an hour: minutes since the last one, and by how many intervals the feed counts as late.
    static let feeds: [(minutes: Double, lateness: Double)] = [
        (0, 0), (1, 0), (60, 0), (65, 0), (75, 0.25), (90, 0.5), (120, 1), (600, 1), (.infinity, 0), (-5, 0),
    ]

    @Test(arguments: feeds) func a_feed_is_late_by_the_part_of_an_interval_that_it_is_overdue(minutes: Double, lateness: Double) {
        var tally = FeedTally()
        tally.addFeed(age: minutes * 60, intervalMinutes: 60)
        #expect(tally.feeds == 1 && tally.missed == 0)
        #expect(tally.late == (lateness > 0 ? 1 : 0))
        #expect(abs(tally.lateness - lateness) < 1e-9)
    }

    private static func record(missed: Int64, inTime: Int64) -> LocationReliability {
        var tally = FeedTally()
        for _ in 0..<missed { tally.addMissed() }
        for _ in 0..<inTime { tally.addFeed(age: 60, intervalMinutes: 60) }
        var record = LocationReliability(updatedAt: start)
        record.take(tally, at: start)
        return record
    }

    @Test(arguments: [(0, 0, 1_000), (0, 500, 1_000), (1, 0, 977), (90, 0, 775), (45, 45, 888)] as [(Int64, Int64, Int64)])
    func late_feeds_cost_a_quarter_of_their_share(missed: Int64, inTime: Int64, expected: Int64) {
        let record = Self.record(missed: missed, inTime: inTime)
        #expect(record.score(at: Self.start) == expected)
        #expect(record.totalFeeds == FeedTally(feeds: inTime, late: 0, missed: missed))
    }

    @Test func a_feed_weighs_half_after_the_half_life_and_parcels_are_left_as_they_are() {
        var record = Self.record(missed: 40, inTime: 40)
        var parcels = VerdictTally()
        parcels.add(ParcelVerdict(isRefused: true))
        record.take(parcels, at: Self.start)
        let later = Self.start.adding(seconds: LocationReliability.halfLifeDays * 86_400)
        record.take(FeedTally(feeds: 10, late: 0, missed: 0), at: later)
        #expect(abs(record.weights.feeds - 50) < 1e-9 && abs(record.weights.feedLateness - 20) < 1e-9)
        #expect(abs(record.weights.parcels - 0.5) < 1e-9 && record.total.parcels == 1)
        #expect(record.totalFeeds == FeedTally(feeds: 50, late: 0, missed: 40))
    }

    @Test func a_supplier_is_as_reliable_as_its_locations_by_their_parcels() {
        var bad = LocationReliability(updatedAt: Self.start)
        bad.take(VerdictTally(parcels: 90, refused: 90, short: 0, answeredLate: 0, dispatchedLate: 0), at: Self.start)
        let good = LocationReliability(updatedAt: Self.start)
        #expect(SupplierReliability.score(of: [], at: Self.start) == 1_000)
        #expect(SupplierReliability.score(of: [good], at: Self.start) == 1_000)
        #expect(SupplierReliability.score(of: [bad], at: Self.start) == 100)
        // 100 parcels at 100, the credited ones among them, and ten at 1000.
        #expect(SupplierReliability.score(of: [bad, good], at: Self.start) == 182)
        #expect(SupplierReliability.score(of: [good, bad], at: Self.start) == 182)
    }
}
