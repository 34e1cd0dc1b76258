internal import Glibc

/// How far a location can be relied on, measured by what became of its parcels and by how late its feeds were. The younger, the more it weighs.
///
/// Every verdict, and every feed that was owed, has the weight `0.5 ^ (age / 30 days)`. The rate of a fault is the weight of the parcels with
/// it, divided by the weight of all parcels and ten faultless ones that nobody sent: so the first refusal of a new location does not brand it,
/// and one that has not been asked for months is trusted again. So it is with feeds.
package struct LocationReliability: Hashable, Sendable {
    /// Sums of weights, as of `updatedAt`.
    package struct Weights: Hashable, Sendable {
        package var parcels: Double
        package var refused: Double
        package var short: Double
        package var answeredLate: Double
        package var dispatchedLate: Double
        /// Of feeds that were owed, whether they came or not.
        package var feeds: Double
        /// Of the intervals by which they were late; see `FeedTally.lateness`.
        package var feedLateness: Double

        package init(
            parcels: Double = 0,
            refused: Double = 0,
            short: Double = 0,
            answeredLate: Double = 0,
            dispatchedLate: Double = 0,
            feeds: Double = 0,
            feedLateness: Double = 0
        ) {
            self.parcels = parcels
            self.refused = refused
            self.short = short
            self.answeredLate = answeredLate
            self.dispatchedLate = dispatchedLate
            self.feeds = feeds
            self.feedLateness = feedLateness
        }
    }

    /// After so long a verdict weighs half.
    package static let halfLifeDays: Int64 = 30
    /// Faultless parcels that every location is credited with.
    package static let creditedParcels = 10.0
    /// Feeds in time that every location is credited with.
    package static let creditedFeeds = 10.0
    /// The score of a location without faults.
    package static let faultless: Int64 = 1_000

    package private(set) var weights: Weights
    /// All verdicts there ever were, unweighted.
    package private(set) var total: VerdictTally
    /// All feeds there ever were, unweighted, but for their lateness.
    package private(set) var totalFeeds: FeedTally
    package private(set) var updatedAt: Timestamp

    package init(
        weights: Weights = Weights(),
        total: VerdictTally = VerdictTally(),
        totalFeeds: FeedTally = FeedTally(),
        updatedAt: Timestamp
    ) {
        self.weights = weights
        self.total = total
        self.totalFeeds = totalFeeds
        self.updatedAt = updatedAt
    }

    /// Adds verdicts of parcels that ended at `moment`. One that lies before the last update counts as of then.
    package mutating func take(_ tally: VerdictTally, at moment: Timestamp) {
        weights = weights(at: moment)
        weights.parcels += Double(tally.parcels)
        weights.refused += Double(tally.refused)
        weights.short += Double(tally.short)
        weights.answeredLate += Double(tally.answeredLate)
        weights.dispatchedLate += Double(tally.dispatchedLate)
        total.add(tally)
        updatedAt = max(updatedAt, moment)
    }

    /// Adds feeds that came, or did not, by `moment`.
    package mutating func take(_ tally: FeedTally, at moment: Timestamp) {
        weights = weights(at: moment)
        weights.feeds += Double(tally.feeds + tally.missed)
        weights.feedLateness += tally.lateness
        totalFeeds.add(FeedTally(feeds: tally.feeds, late: tally.late, missed: tally.missed))
        updatedAt = max(updatedAt, moment)
    }

    /// What the weights have come down to.
    package func weights(at moment: Timestamp) -> Weights {
        let age = Double(max(0, moment.rawValue - updatedAt.rawValue)) / 86_400_000_000
        let left = exp2(-min(age / Double(Self.halfLifeDays), 1_000))
        // A remainder this small changes no score, and the database does not take what is smaller than a double can be.
        func decayed(_ weight: Double) -> Double { weight * left < 1e-9 ? 0 : weight * left }
        return Weights(
            parcels: decayed(weights.parcels),
            refused: decayed(weights.refused),
            short: decayed(weights.short),
            answeredLate: decayed(weights.answeredLate),
            dispatchedLate: decayed(weights.dispatchedLate),
            feeds: decayed(weights.feeds),
            feedLateness: decayed(weights.feedLateness)
        )
    }

    /// From 0 to 1,000: `1000 × (1 − refused) × (1 − short / 2) × (1 − answered late / 4) × (1 − dispatched late / 4) × (1 − feeds late / 4)`,
    /// each a rate from 0 to 1. A refusal costs a round of sourcing, a short pick half of one, lateness the customer's patience; a late
    /// feed costs nothing yet, but sells what may not be there.
    package func score(at moment: Timestamp) -> Int64 { Int64(exactScore(at: moment).rounded()) }

    /// The score before it is rounded.
    func exactScore(at moment: Timestamp) -> Double {
        let weights = weights(at: moment)
        let all = weights.parcels + Self.creditedParcels
        func rate(_ weight: Double) -> Double { min(1, weight / all) }
        let score =
            (1 - rate(weights.refused)) * (1 - rate(weights.short) / 2) * (1 - rate(weights.answeredLate) / 4)
            * (1 - rate(weights.dispatchedLate) / 4)
        let feedsLate = min(1, weights.feedLateness / (weights.feeds + Self.creditedFeeds))
        return score * (1 - feedsLate / 4) * Double(Self.faultless)
    }
}
