import Commerce
import Testing

/// Whether what holds now is worse than what was told last.
struct DeliveryWordTests {
    private static let sooner = DeliveryWord.date(CivilDate(year: 2026, month: 11, day: 30))
    private static let later = DeliveryWord.date(CivilDate(year: 2026, month: 12, day: 1))

    /// Told, now, worse: every pair there is.
    private static let table: [(told: DeliveryWord, now: DeliveryWord, isWorse: Bool)] = [
        (.there, .there, false), (.there, sooner, true), (.there, later, true), (.there, .unknown, true),
        (sooner, .there, false), (sooner, sooner, false), (sooner, later, true), (sooner, .unknown, true),
        (later, .there, false), (later, sooner, false), (later, later, false), (later, .unknown, true),
        (.unknown, .there, false), (.unknown, sooner, false), (.unknown, later, false), (.unknown, .unknown, false),
    ]

    @Test(arguments: table) func worse_is_later_than_told_or_known_no_more(told: DeliveryWord, now: DeliveryWord, isWorse: Bool) {
        #expect(now.isWorse(than: told) == isWorse)
        #expect(!isWorse || !told.isWorse(than: now), "never both ways")
    }

    @Test func a_day_makes_a_word_and_none_is_unknown() {
        #expect(DeliveryWord(nil) == .unknown && DeliveryWord(Self.later.day) == Self.later)
        #expect(DeliveryWord.there.day == nil && DeliveryWord.unknown.day == nil)
    }
}
