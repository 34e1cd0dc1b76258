import Commerce
import Postgres
import Store
import TestSupport
import Testing

/// A location does not answer in its time.
@Suite(.timeLimit(.minutes(15)))
struct UnansweredTests {
    @Test func a_request_without_an_answer_is_taken_back_and_sourced_elsewhere() async throws {
        try await withShop { shop in
            try await shop.setRules(answerWithinMinutes: 60)
            try await shop.stock("ber", [("A", 9)])
            try await shop.stock("ham", [("A", 9)])
            let orders = (1...3).map { Order("\($0)", of: "A") }
            var parcels: [Parcel] = []
            for order in orders {
                try await shop.place(order)
                parcels.append(try #require(try await shop.sourced(order).first))
            }
            try await shop.accepted("fulfillment.accepted", shop.acceptance(parcels[1]))
            try await shop.age(parcels[0], minutes: 61)
            try await shop.age(parcels[1], minutes: 61)
            try await shop.age(parcels[2], minutes: 58)
            let taken = try await shop.event("fulfillment.cancelled", of: orders[0])
            #expect(taken["reason"] == "no_answer" && taken["location"] == "ber")
            #expect(taken["lines"] == [["lineId": "1", "sku": "A", "quantity": 1]])
            #expect(try await shop.sourced(orders[0], count: 2).first?.location == "ham")
            #expect(try shop.events("fulfillment.cancelled").count == 1, "one has answered, the other has two minutes")
            #expect(try await shop.level("A", at: "ber") == (9, 2))
        }
    }

    @Test func a_location_has_its_own_time() async throws {
        try await withShop { shop in
            try await shop.session.write { tx in
                _ = try NetworkStore.apply(
                    ShopNetwork.standard,
                    terms: ["ham": LocationTerms(answerWithinMinutes: 30)],
                    content: "",
                    in: tx
                )
            }
            try await shop.stock("ber", [("A", 1)])
            try await shop.stock("ham", [("B", 1)])
            let (patient, hasty) = (Order("1", of: "A"), Order("2", of: "B"))
            for order in [patient, hasty] {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            try await shop.age(minutes: 10_000)
            #expect(try await shop.event("fulfillment.cancelled", of: hasty)["location"] == "ham")
            try await shop.event("order.backordered", of: hasty)
            #expect(try await shop.status(patient) == 5)
        }
    }

    @Test func an_answer_that_comes_too_late_loses_and_is_told() async throws {
        try await withShop { shop in
            try await shop.setRules(answerWithinMinutes: 60)
            try await shop.stock("ber", [("A", 9), ("B", 9)])
            try await shop.stock("ham", [("A", 9), ("B", 9)])
            let (yes, no) = (Order("yes", of: "A"), Order("no", of: "B", 2))
            var parcels: [Parcel] = []
            for order in [yes, no] {
                try await shop.place(order)
                parcels.append(try #require(try await shop.sourced(order).first))
            }
            try await shop.age(minutes: 61)
            let second = try #require(try await shop.sourced(yes, count: 2).first)
            _ = try await shop.sourced(no, count: 2)
            // Twice each: told once.
            for _ in 0..<2 {
                try await shop.accepted("fulfillment.accepted", shop.acceptance(parcels[0]))
                try await shop.accepted("fulfillment.rejected", shop.rejection(parcels[1], "out_of_stock"))
            }
            let accepted = try await shop.event("fulfillment.late_answer", of: yes)
            #expect(accepted["answer"] == "accepted" && accepted["location"] == "ber")
            #expect(accepted["fulfillmentId"].string == parcels[0].id)
            #expect(try await shop.event("fulfillment.late_answer", of: no)["answer"] == "rejected")
            #expect(try shop.events("fulfillment.late_answer").count == 2)
            // What it says of its stock is true all the same.
            #expect(try await shop.number("SELECT count(*) FROM stock WHERE withheld > 0") == 1)
            #expect(try await shop.number("SELECT count(*) FROM fulfillment") == 4, "no parcel is doubled")
            // Goods that leave late all the same are on no invoice.
            try await shop.dispatch(parcels[0])
            try await shop.event("shipment.unexpected", of: yes)
            try await shop.dispatch(second)
            try await shop.event("order.completed", of: yes)
            try await shop.event("invoice.issued", of: yes)
            #expect(try await shop.count("invoice") == 1)
            #expect(try await shop.desk().isEmpty)
        }
    }

    @Test func time_outs_race_with_dispatches_and_cancellations() async throws {
        try await withShop(lanes: 2) { shop in
            let rival = try shop.work(lanes: 2)
            try await shop.setRules(answerWithinMinutes: 60, maximumRounds: 3)
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 1_000), ("B", 1_000)]) }
            let orders = (0..<240).map { Order("\($0)", [("A", 1), ("B", 2)]) }
            try await shop.place(orders)
            try await eventually("all are sourced", within: .seconds(240)) { try await shop.count("fulfillment") == 240 }
            let parcels = try await RaceTests.parcels(shop)
            var random = SplitMix64(seed: 20_261_125)
            let messages = parcels.enumerated().map { index, parcel in
                let (type, body): (String, JSON) =
                    switch index % 4 {
                    case 0: ("shipment.dispatched", shop.dispatched(parcel))
                    case 1: ("order.cancelled", shop.cancellation(orders[index]))
                    case 2: ("fulfillment.accepted", shop.acceptance(parcel))
                    default: ("fulfillment.rejected", shop.rejection(parcel, "damaged", [("2", 1)]))
                    }
                return shop.message(type, Array(body.text().utf8))
            }
            // Their time is up one after the other, while they are answered.
            try await shop.session.write { tx in
                try tx.execute(
                    "UPDATE fulfillment SET created_at = clock_timestamp() - interval '1 hour' + key % 240 * interval '20 milliseconds'"
                )
            }
            let mixed = messages.shuffled(using: &random)
            for start in stride(from: 0, to: mixed.count, by: 12) {
                try await shop.publish(Array(mixed[start..<min(start + 12, mixed.count)]))
                try await eventually("they are taken") { try await shop.waiting(in: "oms.fulfillment") == 0 }
            }
            try await eventually("whatever came too late is taken back", within: .seconds(240), every: .milliseconds(200)) {
                try await shop.number("SELECT count(*) FROM fulfillment WHERE status = 1 AND created_at < now() - interval '1 hour'") == 0
            }
            try await eventually("all messages are handled", within: .seconds(240), every: .milliseconds(200)) {
                try await shop.waiting(in: "oms.fulfillment") == 0
            }
            try await eventually("all is decided", within: .seconds(240), every: .milliseconds(200)) {
                try await shop.number("SELECT count(*) FROM waiting_line") == 0
            }
            #expect(try await shop.number("SELECT count(*) FROM stock WHERE reserved > on_hand") == 0)
            let codes = Set(try await shop.desk().map(\.code))
            #expect(codes.isSubset(of: ["not_cancellable", "wrong_state"]), "\(codes)")
            try await RaceTests.expectNoDeadlock(shop)
            try await shop.everythingTold()
            try await rival.stop()
        }
    }
}
