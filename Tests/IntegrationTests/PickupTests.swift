import Postgres
import TestSupport
import Testing

/// Click and collect: what a store has stays there, the rest is brought, and the customer comes, or does not.
@Suite(.timeLimit(.minutes(15)))
struct PickupTests {
    private func order(_ id: String, _ items: [(sku: String, quantity: Int64)], channel: String = "shop") -> Order {
        Order(id, items).with {
            $0.pickup = "ham"
            $0.channel = channel
        }
    }

    private func ready(_ order: Order, _ pickup: String? = nil, at time: String = "2026-11-22T14:00:00Z") -> JSON {
        var body: JSON = [
            "channel": .string(order.channel), "orderId": .string(order.id), "location": "ham", "occurredAt": .string(time),
        ]
        if let pickup { body["pickupId"] = .string(pickup) }
        return body
    }

    private func collected(_ order: Order, _ pickup: String? = nil, _ units: [(String, Int64)]? = nil) -> JSON {
        var body: JSON = [
            "channel": .string(order.channel), "orderId": .string(order.id), "occurredAt": "2026-11-22T16:00:00Z",
        ]
        if let pickup { body["pickupId"] = .string(pickup) }
        if let units { body["lines"] = .array(units.map { ["lineId": .string($0.0), "quantity": .integer($0.1)] }) }
        return body
    }

    private func expectNothingShippedYet(_ shop: Shop, _ order: Order) async throws {
        #expect(try shop.events("shipment.dispatched", of: order).isEmpty)
        #expect(try await shop.count("invoice") == 0)
    }

    @Test func from_the_stores_own_shelf_it_is_ready_and_collected() async throws {
        try await withShop { shop in
            let customer = Shop.address()
            // Berlin would be asked first, if it had to travel.
            try await shop.stock("ber", [("A", 10), ("B", 10)])
            try await shop.stock("ham", [("A", 10), ("B", 10)])
            let order = order("1", [("A", 2), ("B", 1)], channel: "mails").with { $0.email = customer }
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            #expect(parcel.location == "ham")
            let requested = try await shop.event("fulfillment.requested", of: order)
            #expect(requested["pickupLocation"] == "ham" && requested["shippingAddress"]["name"] == "ham")
            try await shop.accepted("pickup.ready", ready(order))
            let told = try await shop.event("pickup.ready", of: order)
            #expect(told["lines"] == [["lineId": "1", "sku": "A", "quantity": 2], ["lineId": "2", "sku": "B", "quantity": 1]])
            #expect(told["keepUntil"].string?.hasSuffix("Z") == true)
            #expect(
                try await shop.number(
                    "SELECT count(*) FROM pickup WHERE keep_until BETWEEN now() + interval '13 days' AND now() + interval '15 days'"
                ) == 1
            )
            try await expectNothingShippedYet(shop, order)
            #expect(try await shop.level("A", at: "ham") == (10, 2))

            try await shop.accepted("pickup.collected", collected(order))
            try await shop.event("pickup.collected", of: order)
            try await shop.event("order.completed", of: order)
            #expect(try await shop.event("invoice.issued", of: order)["total"].integer == order.total)
            #expect(try await shop.level("A", at: "ham") == (8, 0))
            // Again is harmless; something else is not.
            try await shop.accepted("pickup.ready", ready(order))
            try await shop.accepted("pickup.collected", collected(order))
            try await shop.refused("pickup.collected", collected(order, nil, [("1", 1)]), "conflict", path: "/pickupId")
            try await shop.refused("pickup.collected", collected(order, "2"), "wrong_state", path: "/orderId")
            try await eventually("three mails are told") { try shop.events("email.sent", of: order).count == 3 }
            #expect(
                Set(try shop.events("email.sent", of: order).compactMap { $0["data"]["template"].string })
                    == ["order_confirmation", "pickup_ready", "invoice_issued"]
            )
            let page = try await shop.oms(["order", "show", order.channel, order.id])
            for text in ["Pickup", "at ham (ham)", "ready  1", "collected  1", "collected by the customer"] {
                #expect(page.output.contains(text), "\(text): \(page.output)")
            }
            let json = try JSON(Array(try await shop.oms(["order", "show", order.channel, order.id, "--json"]).output.utf8))
            #expect(json["pickup"]["location"] == "ham" && json["pickup"]["reports"].array.count == 2)
        }
    }

    @Test func what_the_store_lacks_is_brought_by_transfer() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 1)])
            try await shop.stock("ber", [("A", 10), ("B", 10)])
            let order = order("1", [("A", 3), ("B", 1)])
            try await shop.place(order)
            let parcels = try await shop.sourced(order)
            #expect(parcels.map(\.location) == ["ham", "ber"])
            #expect(parcels.last?.lines == [.init(lineID: "1", quantity: 2), .init(lineID: "2", quantity: 1)])
            let transfer = try #require(parcels.last)
            let requests = try await [
                shop.event("fulfillment.requested", of: order), shop.event("fulfillment.requested", of: order, count: 2),
            ]
            #expect(requests.allSatisfy { $0["pickupLocation"] == "ham" && $0["shippingAddress"]["city"] == "Stadt" })

            // The store is too early: a transfer has not left.
            let early = Task { try await shop.ask("pickup.ready", ready(order), within: .seconds(240)) }
            try await eventually("it waits") { try await shop.waiting(in: "oms.retry.5s") == 1 }
            try await shop.dispatch(transfer)
            #expect(try await shop.event("transfer.dispatched", of: order)["location"] == "ham")
            #expect(try await shop.level("A", at: "ber") == (8, 0))
            #expect(try await shop.status(order) == 5)
            #expect(try await early.value["accepted"] == true)
            try await shop.event("transfer.arrived", of: order)
            try await shop.event("pickup.ready", of: order)
            #expect(try await shop.level("A", at: "ham") == (3, 3))
            #expect(try await shop.level("B", at: "ham") == (1, 1))
            try await expectNothingShippedYet(shop, order)
            // The carrier says so too, later.
            try await shop.accepted(
                "shipment.delivered",
                ["fulfillmentId": .string(transfer.id), "shipmentId": "s-1", "occurredAt": "2026-11-22T13:00:00Z"]
            )
            #expect(try await shop.level("A", at: "ham") == (3, 3))

            try await shop.accepted("pickup.collected", collected(order, "first", [("1", 2)]))
            #expect(try await shop.status(order) == 6)
            #expect(try await shop.level("A", at: "ham") == (1, 1))
            try await shop.refused("pickup.collected", collected(order, "x", [("1", 2)]), "over_shipped", path: "/lines/0/quantity")
            try await shop.accepted("pickup.collected", collected(order, "second"))
            try await shop.event("order.completed", of: order)
            #expect(try await shop.level("A", at: "ham") == (0, 0))
            #expect(try await shop.level("B", at: "ham") == (0, 0))
            try await shop.everythingTold()
            try await eventually("all is invoiced") {
                try await shop.number("SELECT coalesce(sum(total), 0)::bigint FROM invoice") == order.total
            }
            #expect(try shop.events("shipment.delivered", of: order).isEmpty)
            #expect(try shop.events("shipment.dispatched", of: order).isEmpty)
        }
    }

    @Test func a_customer_who_comes_before_anybody_said_ready_gets_the_goods() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = order("1", [("A", 3)])
            try await shop.place(order)
            let transfer = try #require(try await shop.sourced(order).first)
            try await shop.dispatch(transfer)
            try await shop.accepted("pickup.collected", collected(order))
            try await shop.event("transfer.arrived", of: order)
            try await shop.event("order.completed", of: order)
            try await shop.event("invoice.issued", of: order)
            #expect(try await shop.level("A", at: "ber") == (7, 0))
            #expect(try await shop.level("A", at: "ham") == (0, 0))
        }
    }

    @Test func what_nobody_collects_is_free_again_and_the_customer_is_told() async throws {
        try await withShop { shop in
            let customer = Shop.address()
            try await shop.stock("ham", [("A", 2)])
            try await shop.stock("ber", [("B", 1)])
            let order = order("1", [("A", 2), ("B", 1)], channel: "mails-only").with { $0.email = customer }
            try await shop.place(order)
            let transfer = try #require(try await shop.sourced(order).last)
            try await shop.dispatch(transfer)
            try await shop.accepted("pickup.ready", ready(order))
            let waiting = Order("2", of: "A", 1)
            try await shop.place(waiting)
            try await shop.event("order.backordered", of: waiting)
            _ = try await shop.session.write { tx in
                try tx.execute("UPDATE pickup SET keep_until = clock_timestamp() - interval '1 second'")
            }
            let expired = try await shop.event("pickup.expired", of: order)
            #expect(expired["lines"] == [["lineId": "1", "sku": "A", "quantity": 2], ["lineId": "2", "sku": "B", "quantity": 1]])
            #expect(try await shop.event("order.cancelled", of: order)["reason"] == "never_collected")
            try await shop.event("order.completed", of: order)
            try await shop.event("fulfillment.cancelled", of: order)
            #expect(try await shop.status(order) == 8)
            // Who waited gets it.
            _ = try await shop.sourced(waiting)
            #expect(try await shop.level("A", at: "ham") == (2, 1))
            #expect(try await shop.level("B", at: "ham") == (1, 0))
            try await shop.refused("pickup.collected", collected(order), "wrong_state", path: "/orderId")
            try await eventually("three mails are told") { try shop.events("email.sent", of: order).count == 3 }
            #expect(
                Set(try shop.events("email.sent", of: order).compactMap { $0["data"]["template"].string })
                    == ["order_confirmation", "pickup_ready", "pickup_expired"]
            )
            #expect(try await shop.count("invoice") == 0)
        }
    }

    @Test func a_cancellation_before_the_transfer_left_releases_everything() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 1)])
            try await shop.stock("ber", [("A", 10)])
            let order = order("1", [("A", 3)])
            try await shop.place(order)
            let transfer = try #require(try await shop.sourced(order).last)
            try await shop.accepted("order.cancelled", shop.cancellation(order))
            try await shop.event("fulfillment.cancelled", of: order, count: 2)
            #expect(try await shop.level("A", at: "ham") == (1, 0))
            #expect(try await shop.level("A", at: "ber") == (10, 0))
            // It leaves all the same: the store gets what nobody ordered.
            try await shop.dispatch(transfer)
            try await shop.event("shipment.unexpected", of: order)
            #expect(try await shop.level("A", at: "ber") == (8, 0))
            try await shop.accepted("pickup.ready", ready(order))
            try await shop.event("transfer.arrived", of: order)
            #expect(try await shop.level("A", at: "ham") == (3, 0))
            #expect(try shop.events("pickup.ready", of: order).isEmpty)
        }
    }

    @Test func a_cancellation_on_the_way_makes_the_goods_the_stores() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = order("1", [("A", 3)])
            try await shop.place(order)
            let transfer = try #require(try await shop.sourced(order).first)
            try await shop.dispatch(transfer)
            try await shop.accepted("order.cancelled", shop.cancellation(order, "x-1", [("1", 1)]))
            #expect(try await shop.level("A", at: "ham") == (0, 0))
            try await shop.accepted(
                "shipment.delivered",
                ["fulfillmentId": .string(transfer.id), "shipmentId": "s-1", "occurredAt": "2026-11-22T17:00:00Z"]
            )
            #expect(try await shop.level("A", at: "ham") == (3, 2))
            try await shop.accepted("pickup.ready", ready(order))
            #expect(try await shop.event("pickup.ready", of: order)["lines"] == [["lineId": "1", "sku": "A", "quantity": 2]])
            // At the store it is cancelled as anywhere.
            try await shop.accepted("order.cancelled", shop.cancellation(order, "x-2"))
            #expect(try await shop.level("A", at: "ham") == (3, 0))
            #expect(try await shop.status(order) == 8)
            #expect(try await shop.number("SELECT count(*) FROM pickup WHERE keep_until IS NOT NULL") == 0)
            try await shop.refused("pickup.collected", collected(order), "wrong_state", path: "/orderId")
        }
    }

    @Test func whole_orders_wait_and_others_come_in_parts() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 1)])
            let whole = order("1", [("A", 1), ("B", 1)])
            try await shop.place(whole)
            try await shop.event("order.backordered", of: whole)
            #expect(try await shop.level("A", at: "ham") == (1, 0))
            let parts = order("2", [("A", 1), ("B", 1)]).with { $0.acceptPartial = true }
            try await shop.place(parts)
            #expect(try await shop.sourced(parts).map(\.location) == ["ham"])
            try await shop.accepted("pickup.ready", ready(parts, "a"))
            try await shop.accepted("pickup.collected", collected(parts, "a"))
            try await shop.event("pickup.collected", of: parts)
            try await shop.stock("muc", [("B", 1)])
            // The older order still lacks A, and holds nobody back.
            let transfer = try #require(try await shop.sourced(parts, count: 2).first)
            try await shop.dispatch(transfer)
            try await shop.accepted("pickup.ready", ready(parts, "b"))
            try await shop.accepted("pickup.collected", collected(parts, "b"))
            try await shop.event("order.completed", of: parts)
        }
    }

    @Test func messages_of_stores_are_checked() async throws {
        try await withShop { shop in
            try await shop.stock("ham", [("A", 5)])
            let home = Order("1", of: "A", 1)
            try await shop.place(home)
            _ = try await shop.sourced(home)
            try await shop.refused("pickup.ready", ready(home), "wrong_state", path: "/orderId")
            let order = order("2", [("A", 1)])
            try await shop.place(order)
            _ = try await shop.sourced(order)
            var elsewhere = ready(order)
            elsewhere["location"] = "muc"
            try await shop.refused("pickup.ready", elsewhere, "wrong_state", path: "/location")
            try await shop.refused("pickup.collected", collected(order, nil, [("9", 1)]), "unknown_line", path: "/lines/0/lineId")
            var nobody = ready(order)
            nobody["channel"] = "nobody"
            try await shop.refused("pickup.ready", nobody, "unknown_channel", path: "/channel")
        }
    }
}
