internal import Foundation
internal import Glibc

/// The workers that a chaos run is unkind to: all roles each, child processes of this same program.
final class ChaosWorkers {
    /// What must not grow while a worker lives.
    struct Belongings: Sendable {
        var threads: Int
        var files: Int
    }

    /// So long a worker may take to end in good order.
    private static let timeToEnd = Duration.seconds(60)

    private let logs: String
    private let environment: [String: String]
    private let clock: ChaosClock?
    private let program: String
    private var processes: [ChildProcess] = []
    /// Those that did not end in good order when they were asked to, by number.
    private(set) var unruly: [Int] = []

    /// - Parameters:
    ///   - environment: on top of this process's own.
    ///   - clock: the clock that the last of them lives by, where it can be stepped.
    init(_ count: Int, environment: [String: String], logs: String, clock: ChaosClock?) throws {
        self.environment = environment
        self.logs = logs
        self.clock = clock
        program = ChildProcess.thisProgram
        do {
            for number in 0..<count { processes.append(try start(number, isLast: number == count - 1)) }
        } catch {
            for process in processes { process.kill() }
            throw error
        }
    }

    var count: Int { processes.count }

    private func start(_ number: Int, isLast: Bool) throws -> ChildProcess {
        var variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        variables["OMS_METRICS_PORT"] = "0"
        variables["OMS_LOG_FORMAT"] = "json"
        if isLast, let clock { variables.merge(clock.environment) { $1 } }
        return try ChildProcess(program, ["worker"], environment: variables, output: .appending("\(logs)/chaos-worker-\(number + 1).log"))
    }

    /// SIGKILL, and a new one.
    func kill(_ victim: Int) async throws {
        let number = try running(victim)
        processes[number].kill()
        processes[number] = try start(number, isLast: number == count - 1)
    }

    /// SIGTERM, and a new one.
    func stop(_ victim: Int) async throws {
        let number = try running(victim)
        processes[number].signal(SIGTERM)
        await awaitEnd(number)
        processes[number] = try start(number, isLast: number == count - 1)
    }

    private func running(_ victim: Int) throws -> Int {
        let number = victim % count
        guard processes[number].isRunning else {
            throw CommandFailure.fault("worker \(number + 1) has ended by itself; its log is in \(logs)")
        }
        return number
    }

    func freeze(_ victim: Int) { processes[victim % count].signal(SIGSTOP) }
    func thaw(_ victim: Int) { processes[victim % count].signal(SIGCONT) }

    /// Those that are gone although nobody asked them to, by number.
    var ended: [Int] { processes.indices.filter { !processes[$0].isRunning }.map { $0 + 1 } }

    /// What each has open now.
    var belongings: [Belongings] {
        processes.map { process in
            let folder = "/proc/\(process.pid)"
            func entries(_ name: String) -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)").count) ?? 0 }
            return Belongings(threads: entries("task"), files: entries("fd"))
        }
    }

    /// SIGTERM to all; those that do not end are killed.
    func end() async {
        for process in processes {
            process.signal(SIGCONT)
            process.signal(SIGTERM)
        }
        for number in processes.indices { await awaitEnd(number) }
    }

    /// SIGKILL where SIGTERM does not help.
    private func awaitEnd(_ number: Int) async {
        let process = processes[number]
        let ending = await process.ended(within: Self.timeToEnd)
        if ending == nil { process.kill() }
        if ending != .exit(0) { unruly.append(number + 1) }
    }
}
