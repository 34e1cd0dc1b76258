import Commerce
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork
import Workers

/// What role `relay` does by the clock, it does whatever becomes of the outbox, and of its other chores.
@Suite(.timeLimit(.minutes(15)))
struct RelayChoresTests {
    /// Port 1 (tcpmux) is served nowhere.
    private static let noBroker = "amqp://guest:guest@127.0.0.1:1/"

    /// A shop where nobody works, whose only decision is older than it is kept, and whose order "waits" waits for room, which there is now.
    private func withChores(_ body: (Shop) async throws -> Void) async throws {
        try await withShop([], network: CapacityTests.network([0])) { shop in
            let worker = try shop.work([.intake, .sourcing, .stock])
            try await shop.stock("ber", [("A", 5)])
            try await shop.stock("ham", [("B", 5)])
            for order in [Order("waits", of: "A"), Order("old", of: "B")] {
                try await shop.place(order)
                try await shop.event(order.id == "old" ? "order.sourced" : "order.backordered", of: order)
            }
            try await worker.stop()
            try await shop.session.write { tx in
                let sections = NetworkSettings(decisions: DecisionRule(keepDays: 30)).sections(["decisions"])
                _ = try NetworkStore.apply(CapacityTests.network([1]), sections: sections, content: "", in: tx)
                try tx.execute("UPDATE sourcing_decision SET decided_at = decided_at - interval '100 days'")
                try tx.execute("UPDATE order_event SET at = at - interval '100 days'")
            }
            try await body(shop)
        }
    }

    @Test func without_a_broker_decisions_are_cleared_and_waiting_orders_are_looked_at_again() async throws {
        try await withChores { shop in
            let relay = try InProcessWorker([.relay], databaseURL: shop.databaseURL, brokerURL: Self.noBroker, smtpURL: shop.smtpURL)
            try await eventually("old decisions are gone", within: .seconds(240)) { try await shop.count("sourcing_decision") == 0 }
            // The word for sourcing stands in the outbox until there is a broker.
            try await eventually("somebody is to be woken", within: .seconds(240)) { try await shop.count("outbox") == 1 }
            #expect(try await shop.isWaiting("waits"))
            try await relay.stop()
            let next = try shop.work([.sourcing, .relay])
            #expect(try await shop.sourced(Order("waits", of: "A")).first?.location == "ber")
            // It looks at everything anew as it starts, and tells of that too.
            try await shop.everythingTold()
            try await next.stop()
        }
    }

    @Test(arguments: [("sourcing_decision", "DELETE"), ("waiting_line", "SELECT")])
    func a_chore_that_fails_keeps_no_other_from_its_work(table: String, privilege: String) async throws {
        try await withChores { shop in
            let owner = PostgresSession(try PostgresConfiguration(url: shop.ownerURL), logger: quiet)
            try await owner.script("REVOKE \(privilege) ON \(table) FROM oms_app")
            let relay = try InProcessWorker([.relay], databaseURL: shop.databaseURL, brokerURL: Self.noBroker, smtpURL: shop.smtpURL)
            if table == "waiting_line" {
                try await eventually("old decisions are gone", within: .seconds(240)) { try await shop.count("sourcing_decision") == 0 }
                #expect(try await shop.count("outbox") == 0)
            } else {
                try await eventually("somebody is to be woken", within: .seconds(240)) { try await shop.count("outbox") == 1 }
                #expect(try await shop.count("sourcing_decision") > 0)
            }
            // What it may do again it does, though the process is the same.
            try await owner.script("GRANT \(privilege) ON \(table) TO oms_app")
            await owner.close()
            try await eventually("both are done", within: .seconds(240)) {
                let decisions = try await shop.count("sourcing_decision")
                return try await shop.count("outbox") == 1 && decisions == 0
            }
            try await relay.stop()
            let next = try shop.work([.sourcing, .relay])
            _ = try await shop.sourced(Order("waits", of: "A"))
            // It looks at everything anew as it starts, and tells of that too.
            try await shop.everythingTold()
            try await next.stop()
        }
    }
}

extension Shop {
    fileprivate func isWaiting(_ order: String) async throws -> Bool {
        try await number("SELECT count(*) FROM waiting_line w JOIN orders o ON o.key = w.order_key WHERE o.id = $1", [.text(order)]) == 1
    }
}
