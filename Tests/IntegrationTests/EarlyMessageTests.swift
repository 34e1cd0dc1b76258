import Messages
import RabbitMQ
import TestSupport
import Testing
import Workers

/// What names something that is not there yet waits, and is done when it is there.
@Suite(.timeLimit(.minutes(15)))
struct EarlyMessageTests {
    @Test func messages_before_what_they_name_are_done_once_it_is_there() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10), ("B", 10)])
            let cancelled = Order("1", of: "A", 2)
            let shipped = Order("2", of: "B", 3)
            let paid = Order("3", of: "B").with {
                $0.payments = [["paymentId": "p-1", "method": "card", "status": "pending", "amount": 1_000]]
            }
            // Nothing of this is there yet. The first parcel's key will be the first.
            let early: [(String, JSON)] = [
                ("order.cancelled", shop.cancellation(cancelled)),
                ("payment.authorized", shop.payment(paid, "t-1")),
                ("shipment.dispatched", shop.dispatched(Parcel(id: "F1", location: "ber", lines: [.init(lineID: "1", quantity: 3)]))),
                ("fulfillment.accepted", ["fulfillmentId": "F1", "occurredAt": "2026-11-22T12:00:00Z"]),
                ("stock.reported", shop.feed("later", sequence: 1, [("C", 5)])),
                (
                    "stock.adjusted",
                    ["location": "later", "adjustmentId": "a", "sku": "C", "delta": 1, "reason": "r", "occurredAt": "2026-11-22T12:00:00Z"]
                ),
            ]
            let replies = early.map { type, body in Task { (type, try await shop.ask(type, body, within: .seconds(240))) } }
            try await eventually("all of them wait in the retry queue") {
                try await shop.waiting(in: RetryDelay.fiveSeconds.queue) == early.count
            }
            try await shop.place(shipped)
            #expect(try await shop.sourced(shipped).first?.id == "F1")
            try await shop.place(cancelled)
            try await shop.place(paid)
            try await shop.accepted(
                "location.defined",
                ["location": "later", "name": "Later", "country": "DE", "updatedAt": "2026-11-22T05:00:00Z"]
            )
            for reply in replies {
                let (type, answer) = try await reply.value
                #expect(answer["accepted"] == true, "\(type): \(answer.text())")
            }
            try await shop.event("order.cancelled", of: cancelled)
            try await shop.event("invoice.issued", of: shipped)
            _ = try await shop.sourced(paid)
            #expect(try await shop.level("C", at: "later").onHand == 6)
            #expect(try await shop.desk().isEmpty)
        }
    }

    @Test func the_last_try_ends_at_the_desk() async throws {
        try await withShop { shop in
            var message = shop.message(
                "order.cancelled",
                Array(shop.cancellation(Order("nowhere", of: "A")).text().utf8),
                messageID: "m-1",
                correlationID: "c-1"
            )
            // As it comes back from the last of its sixteen waits.
            message.properties.headers = [
                RetryHeader.attempt: .int(Int64(RetryPlan.standard.waits)), RetryHeader.routingKey: .string("order.cancelled"),
            ]
            message.exchange = ""
            message.routingKey = "oms.fulfillment"
            try await shop.publish([message])
            let entry = try #require(try await shop.desk(has: 1).first)
            #expect(entry.code == "unknown_order")
            #expect(entry.type == "order.cancelled")
            try await eventually("the sender is told") { shop.listener.replies(to: "c-1").first?["code"] == "unknown_order" }
        }
    }
}
