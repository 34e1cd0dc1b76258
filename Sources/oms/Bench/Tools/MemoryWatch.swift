internal import Synchronization

/// Reads a process's memory every second.
final class MemoryWatch: Sendable {
    private let pid: Int32
    private let samples = Mutex<[(x: Double, y: Double)]>([])
    private let isStopped = Atomic<Bool>(false)

    init(pid: Int32) { self.pid = pid }

    func run() async throws {
        let start = ContinuousClock.now
        while !isStopped.load(ordering: .relaxed) {
            let megabytes = WorkerMemory.megabytes("VmRSS", of: pid)
            samples.withLock { $0.append(((ContinuousClock.now - start).inSeconds, megabytes)) }
            try await Task.sleep(for: .seconds(1))
        }
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }

    /// Megabytes.
    var last: Double { samples.withLock { $0.last?.y ?? 0 } }

    /// Megabytes an hour, by the second half of the time: the first warms up.
    var growthPerHour: Double {
        samples.withLock { Statistics.slope(Array($0.suffix(($0.count + 1) / 2))) * 3_600 }
    }
}
