import Commerce
import Postgres
import RabbitMQ
import TestSupport
import Testing
import Workers

/// An agent takes a parcel away from its location.
@Suite(.timeLimit(.minutes(15)))
struct RerouteTests {
    @Test func a_parcel_goes_to_the_location_an_agent_names() async throws {
        try await withShop { shop in
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10), ("B", 10)]) }
            let order = Order("1", [("A", 2), ("B", 1)])
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            try await shop.accepted("fulfillment.accepted", shop.acceptance(first))
            try await shop.dispatch(first, [("1", 1)])
            for _ in 0..<2 { try await shop.accepted("order.reroute", shop.reroute(order, first, to: "muc")) }
            let taken = try await shop.event("fulfillment.cancelled", of: order)
            #expect(taken["reason"] == "rerouted" && taken["location"] == "ber")
            let second = try #require(try await shop.sourced(order, count: 2).first)
            #expect(second.location == "muc")
            #expect(second.lines == [.init(lineID: "1", quantity: 1), .init(lineID: "2", quantity: 1)])
            try await shop.event("fulfillment.requested", of: order, count: 2)
            #expect(try await shop.count("fulfillment") == 2)
            #expect(try await shop.level("A", at: "ber") == (9, 0))
            #expect(try await shop.level("A", at: "muc") == (10, 1))
            // A location that was relieved is too late, whatever it says.
            try await shop.dispatch(first, as: "s-2", [("2", 1)])
            try await shop.event("shipment.unexpected", of: order)
            try await shop.dispatch(second)
            try await shop.event("order.completed", of: order)
            try await shop.refused("order.reroute", shop.reroute(order, second, id: "q-2"), "wrong_state", path: "/fulfillmentId")
        }
    }

    @Test func without_a_location_it_goes_anywhere_but_there() async throws {
        try await withShop { shop in
            try await shop.setRules(maximumRounds: 1)
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A")
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            try await shop.accepted("order.reroute", shop.reroute(order, first))
            try await shop.event("order.backordered", of: order)
            #expect(try await !shop.isHeld(order), "it is no location's fault")
            try await shop.stock("ham", [("A", 10)])
            #expect(try await shop.sourced(order, count: 2).first?.location == "ham")
        }
    }

    @Test func what_cannot_be_is_refused() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            try await shop.stock("ham", [("A", 3)])
            let (order, other) = (Order("1", of: "A", 2), Order("2", of: "A", 2))
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.place(other)
            let second = try #require(try await shop.sourced(other).first)
            func refused(_ body: JSON, _ code: String, _ path: String) async throws {
                try await shop.refused("order.reroute", body, code, path: path)
            }
            try await refused(shop.reroute(order, parcel, to: "muc"), "insufficient_stock", "/to")
            try await refused(shop.reroute(order, parcel, to: "nowhere"), "unknown_location", "/to")
            try await refused(shop.reroute(order, parcel, to: "ber"), "wrong_state", "/to")
            try await refused(shop.reroute(order, second, to: "ham"), "unknown_fulfillment", "/fulfillmentId")
            try await refused(shop.reroute(order.with { $0.channel = "no" }, parcel), "unknown_channel", "/channel")
            #expect(try shop.events("fulfillment.cancelled").isEmpty)
            // Two want the same three units at once: one gets them.
            try await shop.publish([
                shop.message("order.reroute", Array(shop.reroute(order, parcel, to: "ham").text().utf8)),
                shop.message("order.reroute", Array(shop.reroute(other, second, to: "ham").text().utf8)),
            ])
            _ = try await shop.desk(has: 6)
            try await eventually("one is rerouted") { try shop.events("fulfillment.cancelled").count == 1 }
            #expect(try await shop.level("A", at: "ham") == (3, 2))
            #expect(try await shop.desk().last?.code == "insufficient_stock")
        }
    }

    @Test func the_command_says_what_became_of_it() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 1)])
            try await shop.stock("ham", [("A", 1)])
            let order = Order("1", of: "A")
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            let refused = try await shop.oms(["order", "reroute", "shop", "1", parcel.id, "--to", "muc"])
            #expect(refused.status == 1 && refused.output.contains("insufficient_stock"), "\(refused.output)")
            let command = ["order", "reroute", "shop", "1", parcel.id, "--to", "ham", "--request-id", "q-9"]
            let done = try await shop.oms(command)
            #expect(done.status == 0 && done.output.contains("ham"), "\(done.output)")
            #expect(try await shop.oms(command).status == 1, "it claims another time: another request under the same id")
            #expect(try await shop.sourced(order, count: 2).first?.location == "ham")
            #expect(try await shop.oms(["order", "reroute", "shop", "no", parcel.id]).status == 1)
        }
        try await withShop([.intake, .sourcing, .stock, .relay]) { shop in
            try await shop.stock("ber", [("A", 1)])
            let order = Order("1", of: "A")
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            let silence = try await shop.oms(["order", "reroute", "shop", "1", parcel.id, "--wait", "1"])
            #expect(silence.status == 69 && silence.output.contains("--request-id"), "\(silence.output)")
        }
    }

    /// An order that is collected at `ham`.
    private func collected(_ items: [(sku: String, quantity: Int64)]) -> Order { Order("1", items).with { $0.pickup = "ham" } }

    @Test func of_an_order_that_is_collected_it_goes_to_the_store() async throws {
        try await withShop { shop in
            let store: JSON = ["channel": "shop", "orderId": "1", "location": "ham", "occurredAt": "2026-11-22T14:00:00Z"]
            for location in ["ber", "muc"] { try await shop.stock(location, [("A", 10)]) }
            let order = collected([("A", 2)])
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            #expect(first.location == "ber")
            // From elsewhere it is a transfer as the one before was.
            try await shop.accepted("order.reroute", shop.reroute(order, first, to: "muc"))
            let second = try #require(try await shop.sourced(order, count: 2).first)
            let requested = try await shop.event("fulfillment.requested", of: order, count: 2)
            #expect(requested["location"] == "muc" && requested["pickupLocation"] == "ham")
            #expect(requested["shippingAddress"]["name"] == "ham")
            try await shop.dispatch(second)
            #expect(try await shop.event("transfer.dispatched", of: order)["location"] == "ham")
            #expect(try shop.events("shipment.dispatched", of: order).isEmpty && shop.events("order.completed", of: order).isEmpty)
            #expect(try await shop.count("invoice") == 0)
            try await shop.accepted("pickup.ready", store)
            try await shop.event("transfer.arrived", of: order)
            try await shop.event("pickup.ready", of: order)
            try await shop.accepted("pickup.collected", ["channel": "shop", "orderId": "1", "occurredAt": "2026-11-22T16:00:00Z"])
            try await shop.event("order.completed", of: order)
            #expect(try await shop.level("A", at: "muc") == (8, 0))
            #expect(try await shop.level("A", at: "ham") == (0, 0))
        }
    }

    @Test func to_the_store_itself_it_is_what_the_customer_collects() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = collected([("A", 2)])
            try await shop.place(order)
            let transfer = try #require(try await shop.sourced(order).first)
            try await shop.dispatch(transfer, [("1", 1)])
            try await shop.event("transfer.dispatched", of: order)
            // One is on its way; the store found the other itself.
            try await shop.stock("ham", [("A", 5)])
            try await shop.accepted("order.reroute", shop.reroute(order, transfer, to: "ham"))
            let own = try #require(try await shop.sourced(order, count: 2).first)
            #expect(own.location == "ham" && own.lines == [.init(lineID: "1", quantity: 1)])
            #expect(try await shop.event("fulfillment.requested", of: order, count: 2)["pickupLocation"] == "ham")
            #expect(try await shop.number("SELECT count(*) FROM fulfillment WHERE transfer_to IS NULL") == 1)
            try await shop.accepted(
                "pickup.ready",
                ["channel": "shop", "orderId": "1", "location": "ham", "occurredAt": "2026-11-22T14:00:00Z"]
            )
            let ready = try await shop.event("pickup.ready", of: order)
            #expect(ready["lines"] == [["lineId": "1", "sku": "A", "quantity": 2]])
            // What lies ready can still be taken elsewhere: the store keeps it for nobody then.
            try await shop.stock("muc", [("A", 5)])
            try await shop.accepted("order.reroute", shop.reroute(order, own, to: "muc", id: "q-2"))
            let again = try #require(try await shop.sourced(order, count: 3).first)
            #expect(try await shop.level("A", at: "ham") == (6, 1))
            try await shop.dispatch(again, as: "s-9")
            try await shop.event("transfer.dispatched", of: order, count: 2)
            try await shop.accepted("pickup.collected", ["channel": "shop", "orderId": "1", "occurredAt": "2026-11-22T16:00:00Z"])
            try await shop.event("order.completed", of: order)
            #expect(try await shop.level("A", at: "ham") == (5, 0))
        }
    }

    @Test func agents_race_with_locations() async throws {
        let network: Commerce.Network = {
            var network = ShopNetwork.standard
            for index in network.locations.indices { network.locations[index].dailyCapacity = 20 }
            return network
        }()
        try await withShop(lanes: 2, network: network) { shop in
            let second = try shop.work(lanes: 2)
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 150), ("B", 150)]) }
            let orders = (0..<100).map { Order("\($0)", [("A", 1), ("B", 1)]) }
            try await shop.place(orders)
            try await eventually("all are sourced", within: .seconds(240)) { try await shop.count("fulfillment") == 100 }
            let rows = try await shop.query(
                "SELECT o.id, f.key FROM fulfillment f JOIN orders o ON o.key = f.order_key ORDER BY f.key"
            )
            var keys: [String: Int64] = [:]
            for row in rows { keys[try row.text(0)] = try row.int8(1) }
            var random = SplitMix64(seed: 7)
            var messages: [OutgoingMessage] = []
            for (index, order) in orders.enumerated() {
                let parcel = Parcel(
                    id: "F\(try #require(keys[order.id]))",
                    location: "",
                    lines: [.init(lineID: "1", quantity: 1), .init(lineID: "2", quantity: 1)]
                )
                let lever = shop.reroute(order, parcel, to: index.isMultiple(of: 3) ? nil : ["ham", "muc"][index % 2])
                messages.append(shop.message("order.reroute", Array(lever.text().utf8)))
                let ships = index.isMultiple(of: 2)
                let answer = ships ? shop.dispatched(parcel) : shop.rejection(parcel, "damaged")
                messages.append(shop.message(ships ? "shipment.dispatched" : "fulfillment.rejected", Array(answer.text().utf8)))
            }
            try await shop.publish(messages.shuffled(using: &random))
            try await eventually("all messages are handled", within: .seconds(240), every: .milliseconds(200)) {
                let settled = try await shop.number(
                    """
                    SELECT (SELECT count(*) FROM agent_request) + (SELECT count(*) FROM dead_letter WHERE type = 'order.reroute')
                    """
                )
                let waiting = try await shop.waiting(in: "oms.fulfillment")
                return settled == 100 && waiting == 0
            }
            try await eventually("all is decided", within: .seconds(240), every: .milliseconds(200)) {
                try await shop.number("SELECT count(*) FROM waiting_line") == 0
            }
            let codes = Set(try await shop.desk().map(\.code))
            #expect(codes.isSubset(of: ["wrong_state", "insufficient_stock"]), "\(codes)")
            try await RaceTests.expectNoDeadlock(shop)
            try await shop.everythingTold()
            try await second.stop()
        }
    }
}
