internal import Foundation

/// Processor time of everybody who takes part, at one moment.
struct ProcessorTimes: Sendable {
    private static let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))

    /// Seconds since each began.
    var seconds: [StageBudget.Part: Double]

    static func read(_ servers: ServerProcesses, workers: [Int32]) -> ProcessorTimes {
        let table = ProcessTable.read()
        let own = table.entries.first { $0.pid == ProcessInfo.processInfo.processIdentifier }?.own ?? 0
        let ticks: [StageBudget.Part: Int64] = [
            .database: table.ticks(below: servers.database), .broker: table.ticks(below: servers.broker),
            .worker: workers.reduce(0) { $0 + table.ticks(below: $1) }, .generator: own,
        ]
        return ProcessorTimes(seconds: ticks.mapValues { Double($0) / ticksPerSecond })
    }

    /// Microseconds of each for one of `count` orders, since another moment.
    func micros(since start: ProcessorTimes, orders count: Int) -> [StageBudget.Part: Double] {
        var micros: [StageBudget.Part: Double] = [:]
        for (part, value) in seconds { micros[part] = (value - (start.seconds[part] ?? 0)) * 1_000_000 / Double(max(1, count)) }
        return micros
    }
}
