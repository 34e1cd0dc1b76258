internal import Foundation

/// Processor time of this thread: what a single core does, whatever else the machine is busy with.
enum ThreadClock {
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Does the same work until it has taken `least` seconds.
    ///
    /// - Parameter work: gives how much was done.
    /// - Returns: how much was done a second. The first time warms up and does not count.
    static func rate(atLeast least: Double, _ work: () throws -> Int) rethrows -> Double {
        _ = try work()
        let start = seconds
        var done = 0
        repeat { done += try work() } while seconds - start < least
        return Double(done) / (seconds - start)
    }
}
