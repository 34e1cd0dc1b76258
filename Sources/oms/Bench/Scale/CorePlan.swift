/// Which cores are whose while scaling is measured: database, broker, generator, and one for each busy worker process.
struct CorePlan: Sendable, Equatable {
    var database: Range<Int>
    var broker: Range<Int>
    var generator: Range<Int>
    /// One core each.
    var workers: Range<Int>

    /// - Returns: `nil` where there are too few cores to give everybody their own; then the kernel shares them out.
    init?(cores: Int, workers count: Int) {
        // One for the generator, at least one each for broker and database.
        let shared = cores - count - 1
        guard count > 0, shared >= 2 else { return nil }
        // The database has about twice as much to do.
        let forBroker = max(1, shared / 3)
        database = 0..<(shared - forBroker)
        broker = database.upperBound..<shared
        generator = shared..<(shared + 1)
        workers = (shared + 1)..<cores
    }

    /// As `taskset -c` takes it: `0-3`.
    static func list(_ cores: Range<Int>) -> String {
        cores.count == 1 ? "\(cores.lowerBound)" : "\(cores.lowerBound)-\(cores.upperBound - 1)"
    }
}
