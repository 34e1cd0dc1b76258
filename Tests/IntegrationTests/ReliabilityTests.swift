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
            let scores = try await shop.session.read { tx in
                try ReliabilityStore.scores(at: try #require(records.values.first?.updatedAt), in: tx)
            }
            #expect(Array(scores.values) == [824])
            let list = try await shop.oms(["location", "reliability", "--json"])
            let lines = try list.output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
            #expect(list.status == 0 && lines.count == 3, "\(list.output)")
            let ber = try #require(lines.first { $0["location"] == "ber" })
            #expect(ber["score"] == 824 && ber["total"]["refused"] == 2 && ber["total"]["short"] == 1)
            #expect(lines.first { $0["location"] == "muc" }?["score"] == 1_000)
            let table = try await shop.oms(["location", "reliability"])
            #expect(table.status == 0 && table.output.contains("824"))
        }
    }
}
