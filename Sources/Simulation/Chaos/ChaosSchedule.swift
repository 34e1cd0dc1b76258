/// When which fault happens: the same seed, rounds and faults give the same schedule.
package struct ChaosSchedule: Hashable, Sendable {
    package struct Strike: Hashable, Sendable {
        /// Seconds of undisturbed work before it, counted from the recovery of the one before.
        package var after: Double
        package var fault: ChaosFault
        /// How long it lasts.
        package var seconds: Double
        /// Which worker it hits, where it hits one: a number to be taken modulo their count.
        package var victim: Int
    }

    package var strikes: [Strike]

    /// How thorough a run is.
    package enum Form: Hashable, Sendable {
        /// For every change: each fault once in a round, as short as it may be.
        case short
        /// Each fault as often as its weight says and as long as the seed says.
        case long
    }

    /// - Parameters:
    ///   - rounds: in each every fault comes, in an order of its own.
    ///   - faults: those that the stack allows.
    package init(seed: UInt64, rounds: Int, faults: Set<ChaosFault>, form: Form = .long) {
        var random = SplitMix64(seed: seed)
        // In the order of declaration: a set has none that another process would have too.
        let round = ChaosFault.allCases.filter(faults.contains).flatMap {
            Array(repeating: $0, count: form == .short ? 1 : $0.weight)
        }
        strikes = (0..<max(0, rounds)).flatMap { _ in
            round.shuffled(using: &random).map { fault in
                let range = fault.seconds.upperBound - fault.seconds.lowerBound
                return Strike(
                    after: 0.5 + (form == .short ? 1 : 2.5) * random.unit(),
                    fault: fault,
                    seconds: fault.seconds.lowerBound + (form == .short ? 0 : range * random.unit()),
                    victim: random.below(1_000)
                )
            }
        }
    }

    /// How long it takes at least, seconds.
    package var seconds: Double { strikes.reduce(0) { $0 + $1.after + $1.seconds } }
}
