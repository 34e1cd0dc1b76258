internal import CThread
internal import Foundation
internal import Glibc
internal import Synchronization

/// A program that runs beside a tool: in a process group of its own, its signals as they are by default, and with no file of the tool's
/// but the three it is given.
///
/// A child that inherits more holds it open: a pipe whose end somebody else waits for, or the connection of a client that is gone.
/// Foundation's `Process` also waits for everybody who has inherited its socket, which are the servers that a child has started.
final class ChildProcess: Sendable {
    /// Where a standard stream comes from or goes to.
    enum Stream {
        case nothing
        /// The end of this file, which is made where there is none.
        case appending(String)
        case descriptor(Int32)
    }

    enum Ending: Hashable, Sendable, CustomStringConvertible {
        case exit(Int32)
        case signal(Int32)

        /// After "ended with".
        var description: String {
            switch self {
            case .exit(let status): "status \(status)"
            case .signal(let number): "signal \(number)"
            }
        }
    }

    /// This program, however it was called.
    static var thisProgram: String { URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path }

    let pid: pid_t
    private let known = Mutex<Ending?>(nil)

    /// Starts it.
    ///
    /// - Parameters:
    ///   - environment: its whole environment; `nil` for this process's own.
    ///   - output: standard output and standard error.
    /// - Throws: `CommandFailure` where that is impossible.
    init(
        _ program: String,
        _ arguments: [String],
        environment: [String: String]? = nil,
        input: Stream = .nothing,
        output: Stream
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        Self.add(input, as: 0, flags: O_RDONLY, to: &actions)
        Self.add(output, as: 1, flags: O_WRONLY, to: &actions)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        oms_spawn_close_from(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A tool that waits for a signal ignores it otherwise; its children, and what they start, must not.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

        let variables = environment ?? ProcessInfo.processInfo.environment
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + settings { free(word) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, program, &actions, &attributes, &words, &settings)
        guard status == 0 else { throw CommandFailure.fault("\(program) cannot be started: \(String(cString: strerror(status)))") }
        self.pid = pid
    }

    private static func add(_ stream: Stream, as number: Int32, flags: Int32, to actions: inout posix_spawn_file_actions_t) {
        switch stream {
        case .nothing: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", flags, 0)
        case .appending(let file): posix_spawn_file_actions_addopen(&actions, number, file, flags | O_CREAT | O_APPEND, 0o600)
        case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        }
    }

    /// How it ended; `nil` while it runs.
    var ending: Ending? {
        known.withLock { known in
            if known == nil { known = Self.ask(pid, WNOHANG) }
            return known
        }
    }

    var isRunning: Bool { ending == nil }

    /// Nothing where it has ended: its number may be somebody else's by now.
    func signal(_ number: Int32) {
        known.withLock { known in
            if known == nil { _ = Glibc.kill(pid, number) }
        }
    }

    /// Waits for its end, without blocking a thread.
    ///
    /// - Parameter limit: so long at most; `nil`: as long as it takes.
    /// - Returns: `nil` where it still runs then.
    func ended(within limit: Duration? = nil) async -> Ending? {
        let start = ContinuousClock.now
        while true {
            if let ending { return ending }
            if let limit, ContinuousClock.now - start >= limit { return nil }
            // Also when this task is cancelled: what is half done would be nobody's.
            await Task.detached { try? await Task.sleep(for: .milliseconds(20)) }.value
        }
    }

    /// SIGKILL, which nobody can be late to answer.
    func kill() {
        signal(SIGKILL)
        known.withLock { known in
            if known == nil { known = Self.ask(pid, 0) }
        }
    }

    private static func ask(_ pid: pid_t, _ options: Int32) -> Ending? {
        var status: Int32 = 0
        var answer: pid_t
        repeat { answer = waitpid(pid, &status, options) } while answer == -1 && errno == EINTR
        guard answer != 0 else { return nil }
        let signal = status & 0x7f
        return signal == 0 ? .exit(status >> 8 & 0xff) : .signal(signal)
    }
}
