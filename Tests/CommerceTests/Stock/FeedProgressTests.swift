import Commerce
import Testing

/// Keeps the progress between parts, as the store does.
private final class Feed {
    private(set) var progress: FeedProgress?

    func take(_ part: FeedProgress.Part) throws(OrderRefusal) -> FeedProgress.Step { try FeedProgress.take(part, into: &progress) }
}

struct FeedProgressTests {
    private func part(_ sequence: Int64, _ part: Int64 = 1, of parts: Int64 = 1, _ mode: FeedProgress.Mode = .full) -> FeedProgress.Part {
        FeedProgress.Part(sequence: sequence, mode: mode, part: part, parts: parts)
    }

    @Test func parts_come_in_any_order_and_the_last_completes() throws {
        let feed = Feed()
        #expect(try feed.take(part(5, 3, of: 3)) == .apply(completes: false, zeroesUnnamed: false, abandonsOlder: false))
        #expect(try feed.take(part(5, 1, of: 3)) == .apply(completes: false, zeroesUnnamed: false, abandonsOlder: false))
        #expect(try feed.take(part(5, 1, of: 3)) == .again)
        #expect(try feed.take(part(5, 2, of: 3)) == .apply(completes: true, zeroesUnnamed: true, abandonsOlder: false))
        #expect(try feed.take(part(5, 2, of: 3)) == .again)
        #expect(feed.progress?.isComplete == true)
    }

    @Test func a_partial_feed_zeroes_nothing() throws {
        let feed = Feed()
        #expect(try feed.take(part(1, 1, of: 1, .partial)) == .apply(completes: true, zeroesUnnamed: false, abandonsOlder: false))
    }

    @Test func a_lower_sequence_is_stale_and_a_higher_one_abandons_the_incomplete() throws {
        let feed = Feed()
        _ = try feed.take(part(5, 1, of: 2))
        #expect(try feed.take(part(4)) == .stale)
        #expect(try feed.take(part(6, 2, of: 2)) == .apply(completes: false, zeroesUnnamed: false, abandonsOlder: true))
        #expect(try feed.take(part(5, 2, of: 2)) == .stale)
        #expect(try feed.take(part(6, 1, of: 2)) == .apply(completes: true, zeroesUnnamed: true, abandonsOlder: false))
        #expect(try feed.take(part(7)) == .apply(completes: true, zeroesUnnamed: true, abandonsOlder: false))
    }

    @Test func parts_that_disagree_are_refused_and_change_nothing() throws {
        let feed = Feed()
        _ = try feed.take(part(5, 1, of: 3))
        let before = feed.progress
        for (bad, expected) in [
            (part(5, 2, of: 4), "conflict /parts"), (part(5, 2, of: 3, .partial), "conflict /mode"),
            (part(6, 2, of: 1), "invalid_field /part"),
            (part(6, 0, of: 1), "invalid_field /part"), (part(6, 1, of: 0), "invalid_field /parts"),
            (part(6, 1, of: 10_001), "invalid_field /parts"),
        ] {
            do {
                _ = try feed.take(bad)
                Issue.record("\(bad) was not refused")
            } catch { #expect("\(error.code.rawValue) \(error.path)" == expected) }
            #expect(feed.progress == before)
        }
    }
}
