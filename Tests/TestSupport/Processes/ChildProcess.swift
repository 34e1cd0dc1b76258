internal import Foundation
internal import Glibc
internal import Synchronization

/// A program started by a test: its output is kept in a file, and it does not outlive the test.
package final class ChildProcess: Sendable {
    /// How a process ended.
    package enum Ending: Sendable, Hashable {
        case exited(Int32)
        case signaled(Int32)
    }

    package let processID: Int32
    private let outputFile: String
    private let ending = Mutex<Ending?>(nil)

    /// Starts `program` with exactly `environment` on top of this process's own; a nil value takes a variable away.
    ///
    /// - Parameter arguments: without the program's name.
    package init(_ program: String, _ arguments: [String] = [], environment: [String: String?] = [:]) throws {
        outputFile = NSTemporaryDirectory() + uniqueName("oms-output") + ".log"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)

        var variables = ProcessInfo.processInfo.environment
        for (name, value) in environment { variables[name] = value }
        var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for string in argv + envp { free(string) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, program, &actions, nil, &argv, &envp)
        guard status == 0 else { throw TestSupportError("cannot start \(program): \(String(cString: strerror(status)))") }
        processID = pid
    }

    deinit {
        if check() == nil {
            kill(processID, SIGKILL)
            var status: Int32 = 0
            waitpid(processID, &status, 0)
        }
        unlink(outputFile)
    }

    /// What it has written so far to standard output and standard error, in the order written.
    package var output: String {
        FileManager.default.contents(atPath: outputFile).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    package var isRunning: Bool { check() == nil }

    /// Sends a signal, such as `SIGTERM`; nothing happens once it has ended.
    package func send(_ signal: Int32) {
        // Under the lock: a process that ended keeps its number until it is waited for.
        ending.withLock { if $0 == nil { _ = kill(processID, signal) } }
    }

    /// Waits for the end.
    ///
    /// - Throws: `TestSupportError` with the output's end when it still runs at the deadline.
    @discardableResult
    package func wait(within deadline: Duration = .seconds(240)) async throws -> Ending {
        do {
            return try await eventuallyValue("process \(processID) ends", within: deadline) { check() }
        } catch let error as TestSupportError {
            throw TestSupportError("\(error); its output ends with:\n\(output.suffix(2000))")
        }
    }

    /// Waits until the output contains `text`.
    ///
    /// - Throws: `TestSupportError` when it ended without, or at the deadline.
    package func waitForOutput(_ text: String, within deadline: Duration = .seconds(240)) async throws {
        try await eventually("the output contains \(text)", within: deadline) {
            let hasEnded = !isRunning
            if output.contains(text) { return true }
            if hasEnded { throw TestSupportError("ended without writing \"\(text)\":\n\(output.suffix(2000))") }
            return false
        }
    }

    /// How it ended; nil while it runs.
    private func check() -> Ending? {
        ending.withLock { ending in
            if ending != nil { return ending }
            var status: Int32 = 0
            guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
            let signal = status & 0x7f
            ending = signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal)
            return ending
        }
    }
}

extension ChildProcess {
    /// Runs a program to its end.
    ///
    /// - Returns: its exit status (128 + signal where one ended it) and what it wrote.
    package static func run(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String?] = [:],
        within deadline: Duration = .seconds(240)
    ) async throws -> (status: Int32, output: String) {
        let process = try ChildProcess(program, arguments, environment: environment)
        switch try await process.wait(within: deadline) {
        case .exited(let status): return (status, process.output)
        case .signaled(let signal): return (128 + signal, process.output)
        }
    }
}
