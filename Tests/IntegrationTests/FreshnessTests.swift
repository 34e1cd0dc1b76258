import Commerce
import Postgres
import TestSupport
import Testing
import Workers

/// Locations whose feeds are late, and feeds that are out of the ordinary.
@Suite(.timeLimit(.minutes(15)))
struct FreshnessTests {
    private static let network: Commerce.Network = {
        var network = ShopNetwork.standard
        network.suppliers[0].feedIntervalMinutes = 60
        return network
    }()

    private static let settings = NetworkSettings(freshness: FreshnessRule(bufferPercentPerMiss: 10, dropAfterMisses: 4))

    @Test func a_late_location_sells_less_then_nothing_and_comes_back_with_its_feed() async throws {
        try await withShop(network: Self.network) { shop in
            // Two processes watch: each step is taken once.
            let rival = try shop.work([.stock])
            try await shop.configure(Self.settings, ["freshness"])
            try await shop.stock("ber", [("A", 100)])
            try await shop.told("A", 100)
            try await shop.age("ber", minutes: 130)
            let late = try await shop.event("location.feed_late")
            #expect(late["location"] == "ber")
            #expect(late["missedIntervals"] == 2)
            #expect(late["bufferPercent"] == 20)
            #expect(late["intervalMinutes"] == 60)
            try await shop.told("A", 80)
            let (many, few) = (Order("many", of: "A", 81), Order("few", of: "A", 1))
            try await shop.place(many)
            try await shop.event("order.backordered", of: many)

            try await shop.age("ber", minutes: 250)
            let dropped = try await shop.event("location.dropped")
            #expect(dropped["missedIntervals"] == 4)
            try await shop.told("A", 0)
            try await shop.place(few)
            try await shop.event("order.backordered", of: few)

            try await shop.stock("ber", [("A", 100)])
            let restored = try await shop.event("location.restored")
            #expect(restored["missedIntervals"] == 0)
            _ = try await shop.sourced(many)
            _ = try await shop.sourced(few)
            try await shop.told("A", 18)
            let steps = try shop.listener.events.filter { $0.type.hasPrefix("location.") }.map { try $0.json()["id"] }
            #expect(steps == ["location/ber/1", "location/ber/2", "location/ber/3"])
            let record = try await shop.query("SELECT feeds, late_feeds, lateness FROM location_freshness").only()
            #expect(try record.int8(0) == 2)
            #expect(try record.int8(1) == 1)
            #expect(try record.double(2) > 0.6)
            // Those that never had a feed are not late.
            #expect(try await shop.count("location_freshness") == 1)
            try await rival.stop()
        }
    }

    @Test func a_drop_is_told_in_pieces() async throws {
        try await withShop(network: Self.network, hearing: ["location.#", "stock.changed"]) { shop in
            try await shop.configure(Self.settings, ["freshness"])
            try await shop.stock("ber", (0..<2_500).map { ("S\($0)", 3) })
            try await shop.told("S2499", 3)
            try await shop.age("ber", minutes: 1_000)
            try await shop.event("location.dropped")
            try await eventually("storefronts hear of every SKU", within: .seconds(240)) {
                try shop.events("stock.changed").count { $0["data"]["available"] == 0 } == 2_500
            }
        }
    }

    @Test func gaps_repeats_and_jumps_are_counted_and_told() async throws {
        try await withShop { shop in
            let counts: [(String, Int64)] = [("A", 200), ("B", 200), ("C", 200), ("D", 10)]
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 1, mode: "full", counts))
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 2, mode: "full", counts))
            #expect(try shop.events("feed.suspicious").isEmpty)
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 5, mode: "full", counts))
            let gap = try await shop.event("feed.suspicious")
            #expect(gap["kind"] == "gap")
            #expect(gap["expectedSequence"] == 3)
            #expect(gap["sequence"] == 5)
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 4, mode: "full", [("A", 1)]))
            #expect(try await shop.event("feed.suspicious", count: 2)["kind"] == "repeat")
            // The very same again is no more than a redelivery.
            try await shop.accepted("stock.reported", shop.feed("ber", sequence: 5, mode: "full", counts))
            // In two parts, one SKU is gone, one is far too many; what is small, and what nobody knew, is not told.
            try await shop.accepted(
                "stock.reported",
                shop.feed("ber", sequence: 6, mode: "full", part: 1, of: 2, [("A", 900), ("D", 100)])
            )
            try await shop.accepted(
                "stock.reported",
                shop.feed("ber", sequence: 6, mode: "full", part: 2, of: 2, [("B", 190), ("E", 9_000)])
            )
            let jump = try await shop.event("feed.suspicious", count: 3)
            #expect(jump["kind"] == "jump")
            #expect(jump["skus"] == 2)
            #expect(jump["sequence"] == 6)
            let record = try await shop.query("SELECT gaps, repeats, jumps FROM location_freshness").only()
            #expect(try [record.int8(0), record.int8(1), record.int8(2)] == [1, 1, 2])
            let (status, output) = try await shop.oms(["stock", "feed", "list"])
            #expect(status == 0 && output.contains("in time") && output.contains("1, 1, 2"), "\(output)")
            let json = try JSON(Array(try await shop.oms(["stock", "feed", "list", "--json"]).output.utf8))
            #expect(json["location"] == "ber" && json["jumps"] == 2 && json["feeds"] == 4, "\(json.text())")
        }
    }
}
