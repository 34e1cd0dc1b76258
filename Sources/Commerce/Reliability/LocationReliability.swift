internal import Glibc

/// How far a location can be relied on, measured by what became of its parcels. The younger a parcel, the more it weighs.
///
/// Every verdict has the weight `0.5 ^ (age / 30 days)`. The rate of a fault is the weight of the parcels with it, divided by the weight of
/// all parcels and ten faultless ones that nobody sent: so the first refusal of a new location does not brand it, and one that has
/// not been asked for months is trusted again.
package struct LocationReliability: Hashable, Sendable {
    /// Sums of weights, as of `updatedAt`.
    package struct Weights: Hashable, Sendable {
        package var parcels: Double
        package var refused: Double
        package var short: Double
        package var answeredLate: Double
        package var dispatchedLate: Double

        package init(
            parcels: Double = 0,
            refused: Double = 0,
            short: Double = 0,
            answeredLate: Double = 0,
            dispatchedLate: Double = 0
        ) {
            self.parcels = parcels
            self.refused = refused
            self.short = short
            self.answeredLate = answeredLate
            self.dispatchedLate = dispatchedLate
        }
    }

    /// After so long a verdict weighs half.
    package static let halfLifeDays: Int64 = 30
    /// Faultless parcels that every location is credited with.
    package static let creditedParcels = 10.0
    /// The score of a location without faults.
    package static let faultless: Int64 = 1_000

    package private(set) var weights: Weights
    /// All verdicts there ever were, unweighted.
    package private(set) var total: VerdictTally
    package private(set) var updatedAt: Timestamp

    package init(weights: Weights = Weights(), total: VerdictTally = VerdictTally(), updatedAt: Timestamp) {
        self.weights = weights
        self.total = total
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
            dispatchedLate: decayed(weights.dispatchedLate)
        )
    }

    /// From 0 to 1,000: `1000 × (1 − refused) × (1 − short / 2) × (1 − answered late / 4) × (1 − dispatched late / 4)`, each a rate
    /// from 0 to 1. A refusal costs a round of sourcing, a short pick half of one, lateness the customer's patience.
    package func score(at moment: Timestamp) -> Int64 {
        let weights = weights(at: moment)
        let all = weights.parcels + Self.creditedParcels
        func rate(_ weight: Double) -> Double { min(1, weight / all) }
        let score =
            (1 - rate(weights.refused)) * (1 - rate(weights.short) / 2) * (1 - rate(weights.answeredLate) / 4)
            * (1 - rate(weights.dispatchedLate) / 4)
        return Int64((score * Double(Self.faultless)).rounded())
    }
}
