/// How late a location's stock feed is, in intervals that it owes one.
package struct FeedFreshness: Hashable, Sendable {
    /// Whole intervals gone without a feed; not counted beyond those after which the location drops out.
    package var missed: Int64
    /// Whether the location is out of sourcing until its next feed.
    package var isDropped: Bool

    package static let fresh = FeedFreshness(missed: 0, isDropped: false)

    package init(missed: Int64, isDropped: Bool) {
        self.missed = missed
        self.isDropped = isDropped
    }

    /// An interval counts as missed when a tenth of it more has gone: a feed that takes a minute longer than the last one is not late.
    package static let grace = 0.1

    /// - Parameters:
    ///   - age: seconds since the last feed was complete.
    ///   - intervalMinutes: what the location owes; `nil` or less than 1: nothing, so it is never late.
    package init(age: Double, intervalMinutes: Int64?, rule: FreshnessRule) {
        let drop = max(1, rule.dropAfterMisses)
        missed = min(drop, Self.missed(age: age, intervalMinutes: intervalMinutes))
        isDropped = missed >= drop
    }

    /// Whole intervals gone without a feed, all of them.
    package static func missed(age: Double, intervalMinutes: Int64?) -> Int64 {
        guard let intervalMinutes, intervalMinutes > 0, age.isFinite, age > 0 else { return 0 }
        let intervals = (age / (Double(intervalMinutes) * 60) - grace).rounded(.down)
        return intervals < 1 ? 0 : Int64(min(intervals, 1e15))
    }

    /// Percent of what is on hand that is kept back, 0 to 100.
    package func bufferPercent(_ rule: FreshnessRule) -> Int64 {
        let (percent, isTooMuch) = missed.multipliedReportingOverflow(by: max(0, rule.bufferPercentPerMiss))
        return isTooMuch ? 100 : min(100, percent)
    }
}

/// A count and what was expected of it.
package enum CountJump {
    /// Whether a count is off by more than a location's feeds usually are: by more than so many percent and by more than so many units.
    package static func isImplausible(expected: Int64, counted: Int64, rule: FreshnessRule) -> Bool {
        let (difference, isTooMuch) = counted.subtractingReportingOverflow(expected)
        guard !isTooMuch, difference != .min else { return true }
        let off = abs(difference)
        guard off > max(0, rule.jumpUnits) else { return false }
        let percent = max(0, rule.jumpPercent)
        let (allowed, isHuge) = (max(0, expected) / 100).multipliedReportingOverflow(by: percent)
        let (rest, _) = (max(0, expected) % 100).multipliedReportingOverflow(by: min(percent, 1_000_000))
        let (sum, isHuger) = allowed.addingReportingOverflow(rest / 100)
        return !isHuge && !isHuger && off > sum
    }
}
