internal import Foundation

/// What became of the machine's processor time since it started, in the kernel's ticks.
struct MachineTimes: Sendable, Equatable {
    /// Somebody ran.
    var busy: Int64
    /// Somebody wanted to run, and the host of this virtual machine gave the processor to others.
    var stolen: Int64

    /// - Returns: `nil` where `/proc/stat` does not tell.
    static func read() -> MachineTimes? {
        FileManager.default.contents(atPath: "/proc/stat").flatMap { MachineTimes(procStat: String(decoding: $0, as: UTF8.self)) }
    }

    /// From the first line of `/proc/stat`: cpu, user, nice, system, idle, iowait, irq, softirq, steal; what guests ran is in user (proc(5)).
    init?(procStat: String) {
        let fields = procStat.prefix { $0 != "\n" }.split(separator: " ")
        let ticks = fields.dropFirst().prefix(8).compactMap { Int64($0) }
        guard fields.first == "cpu", ticks.count == 8 else { return nil }
        busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]
        stolen = ticks[7]
    }

    /// How much of the time in which somebody wanted to run was given to others; `nil` where nobody did.
    func stolenPercent(until end: MachineTimes?) -> Double? {
        guard let end else { return nil }
        let stolen = end.stolen - stolen
        let wanted = end.busy - busy + stolen
        return wanted > 0 ? 100 * Double(stolen) / Double(wanted) : nil
    }
}
