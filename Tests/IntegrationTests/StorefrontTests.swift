import Foundation
import Postgres
import TestSupport
import Testing
import Workers

/// What storefronts hear.
@Suite(.timeLimit(.minutes(15)))
struct StorefrontTests {
    /// Waits until storefronts show so many units.
    private func shown(_ shop: Shop, _ available: Int64) async throws -> JSON {
        try await eventuallyValue("\(available) units are shown") {
            try shop.events("stock.changed").last.flatMap { $0["data"]["available"].integer == available ? $0["data"] : nil }
        }
    }

    @Test func every_channel_is_told_what_it_can_sell() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 7)])
            let data = try await shown(shop, 7)
            #expect(data["channels"].array.map { $0["channel"].string } == ["mails", "mails-only", "other", "paperless", "shop", "tokyo"])
            #expect(data["channels"].array.allSatisfy { $0["available"] == 7 })
            #expect(data["locations"] == [["location": "ber", "available": 7]])
        }
    }

    @Test func a_location_that_is_switched_off_is_nothing_to_show() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 7)])
            _ = try await shown(shop, 7)
            try await shop.accepted(
                "location.defined",
                ["location": "ber", "name": "Berlin", "country": "DE", "updatedAt": "2026-11-22T06:00:00Z", "active": false]
            )
            _ = try await shown(shop, 0)
            try await shop.stock("ham", [("A", 3)])
            #expect(try await shown(shop, 3)["locations"] == [["location": "ham", "available": 3]])
            // Switched on again: it is shown, and whoever waits is served from there.
            let order = Order("1", of: "A", 9)
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            try await shop.accepted(
                "location.defined",
                ["location": "ber", "name": "Berlin", "country": "DE", "updatedAt": "2026-11-22T07:00:00Z"]
            )
            #expect(Set(try await shop.sourced(order).map(\.location)) == ["ber", "ham"])
            _ = try await shown(shop, 1)
        }
    }

    @Test func back_in_stock_and_low_are_told_once_per_crossing() async throws {
        try await withShop { shop in
            // As `network apply` stores a file's list.
            let rule = "{\"lowStock\":{\"units\":4,\"rearmUnits\":8}}"
            try await shop.session.write { tx in
                _ = try tx.execute("INSERT INTO network_section (name, definition, version) VALUES ('storefront', $1, 0)", [.text(rule)])
                _ = try tx.execute("INSERT INTO network_version (version) SELECT max(version) + 1 FROM network_version")
            }
            for count in [9, 4, 3, 5, 2, 8, 1, 0, 20] as [Int64] {
                try await shop.stock("ber", [("A", count)])
                _ = try await shown(shop, count)
            }
            let low = try shop.events("stock.low").map { $0["data"] }
            #expect(low.map { $0["available"].integer } == [4, 1])
            #expect(low.allSatisfy { $0["threshold"] == 4 && $0["sku"] == "A" })
            let back = try shop.events("stock.back_in_stock").map { $0["data"] }
            #expect(back.map { $0["available"].integer } == [20])
            #expect(back.allSatisfy { $0["channels"].array.count == 6 })
            // Each state is told once, with a number of its own.
            #expect(Set(try shop.events("stock.changed").compactMap { $0["id"].string }).count == 9)
        }
    }

    @Test func what_changes_nothing_a_storefront_shows_is_not_told() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 7)])
            _ = try await shown(shop, 7)
            // Counted again: the same number at another time.
            try await shop.stock("ber", [("A", 7)], at: "2026-11-21T06:00:00Z")
            // Gone and back before anybody could be told.
            for (id, delta) in [("x", -2), ("y", 2)] as [(String, Int64)] {
                try await shop.accepted(
                    "stock.adjusted",
                    [
                        "location": "ber", "adjustmentId": .string(id), "sku": "A", "delta": .integer(delta), "reason": "found",
                        "occurredAt": "2026-11-22T06:00:00Z",
                    ]
                )
            }
            try await shop.stock("ber", [("B", 1)])
            try await eventually("another SKU is told of") { try shop.events("stock.changed").last?["data"]["sku"] == "B" }
            let told = try shop.events("stock.changed").filter { $0["data"]["sku"] == "A" }
            #expect(told.last?["data"]["available"] == 7)
            #expect(told.count <= 3, "\(told.count)")
        }
    }
}
