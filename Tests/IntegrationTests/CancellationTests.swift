import TestSupport
import Testing

/// A cancellation releases exactly what is not shipped, at once.
@Suite(.timeLimit(.minutes(15)))
struct CancellationTests {
    @Test func before_sourcing_a_waiting_order_just_ends() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A", 3)
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            try await shop.accepted("order.cancelled", shop.cancellation(order))
            let told = try await shop.event("order.cancelled", of: order)
            #expect(told["lines"] == [["lineId": "1", "sku": "A", "quantity": 3]])
            #expect(told["reason"] == "Changed my mind")
            try await shop.stock("ber", [("A", 10)])
            #expect(try await shop.status(order) == 8)
            #expect(try await shop.count("waiting_line") == 0)
            try await shop.refused("order.cancelled", shop.cancellation(order, "x-2"), "not_cancellable")
        }
    }

    @Test func after_sourcing_the_units_are_free_again_and_the_location_is_told() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5)])
            let order = Order("1", of: "A", 5)
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            let waiting = Order("2", of: "A", 2)
            try await shop.place(waiting)
            try await shop.event("order.backordered", of: waiting)
            try await shop.accepted("order.cancelled", shop.cancellation(order, "x-1", [("1", 2)]))
            let told = try await shop.event("fulfillment.cancelled", of: order)
            #expect(told["fulfillmentId"].string == parcel.id)
            #expect(told["lines"][0]["quantity"] == 2)
            // What was given back goes to who waits.
            _ = try await shop.sourced(waiting)
            #expect(try await shop.level("A", at: "ber") == (5, 5))
            try await shop.refused(
                "order.cancelled",
                shop.cancellation(order, "x-2", [("1", 4)]),
                "not_cancellable",
                path: "/lines/0/quantity"
            )
            try await shop.refused("order.cancelled", shop.cancellation(order, "x-3", [("9", 1)]), "unknown_line", path: "/lines/0/lineId")
        }
    }

    @Test func after_a_part_shipment_the_rest_is_released_and_the_order_is_complete() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A", 5).with { $0.shipping = 500 }
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.dispatch(parcel, [("1", 2)])
            try await shop.accepted("order.cancelled", shop.cancellation(order))
            #expect(try await shop.event("order.cancelled", of: order)["lines"][0]["quantity"] == 3)
            try await shop.event("order.completed", of: order)
            #expect(try await shop.level("A", at: "ber") == (8, 0))
            #expect(try await shop.event("invoice.issued", of: order)["total"] == 2_500)
        }
    }

    @Test func units_dispatched_all_the_same_move_the_stock_and_are_not_invoiced() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A", 3)
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.accepted("order.cancelled", shop.cancellation(order))
            try await shop.dispatch(parcel)
            let told = try await shop.event("shipment.unexpected", of: order)
            #expect(told["lines"] == [["lineId": "1", "sku": "A", "quantity": 3]])
            #expect(try await shop.level("A", at: "ber") == (7, 0))
            #expect(try await shop.status(order) == 8)
            try await shop.everythingTold()
            #expect(try await shop.count("invoice") == 0)
            #expect(try await shop.count("shipment") == 1)
        }
    }
}
