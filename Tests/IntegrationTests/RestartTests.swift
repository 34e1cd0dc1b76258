import Postgres
import TestSupport
import Testing

/// Servers that go away under load, on a stack of the test's own.
@Suite(.serialized, .timeLimit(.minutes(15)))
struct RestartTests {
    @Test func nothing_is_lost_when_the_broker_and_the_database_crash_under_load() async throws {
        try await PrivateStack.run { stack in
            try await withShop(on: stack) { shop in
                let child = try shop.child()
                try await shop.stock("ber", [("A", 10_000)])

                // The broker crashes in the middle of 600 orders.
                try await shop.place(Self.orders("b", 600))
                try await eventually("work has begun") { try await shop.count("orders") > 0 }
                try await stack.restart(.rabbitmq, immediately: true)
                try await Self.sourced(shop, 600, by: child)

                // The database crashes: nothing is refused meanwhile, and nothing counted.
                try await shop.place(Self.orders("d", 600))
                try await eventually("work has begun") { try await shop.count("orders") > 600 }
                try await stack.restart(.postgres, immediately: true)
                try await Self.sourced(shop, 1_200, by: child)

                // Both stop answering for a while, with their connections open.
                try await shop.place(Self.orders("p", 300))
                try await stack.pause(.postgres)
                try await stack.resume(.postgres)
                try await stack.pause(.rabbitmq)
                try await stack.resume(.rabbitmq)
                try await Self.sourced(shop, 1_500, by: child)

                #expect(try await shop.count("dead_letter") == 0)
                #expect(try await shop.level("A", at: "ber") == (10_000, 1_500))
                try await shop.everythingTold(within: .seconds(240))
                #expect(child.isRunning)
                #expect(try await child.end() == .exited(0))
            }
        }
    }

    private static func orders(_ prefix: String, _ count: Int) -> [Order] { (0..<count).map { Order("\(prefix)\($0)", of: "A") } }

    private static func sourced(_ shop: Shop, _ count: Int64, by child: ChildProcess) async throws {
        try await shop.eventuallyOrTell("\(count) orders are sourced", of: [child], within: .seconds(240)) {
            (try? await shop.number("SELECT count(*) FROM orders WHERE status = 5")) == count
        }
    }
}
