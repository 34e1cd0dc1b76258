internal import Foundation
internal import Messages
internal import RabbitMQ

/// Worker processes of a measurement: this same program, started as an operator would.
final class BenchWorkers {
    private static let timeToStop = Duration.seconds(30)

    private var processes: [ChildProcess] = []
    private(set) var peakMegabytes = 0.0

    var pids: [Int32] { processes.map(\.pid) }

    /// Starts one process for each list of roles, and waits until their queues have consumers.
    ///
    /// - Parameters:
    ///   - queues: those that one process of `count`, or of all, listens to.
    ///   - cores: one for each process; those beyond share the last. `nil`: wherever the kernel puts them.
    func start(_ roles: [[String]], stage: BenchStage, queues: [WorkQueue], count: Int? = nil, cores: Range<Int>? = nil) async throws {
        let logs = ProcessInfo.processInfo.environment["OMS_STACK_DIR"].map { "\($0)/log" } ?? NSTemporaryDirectory()
        for (number, roles) in roles.enumerated() {
            let core = cores.map { min($0.lowerBound + number, $0.upperBound - 1) }
            processes.append(try Self.launch(roles, log: "\(logs)/bench-worker-\(number + 1).log", core: core))
        }
        let deadline = ContinuousClock.now + .seconds(30)
        for queue in queues {
            while try await stage.publisher.status(ofQueue: queue.name).consumers < count ?? roles.count {
                guard ContinuousClock.now < deadline else { throw CommandFailure.fault("the workers did not start: \(logs)") }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private static func launch(_ roles: [String], log: String, core: Int?) throws -> ChildProcess {
        let program = ChildProcess.thisProgram
        return try ChildProcess(
            core == nil ? program : Taskset.path,
            (core.map { ["-c", "\($0)", program] } ?? []) + ["worker"] + roles,
            environment: ProcessInfo.processInfo.environment.merging(["OMS_METRICS_PORT": "0", "OMS_LOG_FORMAT": "json"]) { $1 },
            output: .appending(log)
        )
    }

    /// Ends them in good order; remembers the most memory one of them had.
    func stop() async throws {
        for process in processes {
            peakMegabytes = max(peakMegabytes, WorkerMemory.megabytes("VmHWM", of: process.pid))
            process.signal(SIGTERM)
        }
        defer { processes = [] }
        let deadline = ContinuousClock.now + Self.timeToStop
        for process in processes where await process.ended(within: deadline - .now) == nil {
            for process in processes { process.kill() }
            throw CommandFailure.fault("a worker did not stop within \(Self.timeToStop.components.seconds) s of SIGTERM")
        }
    }
}

/// The memory of a process.
enum WorkerMemory {
    /// `VmRSS`, the resident set, or `VmHWM`, its high-water mark; 0 where it cannot be read.
    static func megabytes(_ field: String, of pid: Int32) -> Double {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(field):") }
        let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0
        return kilobytes / 1_024
    }
}
