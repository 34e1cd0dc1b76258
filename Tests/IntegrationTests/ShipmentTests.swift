import TestSupport
import Testing

/// Locations answer and ship.
@Suite(.timeLimit(.minutes(15)))
struct ShipmentTests {
    @Test func less_leaves_the_rest_open_and_more_is_refused() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A", 4)
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.dispatch(parcel, as: "s-1", [("1", 3)])
            #expect(try await shop.level("A", at: "ber") == (7, 1))
            try await shop.refused(
                "shipment.dispatched",
                shop.dispatched(parcel, as: "s-2", [("1", 2)]),
                "over_shipped",
                path: "/lines/0/quantity"
            )
            #expect(try await shop.level("A", at: "ber") == (7, 1))
            try await shop.refused(
                "shipment.dispatched",
                shop.dispatched(parcel, as: "s-3", [("9", 1)]),
                "unknown_line",
                path: "/lines/0/lineId"
            )
            try await shop.dispatch(parcel, as: "s-4", [("1", 1)])
            try await shop.event("order.completed", of: order)
            #expect(try await shop.count("shipment") == 2)
        }
    }

    @Test func a_rejected_parcel_is_sourced_elsewhere() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5)])
            let order = Order("1", of: "A", 2)
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.accepted(
                "fulfillment.rejected",
                ["fulfillmentId": .string(parcel.id), "rejectionId": "r-1", "reason": "damaged", "occurredAt": "2026-11-22T12:00:00Z"]
            )
            #expect(try await shop.level("A", at: "ber") == (5, 0))
            // The location that rejected is not asked again, though it has stock; another is, when it has some.
            try await shop.stock("ham", [("A", 5)])
            let second = try await shop.sourced(order, count: 2)
            #expect(second.map(\.location) == ["ham"])
            #expect(try await shop.level("A", at: "ber") == (5, 0))
            try await shop.refused(
                "fulfillment.rejected",
                ["fulfillmentId": .string(parcel.id), "rejectionId": "r-2", "reason": "other", "occurredAt": "2026-11-22T12:00:00Z"],
                "wrong_state"
            )
        }
    }

    @Test func a_basket_is_split_over_locations_and_each_ships_its_part() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5)])
            try await shop.stock("muc", [("B", 5)])
            let order = Order("1", [("A", 1), ("B", 2)])
            try await shop.place(order)
            let parcels = try await shop.sourced(order)
            #expect(Set(parcels.map(\.location)) == ["ber", "muc"])
            try await shop.dispatch(parcels[0])
            #expect(try await shop.status(order) == 6)
            try await shop.dispatch(parcels[1])
            try await shop.event("order.completed", of: order)
        }
    }
}
