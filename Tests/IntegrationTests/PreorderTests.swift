import Commerce
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork
import Workers

/// Sold without stock, up to a limit.
@Suite(.timeLimit(.minutes(15)))
struct PreorderTests {
    private func allow(_ limits: [(sku: String, location: String, limit: Int64)], _ shop: Shop) async throws {
        let settings = NetworkSettings(preorders: limits.map { Preorder(sku: $0.sku, location: $0.location, limit: $0.limit) })
        try await shop.session.write { tx in
            _ = try NetworkStore.apply(ShopNetwork.standard, sections: settings.sections(["preorders"]), content: "", in: tx)
        }
    }

    private func left(_ sku: String, _ shop: Shop) async throws -> Int64? {
        try await shop.session.read { tx in
            let network = try NetworkStore.load(in: tx)
            guard let key = try SKUStore.existing([sku], in: tx)[ExactID(sku)] else { return nil }
            return try PreorderStore.left(of: [key], network: network, in: tx)[key]
        }
    }

    @Test func lines_within_the_limit_are_pre_orders_and_others_wait() async throws {
        try await withShop { shop in
            try await allow([("NEW", "ber", 2), ("NEW", "ham", 2), ("NEW", "nowhere", 9)], shop)
            let orders = [("1", 3), ("2", 2), ("3", 1), ("4", 1)].map { Order($0.0, of: "NEW", Int64($0.1)) }
            var told: [Bool] = []
            for order in orders {
                try await shop.place(order)
                let event = try await shop.event("order.backordered", of: order)
                told.append(event["lines"][0]["preorder"] == true)
            }
            #expect(told == [true, false, true, false])
            #expect(try await left("NEW", shop) == 0)

            // Called off: there is room for others, who come from then on.
            try await shop.accepted("order.cancelled", shop.cancellation(orders[0]))
            #expect(try await left("NEW", shop) == 3)
            let late = Order("late", of: "NEW", 2)
            try await shop.place(late)
            #expect(try await shop.event("order.backordered", of: late)["lines"][0]["preorder"] == true)
            #expect(try await left("NEW", shop) == 1)

            // The goods come: what is reserved is no longer sold without stock.
            try await shop.stock("ber", [("NEW", 4)])
            for order in [orders[1], orders[2], orders[3]] { _ = try await shop.sourced(order) }
            #expect(try await left("NEW", shop) == 2)
            let (status, output) = try await shop.oms(["order", "show", "shop", "late"])
            #expect(status == 0 && output.contains("pre-ordered"), "\(output)")
        }
    }

    @Test func what_others_wait_for_is_no_pre_order() async throws {
        try await withShop { shop in
            try await allow([("NEW", "ber", 5)], shop)
            let order = Order("1", [("NEW", 1), ("A", 1)])
            try await shop.place(order)
            let lines = try await shop.event("order.backordered", of: order)["lines"].array
            #expect(lines.map { $0["preorder"] } == [true, .null])
            #expect(try await left("A", shop) == nil, "a SKU without a limit is not sold without stock")
        }
    }

    @Test func two_workers_never_sell_more_than_the_limit() async throws {
        let roles: [Role] = [.intake, .sourcing, .stock, .relay]
        try await withShop(roles, lanes: 2, hearing: []) { shop in
            try await allow([("NEW", "muc", 30), ("OTHER", "ber", 12)], shop)
            let rival = try shop.work(roles, lanes: 2)
            // No row of stock keeps the workers apart: nobody has ever reported these.
            let orders = (0..<200).map { Order("\($0)", [("NEW", 1), ("OTHER", 1)]) }
            for start in stride(from: 0, to: orders.count, by: 5) { try await shop.place(Array(orders[start..<start + 5])) }
            try await eventually("all wait", within: .seconds(240)) { try await shop.count("waiting_line") == 400 }
            let sold = try await shop.query(
                "SELECT k.id, sum(w.quantity)::bigint FROM waiting_line w JOIN sku k ON k.key = w.sku WHERE w.preorder GROUP BY k.id ORDER BY k.id"
            ).map { "\(try $0.text(0)) \(try $0.int8(1))" }
            #expect(sold == ["NEW 30", "OTHER 12"])
            try await RaceTests.expectNoDeadlock(shop)
            try await rival.stop()
        }
    }
}
