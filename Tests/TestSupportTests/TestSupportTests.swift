import Foundation
import Logging
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct TestSupportTests {
    @Test func a_test_database_holds_the_schema_and_the_workers_may_not_change_it() async throws {
        try await withDatabase { database in
            let session = PostgresSession(try PostgresConfiguration(url: database.url), logger: Logger(label: "test"))
            let tables = try await session.read { tx in
                try tx.query("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").only().int8(0)
            }
            #expect(tables > 5)
            let error = try await #require(throws: PostgresError.self) { try await session.script("CREATE TABLE mine ()") }
            #expect(error.sqlState == .insufficientPrivilege)
            await session.close()
        }
    }

    @Test func a_virtual_host_is_empty_and_goes_away() async throws {
        let (management, name) = try await withVirtualHost { host in
            let queues = try await host.management.queues(virtualHost: host.name)
            #expect(queues.isEmpty)
            return (host.management, host.name)
        }
        await #expect(throws: TestSupportError.self) { try await management.request("GET", "vhosts/\(name)") }
    }

    @Test func the_proxy_carries_stalls_and_cuts() async throws {
        let servers = try TestServers.require()
        let port = try #require(URL(string: servers.databaseURL)?.port)
        try await withProxy(to: UInt16(port)) { proxy in
            let url = servers.databaseURL.replacing(":\(port)/", with: ":\(proxy.port)/")
            let session = PostgresSession(try PostgresConfiguration(url: url), logger: Logger(label: "test"))
            try await session.check()
            #expect(proxy.connectionCount == 1)

            proxy.stall()
            async let answer: Void = session.check()
            proxy.resume()
            try await answer

            proxy.cut()
            try await eventually("the session notices") { (try? await session.check()) == nil || proxy.connectionCount > 1 }
            try await eventually("the session is back") { (try? await session.check()) != nil }

            proxy.refuse()
            await #expect(throws: PostgresError.self) { try await session.check() }
            proxy.accept()
            try await session.check()
            await session.close()
        }
    }

    @Test func a_private_stack_survives_a_crash_of_its_database() async throws {
        try await PrivateStack.run { stack in
            let shared = try TestServers.require()
            #expect(stack.servers.databaseURL != shared.databaseURL)
            let session = PostgresSession(try PostgresConfiguration(url: stack.servers.ownerURL), logger: Logger(label: "test"))
            try await session.script("CREATE TABLE kept AS SELECT 7 AS value")
            try await stack.kill(.postgres)
            await #expect(throws: PostgresError.self) { try await session.check() }
            try await stack.start()
            let kept = try await session.read { tx in try tx.query("SELECT value FROM kept").only().int4(0) }
            #expect(kept == 7)
            await session.close()
        }
    }

    @Test func a_child_process_is_watched_signaled_and_waited_for() async throws {
        let child = try ChildProcess("/bin/sh", ["-c", "echo \"got $GREETING\"; sleep 60 & wait"], environment: ["GREETING": "hello"])
        try await child.waitForOutput("got hello")
        #expect(child.isRunning)
        child.send(SIGKILL)
        let ending = try await child.wait()
        #expect(ending == .signaled(SIGKILL))
        let status = try await ChildProcess.run("/bin/sh", ["-c", "exit 7"]).status
        #expect(status == 7)
    }

    @Test func the_seeded_generator_gives_the_published_numbers() {
        // The first outputs of SplitMix64 for the seed 1234567, as in Rosetta Code's task "Pseudo-random numbers/Splitmix64".
        var generator = SplitMix64(seed: 1_234_567)
        #expect((0..<3).map { _ in generator.next() } == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }
}
