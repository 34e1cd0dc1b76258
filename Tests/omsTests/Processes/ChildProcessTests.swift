import Foundation
import Testing

@testable import oms

/// Programs that a tool runs beside itself.
@Suite(.timeLimit(.minutes(15)))
struct ChildProcessTests {
    private static func lines(of program: String, _ arguments: [String]) async throws -> [String] {
        try await ToolProcess.run(program, arguments).split(separator: "\n").map(String.init)
    }

    @Test func a_child_has_no_file_of_ours_but_the_three_it_is_given() async throws {
        // Neither end is closed by itself when another program begins.
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        // The fourth is the folder that it reads.
        #expect(try await Self.lines(of: "/bin/ls", ["/proc/self/fd"]) == ["0", "1", "2", "3"])
    }

    @Test func a_child_ignores_no_signal_that_we_ignore() async throws {
        let before = signal(SIGUSR2, SIG_IGN)
        defer { signal(SIGUSR2, before) }
        let line = try #require(try await Self.lines(of: "/bin/grep", ["SigIgn", "/proc/self/status"]).first)
        let ignored = try #require(line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) })
        // Signals 32 and up are the C library's own.
        #expect(ignored & 0x7fff_ffff == 0)
    }

    @Test func how_it_ended_is_known_for_ever() async throws {
        let child = try ChildProcess("/bin/sh", ["-c", "exit 7"], output: .nothing)
        #expect(await child.ended() == .exit(7))
        child.signal(SIGKILL)
        child.kill()
        #expect(child.ending == .exit(7))
    }

    @Test func what_does_not_end_is_killed() async throws {
        let child = try ChildProcess("/bin/sh", ["-c", "trap '' TERM; while :; do sleep 1; done"], output: .nothing)
        #expect(await child.ended(within: .milliseconds(50)) == nil)
        #expect(child.isRunning)
        child.kill()
        #expect(child.ending == .signal(SIGKILL))
    }

    @Test func a_server_that_a_program_leaves_running_does_not_hold_it_up() async throws {
        let said = try await ToolProcess.run("/bin/sh", ["-c", "sleep 600 & echo $!"])
        let server = try #require(pid_t(said.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(server, SIGKILL) == 0)
    }

    @Test func what_a_program_says_when_it_fails_is_told() async throws {
        let failure = try #require(
            await #expect(throws: CommandFailure.self) {
                try await ToolProcess.run("/bin/sh", ["-c", "echo no such thing >&2; exit 3"])
            }
        )
        #expect(failure.description.contains("ended with status 3") && failure.description.contains("no such thing"))
        #expect(throws: CommandFailure.self) { try ChildProcess("/nowhere/at-all", [], output: .nothing) }
    }

    @Test func proxies_end_at_once_whatever_else_was_started_since() async throws {
        let script = URL(filePath: #filePath).appending(path: "../../../../ops/lib/proxy.py").standardized.path
        let proxies = try ChaosProxies(
            databaseURL: "postgresql://u@127.0.0.1:1/oms",
            brokerURL: "amqp://u@127.0.0.1:2/oms",
            script: script
        )
        #expect(proxies.databaseURL != proxies.brokerURL)
        let other = try ChildProcess("/bin/sleep", ["600"], output: .nothing)
        defer { other.kill() }
        proxies.stall()
        proxies.flow()
        proxies.cut()
        proxies.end()
        #expect(other.isRunning)
    }
}
