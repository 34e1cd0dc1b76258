internal import Foundation
internal import Glibc

/// Programs that a tool runs beside itself.
enum ToolProcess {
    /// Runs a program to its end, without blocking a thread. Servers that it leaves running do not hold it up, as they would Foundation's
    /// `Process`, which waits for everybody who has inherited its socket.
    ///
    /// - Returns: what it wrote, standard error included.
    /// - Throws: `CommandFailure` with the end of its output where its status is not 0.
    @discardableResult
    static func run(_ program: String, _ arguments: [String]) async throws -> String {
        let file = "\(NSTemporaryDirectory())oms-tool-\(UUID().uuidString)"
        defer { unlink(file) }
        let pid = try start(program, arguments, output: file)
        var status: Int32 = 0
        while waitpid(pid, &status, WNOHANG) == 0 {
            // Also when this task is cancelled: servers that are half started would be nobody's.
            await Task.detached { try? await Task.sleep(for: .milliseconds(20)) }.value
        }
        let text = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard status == 0 else {
            let end = text.suffix(1_000)
            throw CommandFailure.fault("\(program) \(arguments.joined(separator: " ")) ended with status \(status >> 8 & 0xff): \(end)")
        }
        return text
    }

    private static func start(_ program: String, _ arguments: [String], output: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, program, &actions, nil, &words, environ)
        guard status == 0 else { throw CommandFailure.fault("\(program) cannot be started: \(String(cString: strerror(status)))") }
        return pid
    }
}
