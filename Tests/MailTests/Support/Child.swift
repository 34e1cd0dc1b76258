import Glibc

/// A program started with nothing of ours open but what it is given.
///
/// Foundation's `Process` lets a child inherit what it watches other children with, so that waiting for one may last until all
/// of those started beside it have ended.
struct Child {
    let pid: pid_t

    struct DidNotStart: Error { var code: Int32 }

    init(_ arguments: [String], input: Int32, output: Int32) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // glibc lets a descriptor that is not open pass.
        for descriptor in 3..<Int32(256) { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var pid: pid_t = 0
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        let code = posix_spawnp(&pid, arguments[0], &actions, nil, &pointers, environ)
        guard code == 0 else { throw DidNotStart(code: code) }
        self.pid = pid
    }

    /// Its exit status; 128 and more where a signal ended it.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    func end() {
        // Threads of the test runner block the gentler signals, and the child inherits that.
        kill(pid, SIGKILL)
        _ = wait()
    }

    static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw DidNotStart(code: errno) }
        return (ends[0], ends[1])
    }
}
