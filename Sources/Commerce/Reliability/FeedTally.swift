/// How late a location's feeds were against the interval it owes, added up.
package struct FeedTally: Hashable, Sendable {
    /// Feeds that came while one was owed.
    package private(set) var feeds: Int64 = 0
    /// Those of them that were late.
    package private(set) var late: Int64 = 0
    /// Intervals that went by without one.
    package private(set) var missed: Int64 = 0
    /// Intervals by which feeds were late, each counted as one at most; one that never came is late by one.
    package private(set) var lateness = 0.0

    package init() {}

    /// Tallies as they were stored, where lateness is kept as a weight alone.
    package init(feeds: Int64, late: Int64, missed: Int64) {
        self.feeds = feeds
        self.late = late
        self.missed = missed
    }

    /// Counts a feed that came.
    ///
    /// - Parameters:
    ///   - age: seconds since the one before it.
    ///   - intervalMinutes: what the location owes; at least 1.
    package mutating func addFeed(age: Double, intervalMinutes: Int64) {
        feeds += 1
        let overdue = age / (Double(max(1, intervalMinutes)) * 60) - 1
        guard overdue.isFinite, overdue > FeedFreshness.grace else { return }
        late += 1
        lateness += min(1, overdue)
    }

    /// Counts intervals that went by without a feed.
    package mutating func addMissed(_ intervals: Int64 = 1) {
        missed += intervals
        lateness += Double(intervals)
    }

    package mutating func add(_ other: FeedTally) {
        feeds += other.feeds
        late += other.late
        missed += other.missed
        lateness += other.lateness
    }
}
