import Messages
import RabbitMQ
import TestSupport
import Testing
import Workers

/// Locations come and change while everything runs.
@Suite(.timeLimit(.minutes(15)))
struct LocationTests {
    private func location(_ id: String, name: String, at time: String, queue: Bool = false, active: Bool = true) -> JSON {
        [
            "location": .string(id), "name": .string(name), "country": "DE", "updatedAt": .string(time), "queue": .bool(queue),
            "active": .bool(active),
        ]
    }

    @Test func the_newest_definition_wins_in_whatever_order_they_come() async throws {
        try await withShop { shop in
            try await shop.accepted("location.defined", location("new", name: "second", at: "2026-11-22T06:00:00Z"))
            try await shop.accepted("location.defined", location("new", name: "first", at: "2026-11-22T05:00:00Z"))
            #expect(try await shop.number("SELECT count(*) FROM location WHERE id = 'new' AND definition LIKE '%second%'") == 1)
            try await shop.accepted("location.defined", location("new", name: "third", at: "2026-11-22T07:00:00Z"))
            #expect(try await shop.number("SELECT count(*) FROM location WHERE id = 'new' AND definition LIKE '%third%'") == 1)
        }
    }

    @Test func a_location_with_a_queue_gets_its_parcels_there() async throws {
        try await withShop { shop in
            try await shop.accepted("location.defined", location("robot", name: "Robot", at: "2026-11-22T06:00:00Z", queue: true))
            try await shop.stock("robot", [("A", 5)])
            let order = Order("1", of: "A", 2)
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.accepted("order.cancelled", shop.cancellation(order))
            let consumer = try await Consumer.connect(
                BrokerConfiguration(urls: shop.brokerURL),
                queue: "oms.location.robot",
                prefetch: 10,
                logger: quiet
            )
            var received: [JSON] = []
            while received.count < 2 {
                let batch = try await consumer.nextBatch(maxMessages: 10, maxBytes: 1 << 20)
                received += try batch.map { try JSON($0.body) }
                try await consumer.ack(batch)
            }
            await consumer.close()
            #expect(received.map { $0["type"].string } == ["fulfillment.requested", "fulfillment.cancelled"])
            #expect(received.allSatisfy { $0["data"]["fulfillmentId"].string == parcel.id })
        }
    }

    @Test func a_lost_location_queue_is_made_again_and_gets_what_it_is_owed() async throws {
        // Where nobody else listens to the parcels: the broker tells of a message that no queue took, not of one that some queue missed.
        try await withShop(hearing: ["order.sourced"]) { shop in
            try await shop.accepted("location.defined", location("robot", name: "Robot", at: "2026-11-22T06:00:00Z", queue: true))
            try await shop.stock("robot", [("A", 5)])
            _ = try await shop.link.publisher().delete(queue: "oms.location.robot")
            let order = Order("1", of: "A", 2)
            try await shop.place(order)
            _ = try await shop.sourced(order)
            try await eventually("the queue is there again, with the parcel", within: .seconds(240)) {
                (try? await shop.waiting(in: "oms.location.robot")) ?? 0 > 0
            }
        }
    }

    @Test func a_location_that_was_switched_off_ships_nothing_new() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5)])
            try await shop.accepted("location.defined", location("ber", name: "Berlin", at: "2026-11-22T06:00:00Z", active: false))
            let order = Order("1", of: "A")
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            try await shop.stock("ham", [("A", 5)])
            #expect(try await shop.sourced(order).map(\.location) == ["ham"])
        }
    }
}
