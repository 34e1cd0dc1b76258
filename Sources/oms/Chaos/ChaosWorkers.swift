internal import Foundation
internal import Glibc

/// The workers that a chaos run is unkind to: all roles each, child processes of this same program.
final class ChaosWorkers {
    /// What must not grow while a worker lives.
    struct Belongings: Sendable {
        var threads: Int
        var files: Int
    }

    private let logs: String
    private let environment: [String: String]
    private let clock: ChaosClock?
    private var processes: [Process] = []

    /// - Parameters:
    ///   - environment: on top of this process's own.
    ///   - clock: the clock that the last of them lives by, where it can be stepped.
    init(_ count: Int, environment: [String: String], logs: String, clock: ChaosClock?) throws {
        self.environment = environment
        self.logs = logs
        self.clock = clock
        for number in 0..<count { processes.append(try start(number, isLast: number == count - 1)) }
    }

    var count: Int { processes.count }

    private func start(_ number: Int, isLast: Bool) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["worker"]
        var variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        variables["OMS_METRICS_PORT"] = "0"
        variables["OMS_LOG_FORMAT"] = "json"
        if isLast, let clock { variables.merge(clock.environment) { $1 } }
        process.environment = variables
        let log = "\(logs)/chaos-worker-\(number + 1).log"
        if !FileManager.default.fileExists(atPath: log) { _ = FileManager.default.createFile(atPath: log, contents: nil) }
        guard let output = FileHandle(forWritingAtPath: log) else { throw CommandFailure.fault("\(log) cannot be written.") }
        try output.seekToEnd()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        return process
    }

    /// SIGKILL, and a new one.
    func kill(_ victim: Int) async throws { try await replace(victim) { _ = Glibc.kill($0.processIdentifier, SIGKILL) } }

    /// SIGTERM, and a new one.
    ///
    /// - Throws: `CommandFailure` where it did not end in good order.
    func stop(_ victim: Int) async throws {
        let old = try await replace(victim) { $0.terminate() }
        guard old.terminationReason == .exit, old.terminationStatus == 0 else {
            throw CommandFailure.fault("worker \(victim % count + 1) did not end in good order; its log is in \(logs)")
        }
    }

    @discardableResult
    private func replace(_ victim: Int, _ end: (Process) -> Void) async throws -> Process {
        let number = victim % count
        let old = processes[number]
        guard old.isRunning else { throw CommandFailure.fault("worker \(number + 1) has ended by itself; its log is in \(logs)") }
        end(old)
        while old.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        processes[number] = try start(number, isLast: number == count - 1)
        return old
    }

    func freeze(_ victim: Int) { Glibc.kill(processes[victim % count].processIdentifier, SIGSTOP) }
    func thaw(_ victim: Int) { Glibc.kill(processes[victim % count].processIdentifier, SIGCONT) }

    /// Those that are gone although nobody asked them to, by number.
    var ended: [Int] { processes.indices.filter { !processes[$0].isRunning }.map { $0 + 1 } }

    /// What each has open now.
    var belongings: [Belongings] {
        processes.map { process in
            let folder = "/proc/\(process.processIdentifier)"
            func entries(_ name: String) -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)").count) ?? 0 }
            return Belongings(threads: entries("task"), files: entries("fd"))
        }
    }

    /// SIGTERM to all. Gives those that did not end with status 0 within 30 s, by number.
    func end() async -> [Int] {
        for process in processes where process.isRunning {
            Glibc.kill(process.processIdentifier, SIGCONT)
            process.terminate()
        }
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline, processes.contains(where: \.isRunning) {
            try? await Task.sleep(for: .milliseconds(50))
        }
        var unruly: [Int] = []
        for (number, process) in processes.enumerated() {
            if process.isRunning {
                Glibc.kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            if process.terminationReason != .exit || process.terminationStatus != 0 { unruly.append(number + 1) }
        }
        return unruly
    }
}
