import Commerce
import Postgres
import Store
import TestSupport
import Testing

/// The system measures how far its locations can be relied on.
@Suite(.timeLimit(.minutes(15)))
struct ReliabilityTests {
    @Test func what_becomes_of_parcels_counts_for_their_locations() async throws {
        try await withShop { shop in
            try await shop.setRules(answerWithinMinutes: 60)
            try await shop.stock("ber", [("A", 100)])
            try await shop.stock("ham", [("A", 100)])
            // Of five parcels: two shipped, one refused, one short, one not answered; one more is cancelled and tells nothing.
            let orders = (1...6).map { Order("\($0)", of: "A", 2) }
            var parcels: [Parcel] = []
            for order in orders {
                try await shop.place(order)
                parcels.append(try #require(try await shop.sourced(order).first))
            }
            #expect(parcels.allSatisfy { $0.location == "ber" })
            try await shop.dispatch(parcels[0])
            try await shop.dispatch(parcels[1])
            try await shop.reject(parcels[2], "capacity")
            try await shop.reject(parcels[3], "capacity", [("1", 1)])
            try await shop.dispatch(parcels[3], [("1", 1)])
            try await shop.accepted("order.cancelled", shop.cancellation(orders[5]))
            try await shop.age(parcels[4], minutes: 61)
            try await shop.event("fulfillment.cancelled", of: orders[4])
            let records = try await eventuallyValue("five parcels are judged") {
                let rows = try await shop.session.read { tx in try ReliabilityStore.all(in: tx) }
                return rows.values.contains { $0.total.parcels == 5 } ? rows : nil
            }
            #expect(records.count == 1)
            let total = try #require(records.values.first?.total)
            #expect(total == VerdictTally(parcels: 5, refused: 2, short: 1, answeredLate: 1, dispatchedLate: 0))
            let (network, scores) = try await shop.session.read { tx in
                let network = try NetworkStore.load(in: tx)
                return (network, network.supplierScores(records, at: try #require(records.values.first?.updatedAt)))
            }
            // Its supplier's: (15 × 823.8 + 10 × 1000 + 10 × 1000) / 35.
            #expect(scores.count == network.locations.count && Set(scores.values) == [924])
            let list = try await shop.oms(["location", "reliability", "--json"])
            let lines = try list.output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
            #expect(list.status == 0 && lines.count == 3, "\(list.output)")
            let ber = try #require(lines.first { $0["location"] == "ber" })
            #expect(ber["supplierScore"] == 924 && ber["supplier"] == "acme")
            #expect(ber["score"] == 824 && ber["total"]["refused"] == 2 && ber["total"]["short"] == 1)
            #expect(lines.first { $0["location"] == "muc" }?["score"] == 1_000)
            let table = try await shop.oms(["location", "reliability"])
            #expect(table.status == 0 && table.output.contains("acme: score 924") && table.output.contains(" 824 "), "\(table.output)")
            #expect(table.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(table.output)")
        }
    }

    @Test func feeds_that_come_late_or_not_at_all_count_for_their_location_and_its_supplier() async throws {
        var network = ShopNetwork.standard
        network.suppliers[0].feedIntervalMinutes = 60
        try await withShop(network: network) { shop in
            // Nothing was owed before the first one.
            try await shop.stock("ber", [("A", 100)])
            // Two intervals at once went by while nobody looked: one of them counts.
            try await shop.age("ber", minutes: 130)
            _ = try await shop.feeds("a missed interval is counted") { $0.missed == 1 }
            // It was due an hour and ten minutes ago, more than one interval; the next one is in time.
            try await shop.stock("ber", [("A", 100)])
            let late = try await shop.feeds("a late feed is counted") { $0.feeds == 1 }
            #expect(late == FeedTally(feeds: 1, late: 1, missed: 1))
            try await shop.stock("ber", [("A", 100)])
            let both = try await shop.feeds("a feed in time is counted") { $0.feeds == 2 }
            #expect(both == FeedTally(feeds: 2, late: 1, missed: 1))
            // Ninety minutes after the last: half an interval late, and one is missed.
            try await shop.age("ber", minutes: 90)
            _ = try await shop.feeds("another is missed") { $0.missed == 2 }
            try await shop.stock("ber", [("A", 100)])
            _ = try await shop.feeds("it comes at last") { $0.feeds == 3 }

            // 1 + 1 + 0 + 1 + 0.5 intervals of five feeds that were owed, and ten faultless ones: 3.5 / 15, of which a quarter counts.
            let list = try await shop.oms(["location", "reliability", "--json"])
            let lines = try list.output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
            let ber = try #require(lines.first { $0["location"] == "ber" })
            // The test's own time is added to the last one.
            let score = try #require(ber["score"].integer)
            #expect((940...942).contains(score), "\(ber.text())")
            #expect(ber["total"]["feeds"] == 3 && ber["total"]["lateFeeds"] == 2 && ber["total"]["missedFeeds"] == 2, "\(ber.text())")
            // The others owe feeds only once they have sent one; their supplier has one figure: (942 + 1000 + 1000) / 3.
            let supplier = (score + 2_000) / 3
            #expect(lines.allSatisfy { abs(($0["supplierScore"].integer ?? 0) - supplier) <= 1 }, "\(list.output)")
            let report = try JSON(Array(try await shop.oms(["stock", "report", "--json"]).output.utf8))
            let acme = report["suppliers"][0]
            #expect(abs((acme["score"].integer ?? 0) - supplier) <= 1 && acme["feedAgeSeconds"].integer != nil, "\(acme.text())")
            #expect(acme["locations"].array.map { $0["score"].integer } == [score, 1_000, 1_000], "\(acme.text())")
            let page = try await shop.oms(["stock", "report"])
            #expect(page.output.contains("acme: score 98") && page.output.contains(", oldest feed "), "\(page.output)")
            #expect(page.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(page.output)")
        }
    }
}

extension Shop {
    /// Waits until what is known of the feeds of the only location that has a record is as it should be.
    fileprivate func feeds(_ what: String, _ isSo: (FeedTally) -> Bool) async throws -> FeedTally {
        try await eventuallyValue(what, within: .seconds(240)) {
            let records = try await session.read { tx in try ReliabilityStore.all(in: tx) }
            return records.values.first.map(\.totalFeeds).flatMap { isSo($0) ? $0 : nil }
        }
    }
}
