package import Glibc
internal import Simulation

/// A number of inputs for one target, made of a seed: the same seed, the same inputs.
package struct FuzzRun: Sendable {
    package var seed: UInt64
    /// Processor time that one input may take.
    package var bound: Duration

    package init(seed: UInt64, bound: Duration = .seconds(10)) {
        self.seed = seed
        self.bound = bound
    }

    /// One of the inputs.
    package func input(_ index: Int, of target: some FuzzTarget) -> FuzzInput {
        var random = random(index)
        return FuzzMutator(target).input(index, &random)
    }

    /// Reads the inputs of these indexes, one after the other.
    ///
    /// - Parameter before: told the index of each before it is made.
    /// - Throws: the first complaint, with what is needed to replay it.
    package func perform(
        _ target: some FuzzTarget,
        _ indexes: Range<Int>,
        before: (Int) -> Void = { _ in }
    ) throws(FuzzComplaint) -> FuzzTally {
        let mutator = FuzzMutator(target)
        var tally = FuzzTally()
        for index in indexes {
            before(index)
            var random = random(index)
            let input = mutator.input(index, &random)
            let start = ProcessorTime.ofThisThread
            let outcome: FuzzOutcome
            do {
                outcome = try target.read(input, &random)
            } catch {
                throw complaint(error.description, target, input)
            }
            let took = ProcessorTime.ofThisThread - start
            guard took <= bound else { throw complaint("took \(took) of processor time, and may take \(bound)", target, input) }
            tally.add(outcome, of: input, took: took)
        }
        return tally
    }

    private func random(_ index: Int) -> SplitMix64 {
        var spread = SplitMix64(seed: seed &+ UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9_7F4A_7C15)
        return SplitMix64(seed: spread.next())
    }

    private func complaint(_ what: String, _ target: some FuzzTarget, _ input: FuzzInput) -> FuzzComplaint {
        let sample = target.samples[input.sample].name
        return FuzzComplaint(
            """
            \(target.name), input \(input.index) (\(input.bytes.count) bytes, made of \(sample)): \(what); \
            replay it with ops/fuzz --target \(target.name) --seed \(seed) --only \(input.index)
            """
        )
    }
}

/// What came of the inputs.
package struct FuzzTally: Hashable, Sendable {
    package private(set) var taken = 0
    /// By code.
    package private(set) var refused: [String: Int] = [:]
    package private(set) var bytes = 0
    package private(set) var time = Duration.zero
    /// The index of the input that took the most processor time, and how much.
    package private(set) var slowest = Slowest()

    package struct Slowest: Hashable, Sendable {
        package fileprivate(set) var index = 0
        package fileprivate(set) var took = Duration.zero
    }

    package init() {}

    package var inputs: Int { taken + refusals }
    package var refusals: Int { refused.values.reduce(0, +) }

    fileprivate mutating func add(_ outcome: FuzzOutcome, of input: FuzzInput, took: Duration) {
        switch outcome {
        case .taken: taken += 1
        case .refused(let code): refused[code, default: 0] += 1
        }
        bytes += input.bytes.count
        time += took
        if took > slowest.took { slowest = Slowest(index: input.index, took: took) }
    }
}

/// How long a thread has really worked: on a busy machine the clock on the wall tells nothing.
package enum ProcessorTime {
    package static var ofThisThread: Duration { of(CLOCK_THREAD_CPUTIME_ID) }

    /// The clock of the calling thread, which another thread may read.
    package static func clockOfThisThread() -> clockid_t {
        var clock = clockid_t()
        pthread_getcpuclockid(pthread_self(), &clock)
        return clock
    }

    package static func of(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
