import TestSupport
import Testing

/// A location does not ship: the reason changes the stock as it should, and the rest is sourced elsewhere.
@Suite(.timeLimit(.minutes(15)))
struct RefusedParcelTests {
    @Test func what_is_out_of_stock_is_not_sold_until_the_next_count() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            try await shop.stock("ham", [("A", 2)])
            let order = Order("1", of: "A", 2)
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            #expect(first.location == "ber")
            try await shop.reject(first, "out_of_stock")
            #expect(try await shop.sourced(order, count: 2).first?.location == "ham")
            #expect(try await shop.level("A", at: "ber") == (10, 0), "what was counted stays counted")
            try await eventually("storefronts hear of it") { try shop.told("A") == 0 }
            // Nobody else is promised any of it either.
            let second = Order("2", of: "A")
            try await shop.place(second)
            try await shop.event("order.backordered", of: second)
            // A count of before the rejection tells nothing new; one of after it does.
            try await shop.stock("ber", [("A", 9)], at: "2026-11-22T11:59:00Z")
            try await shop.stock("muc", [("B", 1)])
            #expect(try await shop.status(second) == 3)
            try await shop.stock("ber", [("A", 4)], at: "2026-11-22T12:00:00Z")
            #expect(try await shop.sourced(second).first?.location == "ber")
            try await eventually("storefronts hear of it") { try shop.told("A") == 3 }
        }
    }

    @Test func a_full_count_clears_it_too_and_an_older_rejection_does_not_undo_a_count() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10), ("B", 10)])
            let orders = [Order("1", of: "A"), Order("2", of: "B")]
            var parcels: [Parcel] = []
            for order in orders {
                try await shop.place(order)
                parcels.append(try #require(try await shop.sourced(order).first))
            }
            try await shop.reject(parcels[0], "out_of_stock")
            #expect(try await shop.number("SELECT count(*) FROM stock WHERE withheld > 0") == 1)
            try await shop.accepted(
                "stock.reported",
                shop.feed("ber", sequence: shop.next(), mode: "full", [("B", 10)], at: "2026-11-22T18:00:00Z")
            )
            #expect(try await shop.number("SELECT count(*) FROM stock WHERE withheld > 0") == 0)
            #expect(try await shop.level("A", at: "ber").onHand == 0)
            // It was asked hours ago, and says no as of noon: the count of the evening knows better.
            try await shop.age(minutes: 3 * 365 * 24 * 60)
            try await shop.reject(parcels[1], "out_of_stock")
            #expect(try await shop.number("SELECT count(*) FROM stock WHERE withheld > 0") == 0)
        }
    }

    @Test func damaged_units_and_only_they_are_not_sold() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5)])
            try await shop.stock("ham", [("A", 5)])
            let order = Order("1", of: "A", 4)
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            try await shop.reject(first, "damaged", [("1", 1)])
            let second = try await shop.sourced(order, count: 2)
            #expect(second.map(\.location) == ["ham"] && second.first?.lines.first?.quantity == 1)
            try await eventually("storefronts hear of it") { try shop.told("A") == 5 }
            #expect(try await shop.number("SELECT sum(greatest(on_hand - reserved - withheld, 0))::bigint FROM stock") == 5)
            // To reject a part is to take on the rest.
            let status = try await shop.number("SELECT status::bigint FROM fulfillment ORDER BY key LIMIT 1")
            #expect(status == 2)
            try await shop.dispatch(first, [("1", 3)])
            try await shop.dispatch(second[0])
            try await shop.event("order.completed", of: order)
        }
    }

    @Test(arguments: ["capacity", "other"]) func other_reasons_leave_the_stock_as_it_is(reason: String) async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 1)])
            let order = Order("1", of: "A")
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            try await shop.reject(first, reason)
            try await shop.event("order.backordered", of: order)
            let second = Order("2", of: "A")
            try await shop.place(second)
            #expect(try await shop.sourced(second).first?.location == "ber", "the order that it rejected has no use for it")
        }
    }

    @Test func an_order_that_waits_again_is_told_so_each_time() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 1), ("B", 1)])
            let order = Order("1", [("A", 1), ("B", 1)])
            try await shop.place(order)
            let first = try #require(try await shop.sourced(order).first)
            try await shop.reject(first, "out_of_stock", [("2", 1)])
            let told = try await shop.event("order.backordered", of: order)
            #expect(told["lines"] == [["lineId": "2", "sku": "B", "quantity": 1]])
            // Again the same rejection: nothing new.
            try await shop.reject(first, "out_of_stock", [("2", 1)])
            try await shop.stock("ham", [("B", 1)])
            let second = try #require(try await shop.sourced(order, count: 2).first)
            try await shop.reject(second, "capacity")
            let again = try await shop.event("order.backordered", of: order, count: 2)
            #expect(again["lines"] == told["lines"])
            #expect(try shop.events("order.backordered", of: order).count == 2)
            #expect(try await shop.number("SELECT count(*) FROM waiting_line WHERE untold_since IS NOT NULL") == 0)
        }
    }

    @Test func the_customer_is_mailed_each_time() async throws {
        try await withShop { shop in
            let address = Shop.address()
            try await shop.stock("ber", [("A", 1)])
            let order = Order("1", of: "A").with {
                $0.channel = "mails-only"
                $0.email = address
            }
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.reject(parcel, "out_of_stock")
            try await shop.stock("ham", [("A", 1)])
            try await shop.reject(try #require(try await shop.sourced(order, count: 2).first), "other")
            try await shop.event("order.backordered", of: order, count: 2)
            // The confirmation, and two that tell of waiting.
            try await eventually("three mails") { try shop.mails(to: address).count == 3 }
        }
    }
}
