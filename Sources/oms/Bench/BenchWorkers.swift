internal import Foundation
internal import Messages
internal import RabbitMQ

/// Worker processes of a measurement: this same program, started as an operator would.
final class BenchWorkers {
    private var processes: [Process] = []
    private(set) var peakMegabytes = 0.0

    /// Starts one process for each list of roles, and waits until their queues have consumers.
    func start(_ roles: [[String]], stage: BenchStage, queues: [WorkQueue]) async throws {
        let logs = ProcessInfo.processInfo.environment["OMS_STACK_DIR"].map { "\($0)/log" } ?? NSTemporaryDirectory()
        for (number, roles) in roles.enumerated() {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            process.arguments = ["worker"] + roles
            var environment = ProcessInfo.processInfo.environment
            environment["OMS_METRICS_PORT"] = "0"
            environment["OMS_LOG_FORMAT"] = "json"
            process.environment = environment
            let log = "\(logs)/bench-worker-\(number + 1).log"
            if !FileManager.default.fileExists(atPath: log) { _ = FileManager.default.createFile(atPath: log, contents: nil) }
            let handle = FileHandle(forWritingAtPath: log)
            _ = try? handle?.seekToEnd()
            process.standardError = handle ?? FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardInput = FileHandle.nullDevice
            try process.run()
            processes.append(process)
        }
        let deadline = ContinuousClock.now + .seconds(30)
        for queue in queues {
            while try await stage.publisher.status(ofQueue: queue.name).consumers < roles.count {
                guard ContinuousClock.now < deadline else { throw CommandFailure.fault("the workers did not start: \(logs)") }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Ends them in good order; remembers the most memory one of them had.
    func stop() async throws {
        for process in processes {
            peakMegabytes = max(peakMegabytes, Self.peakMegabytes(of: process.processIdentifier))
            process.terminate()
        }
        let deadline = ContinuousClock.now + .seconds(30)
        while processes.contains(where: \.isRunning) {
            guard ContinuousClock.now < deadline else {
                for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
                throw CommandFailure.fault("a worker did not stop within 30 s of SIGTERM")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        processes = []
    }

    /// `VmHWM`: the resident set's high-water mark.
    private static func peakMegabytes(of pid: Int32) -> Double {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0
        return kilobytes / 1_024
    }
}
