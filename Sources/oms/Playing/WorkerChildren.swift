internal import Foundation

/// Real workers: child processes of this same program, all roles each.
actor WorkerChildren {
    private static let timeToStop = Duration.seconds(30)

    private struct Child {
        var process: ChildProcess
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
        // Each run has a log of its own.
        try? FileManager.default.removeItem(atPath: log)
        let process = try ChildProcess(
            ChildProcess.thisProgram,
            ["worker"],
            // Any free port, and logs for people: whoever looks into them is one.
            environment: ProcessInfo.processInfo.environment.merging(["OMS_METRICS_PORT": "0", "OMS_LOG_FORMAT": "human"]) { $1 },
            output: .appending(log)
        )
        children.append(Child(process: process, log: log))
    }

    /// A worker that is gone although nobody asked it to, in a sentence.
    private var endedEarly: String? {
        children.lazy.compactMap { child in child.process.ending.map { "A worker ended with \($0); its log: \(child.log)" } }.first
    }

    /// SIGTERM to all; they finish what they hold, or are killed after 30 s.
    private func stop() async throws {
        for child in children { child.process.signal(SIGTERM) }
        let deadline = ContinuousClock.now + Self.timeToStop
        var faults: [String] = []
        for child in children {
            guard let ending = await child.process.ended(within: deadline - .now) else {
                child.process.kill()
                faults.append("a worker did not stop within \(Self.timeToStop.components.seconds) s and was killed; its log: \(child.log)")
                continue
            }
            if ending != .exit(0) { faults.append("a worker ended with \(ending); its log: \(child.log)") }
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
