import Messages
import Postgres
import RabbitMQ
import TestSupport
import Testing
import Workers

/// A message that cannot be handled takes nobody with it.
@Suite(.timeLimit(.minutes(15)))
struct PoisonTests {
    @Test func one_poisoned_message_in_a_batch_goes_to_the_desk_alone() async throws {
        try await withShop([]) { shop in
            // A fault of ours, as it were: the database takes exception to one order.
            let owner = PostgresSession(try PostgresConfiguration(url: shop.ownerURL), logger: quiet)
            try await owner.script(
                """
                CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF NEW.id = 'poison' THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;
                CREATE TRIGGER poison BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION poison();
                """
            )
            await owner.close()
            var orders = (0..<100).map { Order("\($0)", of: "A") }
            orders[41].id = "poison"
            try await shop.place(orders)
            let worker = try shop.work()
            let entry = try #require(try await shop.desk(has: 1).first)
            #expect(entry.code == "internal_error")
            #expect(entry.orderID == "poison")
            #expect(entry.body == Array(orders[41].body.text().utf8), "its body is kept as it came")
            try await eventually("the rest is done") { try await shop.count("orders") == 99 }
            #expect(try await shop.desk().count == 1)
            try await shop.everythingTold()
            try await worker.stop()
        }
    }

    @Test func what_the_broker_gave_up_delivering_comes_to_the_desk() async throws {
        try await withShop([.relay]) { shop in
            let body = Order("1", of: "A").body
            try await shop.tell("order.placed", body, messageID: "m-1")
            // As a message that crashes whoever takes it: never acknowledged.
            let consumer = try await Consumer.connect(
                BrokerConfiguration(urls: shop.brokerURL),
                queue: "oms.intake",
                prefetch: 1,
                logger: quiet
            )
            var deliveries = 0
            // The first delivery and the twenty that the queue allows after it.
            while deliveries <= BrokerTopology.deliveryLimit {
                let batch = try await consumer.nextBatch(maxMessages: 1, maxBytes: 1 << 20)
                deliveries += batch.count
                try await consumer.reject(batch, requeue: true)
            }
            await consumer.close()
            let entry = try #require(try await shop.desk(has: 1).first)
            #expect(entry.code == "delivery_failed")
            #expect(entry.type == "order.placed")
            #expect(entry.body == Array(body.text().utf8))
            try await eventually("it is told") { try shop.events("message.rejected").count == 1 }
        }
    }

    @Test func a_lock_held_for_long_is_no_fault_of_the_message() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A")
            try await shop.stock("ber", [("A", 1)])
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            // Somebody sits on the order for longer than a worker's lock time-out of 10 s.
            let holder = PostgresSession(try PostgresConfiguration(url: shop.databaseURL), logger: quiet)
            try await holder.script("BEGIN; SELECT FROM orders FOR UPDATE")
            let reply = Task { try await shop.ask("shipment.dispatched", shop.dispatched(parcel), within: .seconds(240)) }
            let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            try await eventually("the worker waits for the lock") { try await shop.number(waiting) > 0 }
            try await eventually("it gives up", within: .seconds(240)) { try await shop.number(waiting) == 0 }
            try await holder.script("ROLLBACK")
            await holder.close()
            #expect(try await reply.value == ["accepted": true, "id": "s-1"])
            #expect(try await shop.desk().isEmpty)
        }
    }
}
