import Commerce
import Testing

struct LocationReliabilityTests {
    private static let start = Timestamp(seconds: 1_795_342_500)

    private static func days(_ count: Int64) -> Timestamp { start.adding(seconds: count * 86_400) }

    private static func tally(parcels: Int64, refused: Int64 = 0, short: Int64 = 0, answeredLate: Int64 = 0, dispatchedLate: Int64 = 0)
        -> VerdictTally
    {
        VerdictTally(parcels: parcels, refused: refused, short: short, answeredLate: answeredLate, dispatchedLate: dispatchedLate)
    }

    static let scores: [(VerdictTally, Int64)] = [
        (tally(parcels: 0), 1_000),
        (tally(parcels: 500), 1_000),
        // One of eleven: the ten credited ones count too.
        (tally(parcels: 1, refused: 1), 909),
        (tally(parcels: 90, refused: 90), 100),
        (tally(parcels: 90, short: 90), 550),
        (tally(parcels: 90, answeredLate: 90), 775),
        (tally(parcels: 90, dispatchedLate: 90), 775),
        (tally(parcels: 90, refused: 10, short: 20, answeredLate: 40, dispatchedLate: 0), 729),
    ]

    @Test(arguments: scores) func a_score_is_made_of_its_rates(tally: VerdictTally, expected: Int64) {
        var record = LocationReliability(updatedAt: Self.start)
        record.take(tally, at: Self.start)
        #expect(record.score(at: Self.start) == expected)
        #expect(record.total == tally)
    }

    @Test func a_verdict_weighs_half_after_the_half_life() {
        var record = LocationReliability(updatedAt: Self.start)
        record.take(Self.tally(parcels: 40, refused: 40), at: Self.start)
        let later = Self.days(LocationReliability.halfLifeDays)
        let weights = record.weights(at: later)
        #expect(abs(weights.parcels - 20) < 1e-9 && abs(weights.refused - 20) < 1e-9)
        record.take(Self.tally(parcels: 20), at: later)
        #expect(abs(record.weights(at: later).parcels - 40) < 1e-9)
        #expect(record.score(at: later) == 600, "20 of 40 and the ten credited ones")
        #expect(record.total == Self.tally(parcels: 60, refused: 40))
    }

    @Test func a_location_that_was_not_asked_for_long_is_trusted_again() {
        var record = LocationReliability(updatedAt: Self.start)
        record.take(Self.tally(parcels: 100, refused: 100), at: Self.start)
        var last = record.score(at: Self.start)
        for day in stride(from: Int64(10), through: 1_000, by: 10) {
            let score = record.score(at: Self.days(day))
            #expect(score >= last)
            last = score
        }
        #expect(last == 1_000)
        // Centuries later nothing is left that a database could not keep.
        record.take(Self.tally(parcels: 0), at: Self.days(200_000))
        #expect(record.weights.parcels == 0 && record.weights.refused == 0)
    }

    @Test func what_comes_in_a_wrong_order_counts_as_of_the_newest() {
        var record = LocationReliability(updatedAt: Self.days(10))
        record.take(Self.tally(parcels: 1, refused: 1), at: Self.days(3))
        #expect(record.updatedAt == Self.days(10))
        #expect(record.weights.refused == 1)
    }

    @Test func it_does_not_matter_in_how_many_steps_verdicts_come() {
        var (one, many) = (LocationReliability(updatedAt: Self.start), LocationReliability(updatedAt: Self.start))
        one.take(Self.tally(parcels: 64, refused: 16, short: 8), at: Self.start)
        for _ in 0..<8 { many.take(Self.tally(parcels: 8, refused: 2, short: 1), at: Self.start) }
        #expect(one == many)
        for day in 1...30 { many.take(Self.tally(parcels: 0), at: Self.days(Int64(day))) }
        one.take(Self.tally(parcels: 0), at: Self.days(30))
        #expect(abs(one.weights.parcels - many.weights.parcels) < 1e-9)
    }
}
