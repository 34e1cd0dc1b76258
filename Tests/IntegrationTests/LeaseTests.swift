import Postgres
import TestSupport
import Testing
import Workers

/// Units kept for baskets: granted, renewed, released, expired, ordered.
@Suite(.timeLimit(.minutes(15)))
struct LeaseTests {
    @Test func a_lease_is_granted_renewed_and_released() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 3)])
            try await shop.stock("ham", [("A", 2), ("B", 1)])
            let reply = try await shop.keep("b-1", [("A", 4)])
            #expect(reply["accepted"] == true && reply["id"] == "b-1", "\(reply.text())")
            let told = try await shop.event("reservation.granted")
            #expect(told["expiresAt"] == reply["expiresAt"] && told["lines"] == [["sku": "A", "quantity": 4]])

            // Neither another basket nor an order gets what is kept; being told no is no fault.
            let no = try await shop.keep("b-2", [("B", 1), ("A", 2)])
            #expect(no["code"] == "insufficient_stock" && no["path"] == "/lines/1/quantity", "\(no.text())")
            let refused = try await shop.event("reservation.refused")
            #expect(refused["basketId"] == "b-2" && refused["path"] == "/lines/1/quantity")
            let order = Order("1", of: "A", 3)
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            #expect(try await shop.desk().isEmpty)

            // A renewal that cannot be leaves the lease as it was; one that wants less lets the order through.
            #expect(try await shop.keep("b-1", [("A", 6)])["accepted"] == false)
            #expect(try await shop.leased("A") == 4)
            #expect(try await shop.keep("b-1", [("A", 2), ("B", 1)])["accepted"] == true)
            _ = try await shop.sourced(order)
            #expect(try await shop.leased("A") == 2)
            #expect(try await shop.keep("b-2", [("B", 1)])["accepted"] == false)

            try await shop.letGo("b-1")
            try await shop.letGo("b-1")
            let released = try await shop.event("reservation.released")
            #expect(released["lines"] == [["sku": "A", "quantity": 2], ["sku": "B", "quantity": 1]])
            #expect(try await shop.keep("b-2", [("B", 1), ("A", 2)])["accepted"] == true)
            #expect(try shop.events("reservation.released").count == 1)
            #expect(
                try await shop.ask("reservation.requested", shop.reservation("b", [("A", 1)], channel: "nowhere"))["code"]
                    == "unknown_channel"
            )
        }
    }

    @Test func an_expired_lease_is_told_and_waiting_orders_are_woken() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 2)])
            #expect(try await shop.keep("b-1", [("A", 2)], seconds: 2)["accepted"] == true)
            let order = Order("1", of: "A")
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            let list = try await shop.oms(["stock", "leases"])
            #expect(list.status == 0 && list.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(list.output)")
            _ = try await shop.sourced(order)
            let expired = try await shop.event("reservation.expired")
            #expect(expired["basketId"] == "b-1" && expired["lines"] == [["sku": "A", "quantity": 2]])
            #expect(try await shop.count("lease") == 0)
            #expect(try await shop.oms(["stock", "leases"]).output.contains("no basket holds anything"))
        }
    }

    @Test func an_expired_lease_counts_no_longer_though_nobody_clears_it_away() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 2)])
            // Whoever clears leases away passes over one that somebody works on.
            #expect(try await shop.keep("b-1", [("A", 2)], seconds: 4)["accepted"] == true)
            let other = PostgresSession(try PostgresConfiguration(url: shop.databaseURL), name: "holder", logger: quiet)
            let (isHeld, mayRelease) = (Signal(), Signal())
            let holding = Task {
                try await other.write { tx in
                    _ = try tx.query("SELECT key FROM lease FOR UPDATE")
                    isHeld.fire()
                    #expect(mayRelease.waitBlocking(seconds: 25))
                }
            }
            try await isHeld.wait()
            try await eventually("it is expired", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM lease WHERE expires_at <= clock_timestamp()") == 1
            }
            let order = Order("1", of: "A")
            try await shop.place(order)
            _ = try await shop.sourced(order)
            #expect(try await shop.keep("b-2", [("A", 1)])["accepted"] == true)
            #expect(try await shop.count("lease") == 2, "the expired one still lies there")
            mayRelease.fire()
            try await holding.value
            await other.close()
            try await shop.event("reservation.expired")
        }
    }

    @Test func an_order_takes_its_baskets_units_over_and_leaves_the_rest() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5), ("B", 2)])
            #expect(try await shop.keep("b-1", [("A", 5), ("B", 2)])["accepted"] == true)
            let waiting = Order("waiting", [("A", 3), ("B", 2)])
            try await shop.place(waiting)
            try await shop.event("order.backordered", of: waiting)
            // Of another channel, the basket's id means nothing.
            let foreign = Order("1", of: "A", 2).with {
                $0.channel = "other"
                $0.basketID = "b-1"
            }
            try await shop.place(foreign)
            try await shop.event("order.backordered", of: foreign)
            let order = Order("1", of: "A", 2).with { $0.basketID = "b-1" }
            let young = Order("young", of: "A", 3)
            try await shop.place([order, young])
            _ = try await shop.sourced(order)
            // What the order did not need goes to whoever waited longest, not to who happens to come with it.
            _ = try await shop.sourced(waiting)
            try await shop.event("order.backordered", of: young)
            #expect(try await shop.count("lease") == 0)
            #expect(try await shop.status(foreign) == 3)
            // The order placed again is the same order, and the basket may begin anew.
            try await shop.place(order)
            try await shop.stock("ham", [("A", 9)])
            _ = try await shop.sourced(foreign)
            #expect(try await shop.keep("b-1", [("A", 1)])["accepted"] == true)
        }
    }

    @Test func a_pending_payment_keeps_the_units() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 2)])
            let orders = (1...2).map { number in
                Order("\(number)", of: "A").with {
                    $0.basketID = "b-\(number)"
                    $0.payments = [["paymentId": "p-1", "method": "card", "status": "pending", "amount": 1_000]]
                }
            }
            for order in orders {
                #expect(try await shop.keep(order.basketID ?? "", [("A", 1)], seconds: 5)["accepted"] == true)
                try await shop.place(order)
            }
            // A renewal is too late now; a release changes nothing.
            #expect(try await shop.keep("b-1", [("A", 1)])["code"] == "wrong_state")
            try await shop.letGo("b-1")
            let rival = Order("rival", of: "A")
            try await shop.place(rival)
            try await shop.event("order.backordered", of: rival)
            try await eventually("their time has come", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM lease WHERE expires_at <= clock_timestamp() - interval '2 seconds'") == 2
            }
            #expect(try await shop.leased("A") == 2, "an order's lease has no time")
            try await shop.accepted("payment.authorized", shop.payment(orders[0], "t-1"))
            _ = try await shop.sourced(orders[0])
            #expect(try await shop.status(rival) == 3)
            try await shop.accepted("payment.failed", shop.payment(orders[1], "t-2"))
            _ = try await shop.sourced(rival)
            #expect(try await shop.count("lease") == 0)
        }
    }

    @Test func a_cancelled_order_frees_its_lease() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 2), ("B", 1)])
            let order = Order("1", of: "A").with {
                $0.basketID = "b-1"
                $0.payments = [["paymentId": "p-1", "method": "card", "status": "pending", "amount": 1_000]]
            }
            #expect(try await shop.keep("b-1", [("A", 2), ("B", 1)])["accepted"] == true)
            try await shop.place(order)
            let rival = Order("rival", [("A", 2), ("B", 1)])
            try await shop.place(rival)
            try await shop.event("order.backordered", of: rival)
            try await shop.accepted("order.cancelled", shop.cancellation(order))
            _ = try await shop.sourced(rival)
            #expect(try await shop.count("lease") == 0)
        }
    }

    @Test func orders_that_only_look_fillable_hold_up_no_newcomer() async throws {
        try await withShop(hearing: ["order.sourced", "order.backordered"]) { shop in
            try await shop.stock("ber", [("A", 5), ("L", 600)])
            #expect(try await shop.keep("b-1", [("L", 600)])["accepted"] == true)
            // What they lack is of a SKU that a newcomer does not want.
            let orders = (0..<510).map { Order("\($0)", [("A", 1), ("L", 1)]) }
            try await shop.place(orders)
            try await eventually("all of them wait", within: .seconds(240)) { try await shop.count("waiting_line") == 1_020 }
            let young = Order("young", of: "A")
            try await shop.place(young)
            _ = try await shop.sourced(young)
            #expect(try await shop.keep("b-2", [("A", 4)])["accepted"] == true)
            let younger = Order("younger", of: "A")
            try await shop.place(younger)
            try await shop.event("order.backordered", of: younger)
            try await shop.letGo("b-2")
            _ = try await shop.sourced(younger)
            try await shop.letGo("b-1")
            try await eventually("the oldest get the rest", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status = 5") == 5
            }
        }
    }
}
