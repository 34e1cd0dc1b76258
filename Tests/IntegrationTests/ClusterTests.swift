import Messages
import Postgres
import RabbitMQ
import TestSupport
import Testing

/// Three brokers, a primary and its standby: one of each dies under load, and is there again later.
@Suite(.serialized, .timeLimit(.minutes(15)))
struct ClusterTests {
    @Test func nothing_is_lost_when_a_leader_a_primary_and_a_standby_die() async throws {
        try await PrivateStack.run(isCluster: true) { stack in
            try await withShop(on: stack) { shop in
                let child = try shop.child()
                try await shop.stock("ber", [("A", 10_000)])
                try await everyQueueHasThreeMembers(stack)
                try await ordersFlowWithoutTheirLeader(shop, stack, child)
                try await ordersFlowWithTheStandby(shop, stack, child)
                try await commitsWaitForTheStandby(shop, stack, child)

                // And it takes over in its turn, from one that is well.
                try await stack.start()
                try await stack.promote()
                try await shop.place(Self.orders("e", 100))
                try await Self.sourced(shop, 1_200, by: child)

                #expect(try await shop.count("dead_letter") == 0)
                #expect(try await shop.level("A", at: "ber") == (10_000, 1_200))
                try await shop.everythingTold(within: .seconds(240))
                let (status, report) = try await shop.oms(["audit"])
                #expect(status == 0, "\(report)")
                #expect(child.isRunning)
                #expect(try await child.end() == .exited(0))
            }
        }
    }

    /// The broker that leads the queue of new orders dies in the middle of 400, and stays away for 200 more.
    private func ordersFlowWithoutTheirLeader(_ shop: Shop, _ stack: PrivateStack, _ child: ChildProcess) async throws {
        try await shop.place(Self.orders("a", 400))
        try await eventually("work has begun", within: .seconds(240)) { try await shop.count("orders") > 0 }
        let leader = try await stack.leader(of: WorkQueue.intake.name)
        try await stack.kill(leader)
        try await shop.place(Self.orders("b", 200))
        try await Self.sourced(shop, 600, by: child)
        #expect(try await stack.leader(of: WorkQueue.intake.name) != leader)
        try await stack.start()
    }

    /// The primary dies in the middle of 400; its standby takes over, and is alone for a while.
    private func ordersFlowWithTheStandby(_ shop: Shop, _ stack: PrivateStack, _ child: ChildProcess) async throws {
        try await shop.place(Self.orders("c", 400))
        try await eventually("work has begun", within: .seconds(240)) { try await shop.count("orders") > 600 }
        #expect(try await stack.primary() == .postgres)
        try await stack.kill(.postgres)
        try await stack.promote()
        #expect(try await stack.primary() == .postgres2)
        try await Self.sourced(shop, 1_000, by: child)
        // The old one comes back, and not as a primary.
        try await stack.start()
        #expect(try await stack.primary() == .postgres2)
        try await isStandby(.postgres, of: stack)
    }

    /// The standby dies: nobody is told of what would be lost with the primary, until the primary is told to go on alone.
    private func commitsWaitForTheStandby(_ shop: Shop, _ stack: PrivateStack, _ child: ChildProcess) async throws {
        try await stack.kill(.postgres)
        try await shop.place(Self.orders("d", 100))
        try await eventually("a commit waits", within: .seconds(240)) {
            try await shop.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") > 0
        }
        #expect(try await shop.count("orders") == 1_000)
        try await stack.goOnAlone()
        try await Self.sourced(shop, 1_100, by: child)
        await #expect(throws: TestSupportError.self, "the standby lacks what was committed meanwhile") { try await stack.promote() }
        #expect(try await stack.primary() == .postgres2)
    }

    private static func orders(_ prefix: String, _ count: Int) -> [Order] { (0..<count).map { Order("\(prefix)\($0)", of: "A") } }

    private static func sourced(_ shop: Shop, _ count: Int64, by child: ChildProcess) async throws {
        try await shop.eventuallyOrTell("\(count) orders are sourced", of: [child], within: .seconds(240)) {
            (try? await shop.number("SELECT count(*) FROM orders WHERE status = 5")) == count
        }
    }

    /// The management interface hears of the members every few seconds.
    private func everyQueueHasThreeMembers(_ stack: PrivateStack) async throws {
        let management = try ManagementAPI(url: stack.servers.managementURL)
        try await eventually("every queue has a member on each node", within: .seconds(240), every: .milliseconds(200)) {
            let queues = try await management.queues(virtualHost: "oms")
            let names = Set(queues.map(\.name))
            return BrokerTopology.oms.queues.allSatisfy { names.contains($0.name) } && queues.allSatisfy { $0.members?.count == 3 }
        }
    }

    /// It can be read from by who asks for it alone, and is no server for a worker.
    private func isStandby(_ server: PrivateStack.Server, of stack: PrivateStack) async throws {
        let index = server == .postgres ? 0 : 1
        let url = stack.servers.databaseURL
        let hosts = try #require(url.split(separator: "@").last?.split(separator: "/").first)
        let one = url.replacing(hosts, with: hosts.split(separator: ",")[index]).prefix { $0 != "?" }
        var configuration = try PostgresConfiguration(url: String(one))
        let reading = PostgresSession(configuration, logger: quiet)
        let isInRecovery = try await reading.read { tx in try tx.query("SELECT pg_is_in_recovery()").only().bool(0) }
        await reading.close()
        #expect(isInRecovery)
        configuration.needsPrimary = true
        let writing = PostgresSession(configuration, logger: quiet)
        let refusal = await #expect(throws: PostgresError.self) { try await writing.check() }
        await writing.close()
        #expect(refusal?.isOutage == true, "\(refusal.map(String.init(describing:)) ?? "")")
    }
}
