import Foundation
import Postgres
import TestSupport
import Testing
import Workers

/// Suppliers' counts: in parts, late, again, abandoned.
@Suite(.timeLimit(.minutes(15)))
struct FeedTests {
    @Test func a_full_feed_zeroes_what_no_part_named_once_all_parts_are_in() async throws {
        try await withShop { shop in
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 1, mode: "full", [("A", 1), ("B", 2), ("C", 3)]))
            // Parts in any order; each applies when it arrives.
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 2, mode: "full", part: 3, of: 3, [("D", 40)]))
            #expect(try await shop.level("D", at: "ber").onHand == 40)
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 2, mode: "full", part: 1, of: 3, [("A", 10)]))
            #expect(try await shop.level("B", at: "ber").onHand == 2)
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 2, mode: "full", part: 2, of: 3, []))
            #expect(try await shop.level("A", at: "ber").onHand == 10)
            #expect(try await shop.level("B", at: "ber").onHand == 0)
            #expect(try await shop.level("C", at: "ber").onHand == 0)
            #expect(try await shop.level("D", at: "ber").onHand == 40)
            // A partial feed leaves alone what it does not name; so does another location's.
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 3, [("B", 7)]))
            try await shop.accepted("stock.reported", shop.feed("ham", sequence: 1, mode: "full", [("B", 1)]))
            #expect(try await shop.level("A", at: "ber").onHand == 10)
            #expect(try await shop.level("B", at: "ber").onHand == 7)
        }
    }

    @Test func stale_feeds_are_without_effect_and_newer_ones_abandon_incomplete_ones() async throws {
        try await withShop { shop in
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 5, mode: "full", [("A", 5)]))
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 4, mode: "full", [("A", 4), ("B", 4)]))
            #expect(try await shop.level("A", at: "ber").onHand == 5)
            #expect(try await shop.level("B", at: "ber").onHand == 0)
            #expect(try await shop.number("SELECT stale FROM feed") == 1)
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 6, mode: "full", part: 1, of: 2, [("B", 6)]))
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 7, mode: "full", part: 1, of: 2, [("C", 7)]))
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 6, mode: "full", part: 2, of: 2, [("B", 66)]))
            #expect(try await shop.number("SELECT abandoned FROM feed") == 1)
            #expect(try await shop.level("A", at: "ber").onHand == 5, "an abandoned feed zeroes nothing")
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 7, mode: "full", part: 2, of: 2, []))
            #expect(try await shop.level("A", at: "ber").onHand == 0)
            #expect(try await shop.level("B", at: "ber").onHand == 0)
            #expect(try await shop.level("C", at: "ber").onHand == 7)
            try await shop.refused("stock.reported", shop.feed("ber", sequence: 7, mode: "full", part: 1, of: 3, [("C", 7)]), "conflict")
        }
    }

    @Test func a_late_feed_brings_no_sold_goods_back_and_a_late_dispatch_is_not_subtracted_twice() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)], at: "2026-11-20T06:00:00Z")
            let order = Order("1", of: "A", 4)
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            // Two units left at nine; the count of eight still has them.
            try await shop.accepted("shipment.dispatched", shop.dispatched(parcel, as: "s-1", [("1", 2)], at: "2026-11-20T09:00:00Z"))
            try await shop.stock("ber", [("A", 10)], at: "2026-11-20T08:00:00Z")
            #expect(try await shop.level("A", at: "ber") == (8, 2))
            // Two more left at ten, which is told late: the count of eleven has seen it.
            try await shop.stock("ber", [("A", 6)], at: "2026-11-20T11:00:00Z")
            try await shop.accepted("shipment.dispatched", shop.dispatched(parcel, as: "s-2", [("1", 2)], at: "2026-11-20T10:00:00Z"))
            #expect(try await shop.level("A", at: "ber") == (6, 0))
            // At the very moment of the count: after it.
            let adjustment: JSON = [
                "location": "ber", "adjustmentId": "a", "sku": "A", "delta": 1, "reason": "Found", "occurredAt": "2026-11-20T11:00:00Z",
            ]
            try await shop.accepted("stock.adjusted", adjustment)
            #expect(try await shop.level("A", at: "ber").onHand == 7)
        }
    }

    @Test func a_count_below_what_is_promised_is_told_and_not_made_worse() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5)])
            let order = Order("1", of: "A", 5)
            try await shop.place(order)
            _ = try await shop.sourced(order)
            try await shop.stock("ber", [("A", 2)])
            let told = try await shop.event("stock.shortfall")
            #expect(told["sku"] == "A")
            #expect(told["locations"] == [["location": "ber", "available": -3]])
            try await shop.place(Order("2", of: "A"))
            try await shop.event("order.backordered", of: Order("2", of: "A"))
            #expect(try await shop.level("A", at: "ber") == (2, 5))
        }
    }

    @Test func a_supplier_may_start_again_after_a_reset() async throws {
        try await withShop { shop in
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 1, mode: "full", [("A", 1), ("B", 1)]))
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 9, [("A", 9)]))
            let (status, output) = try await shop.oms(["stock", "feed", "reset", "ber"])
            #expect(status == 0, "\(output)")
            // What was counted under the same number in the life before is not named by this feed.
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 1, mode: "full", [("A", 3)]))
            #expect(try await shop.level("A", at: "ber").onHand == 3)
            #expect(try await shop.level("B", at: "ber").onHand == 0)
            #expect(try await shop.oms(["stock", "feed", "reset", "nowhere"]).status != 0)
        }
    }

    @Test func parts_that_two_workers_apply_at_once_make_one_feed() async throws {
        try await withShop(lanes: 2, hearing: []) { shop in
            let rival = try shop.work([.stock], lanes: 2)
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 1, mode: "full", (0..<400).map { ("S\($0)", 9) }))
            for sequence in 2...4 as ClosedRange<Int64> {
                // Every feed names other SKUs; every one of the others is gone.
                var parts: [JSON] = []
                for part in 1...20 as ClosedRange<Int64> {
                    let first = sequence * 1_000 + part * 10
                    let counts = (first..<first + 10).map { ("S\($0)", sequence) }
                    parts.append(shop.feed("ber", sequence: sequence, mode: "full", part: part, of: 20, counts))
                }
                try await shop.publish(parts.shuffled().map { shop.message("stock.reported", Array($0.text().utf8)) })
                try await eventually("the feed is complete") {
                    try await shop.number("SELECT count(*) FROM feed WHERE sequence = $1 AND completed_at IS NOT NULL", [.int8(sequence)])
                        == 1
                }
                #expect(try await shop.number("SELECT sum(on_hand)::bigint FROM stock") == 200 * sequence)
                #expect(try await shop.number("SELECT count(*) FROM stock WHERE on_hand > 0") == 200)
            }
            try await rival.stop()
        }
    }

    @Test func storefronts_hear_the_last_state_at_most_once_a_second() async throws {
        try await withShop { shop in
            let rival = try shop.work([.stock])
            try await shop.stock("ham", [("A", 5)])
            for count in 1...40 as ClosedRange<Int64> { try await shop.stock("ber", [("A", count)]) }
            let order = Order("1", of: "A", 3)
            try await shop.place(order)
            try await eventually("the last state is told") {
                try shop.events("stock.changed").last?["data"]["available"] == 42
            }
            let last = try #require(try shop.events("stock.changed").last)
            #expect(last["data"]["sku"] == "A")
            #expect(last["data"]["locations"] == [["location": "ber", "available": 37], ["location": "ham", "available": 5]])
            let moments = try shop.events("stock.changed").compactMap { $0["time"].string }.compactMap {
                try? Date($0, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            }.sorted()
            #expect(moments.count == (try shop.events("stock.changed").count))
            for (earlier, later) in zip(moments, moments.dropFirst()) {
                #expect(later.timeIntervalSince(earlier) > 0.99, "\(moments)")
            }
            try await rival.stop()
        }
    }
}
