internal import Foundation

/// Real workers: child processes of this same program, all roles each.
actor WorkerChildren {
    private static let secondsToStop = 30

    private struct Child {
        var process: Process
        var log: String
    }

    private var children: [Child] = []

    /// Runs `body` beside `count` workers, and stops them whatever comes of it.
    ///
    /// - Throws: what `body` throws; or, when that went well, `CommandFailure` if a worker did not end as it should.
    static func beside<R: Sendable>(_ count: Int, logs: String, _ body: () async throws -> R) async throws -> R {
        guard count > 0 else { return try await body() }
        let workers = WorkerChildren()
        do {
            for number in 1...count { try await workers.start(log: "\(logs)/oms-worker-\(number).log") }
            let result = try await body()
            try await workers.stop()
            return result
        } catch {
            let ended = await workers.endedEarly
            try? await workers.stop()
            if let ended, !(error is CancellationError) { throw CommandFailure.fault("\(ended) (\(error))") }
            throw error
        }
    }

    private func start(log: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["worker"]
        // Any free port, and logs for people: whoever looks into them is one.
        process.environment = ProcessInfo.processInfo.environment.merging(["OMS_METRICS_PORT": "0", "OMS_LOG_FORMAT": "human"]) { $1 }
        guard FileManager.default.createFile(atPath: log, contents: nil), let output = FileHandle(forWritingAtPath: log) else {
            throw CommandFailure.wrongUse("The log \(log) cannot be written.")
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        children.append(Child(process: process, log: log))
    }

    /// A worker that is gone although nobody asked it to, in a sentence.
    private var endedEarly: String? {
        children.first { !$0.process.isRunning }.map { "A worker ended with status \($0.process.terminationStatus); its log: \($0.log)" }
    }

    /// SIGTERM to all; they finish what they hold, or are killed after 30 s.
    private func stop() async throws {
        for child in children where child.process.isRunning { child.process.terminate() }
        let deadline = ContinuousClock.now + .seconds(Self.secondsToStop)
        while ContinuousClock.now < deadline, children.contains(where: { $0.process.isRunning }) {
            // Also when this task is cancelled: a worker must not outlive us.
            await Task.detached { try? await Task.sleep(for: .milliseconds(50)) }.value
        }
        var faults: [String] = []
        for child in children {
            if child.process.isRunning {
                kill(child.process.processIdentifier, SIGKILL)
                faults.append("a worker did not stop within \(Self.secondsToStop) s and was killed; its log: \(child.log)")
            } else if child.process.terminationReason != .exit || child.process.terminationStatus != 0 {
                faults.append("a worker ended with status \(child.process.terminationStatus); its log: \(child.log)")
            }
        }
        children.removeAll()
        guard faults.isEmpty else { throw CommandFailure.fault(faults.joined(separator: "; ")) }
    }
}

/// Where workers started by a tool write their logs.
enum WorkerLogs {
    /// The stack's folder of logs, or a temporary one.
    static func folder(_ settings: Settings) throws -> String {
        let folder =
            try settings.stackFolder.map { "\($0)/log" } ?? "\(NSTemporaryDirectory())oms-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure.wrongUse("The folder \(folder) cannot be made.")
        }
        return folder
    }
}
