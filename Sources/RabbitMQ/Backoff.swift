/// How long to wait before the next attempt to connect: doubling from 0.1 s to 3 s, each wait shortened at random by up to half,
/// so that a fleet of workers does not knock at a restarted broker in step.
package struct Backoff: Sendable {
    private let shortest: Duration
    private let longest: Duration
    private var ceiling: Duration

    /// - Parameters:
    ///   - shortest: the ceiling of the first wait.
    ///   - longest: where doubling ends.
    package init(shortest: Duration = .milliseconds(100), longest: Duration = .seconds(3)) {
        self.shortest = shortest
        self.longest = longest
        ceiling = shortest
    }

    /// The wait before the next attempt, between half of the ceiling and the ceiling, which then doubles.
    package mutating func next() -> Duration {
        var generator = SystemRandomNumberGenerator()
        return next(using: &generator)
    }

    /// The same with a generator of the caller's, for tests that must repeat.
    package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let wait = ceiling * Double.random(in: 0.5...1, using: &generator)
        ceiling = min(ceiling * 2, longest)
        return wait
    }

    /// Starts over; call it once a connection has proved itself.
    package mutating func reset() { ceiling = shortest }
}
