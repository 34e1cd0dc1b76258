import Glibc
import Messages
import Postgres
import RabbitMQ
import Store
import TestSupport
import Testing
import Workers

/// `kill -9` anywhere: nothing is lost, and nothing happens twice.
@Suite(.timeLimit(.minutes(15)))
struct KillTests {
    @Test func workers_killed_again_and_again_lose_nothing_and_double_nothing() async throws {
        try await withShop([]) { shop in
            let skus = (1...20).map { "SKU-\($0)" }
            var children = [try shop.child(), try shop.child()]
            try await shop.stock("ber", skus.map { ($0, 1_000) })
            let orders = (0..<2_000).map { number in Order("\(number)", of: skus[number % skus.count], Int64(number % 3 + 1)) }
            try await shop.place(orders)

            // Two workers, of which one is killed each time another part of the work is done: in the middle of something, always.
            var kills = 0
            func killWhile(_ what: String, of total: Int64) async throws {
                var last: Int64 = 0
                try await eventually("\(what) has \(total) rows", within: .seconds(240)) {
                    let done = try await shop.count(what)
                    if done >= total { return true }
                    if done - last > total / 5 {
                        last = done
                        children[kills % 2].send(SIGKILL)
                        #expect(try await children[kills % 2].wait() == .signaled(SIGKILL))
                        children[kills % 2] = try shop.child()
                        kills += 1
                    }
                    return false
                }
            }
            try await killWhile("fulfillment", of: 2_000)
            try await shop.publish(
                try await parcels(shop).map { shop.message("shipment.dispatched", Array(shop.dispatched($0).text().utf8)) }
            )
            try await killWhile("invoice", of: 2_000)
            #expect(kills >= 4)
            try await shop.everythingTold(within: .seconds(240))

            #expect(try await shop.count("orders") == 2_000)
            #expect(try await shop.count("fulfillment") == 2_000)
            #expect(try await shop.count("shipment") == 2_000)
            #expect(try await shop.count("invoice") == 2_000)
            #expect(try await shop.count("dead_letter") == 0)
            let sold = orders.reduce(0) { $0 + $1.lines[0].quantity }
            #expect(try await shop.number("SELECT sum(on_hand)::bigint FROM stock") == 20_000 - sold)
            #expect(try await shop.number("SELECT sum(reserved)::bigint FROM stock") == 0)
            for child in children { #expect(try await child.end() == .exited(0)) }
            #expect(try await shop.count("dead_letter") == 0, "a worker that is told to stop refuses nothing")
        }
    }

    private func parcels(_ shop: Shop) async throws -> [Parcel] {
        try await shop.query("SELECT fulfillment_key, line, quantity FROM fulfillment_line ORDER BY 1, 2").map { row in
            Parcel(id: "F\(try row.int8(0))", location: "", lines: [.init(lineID: "\(try row.int4(1) + 1)", quantity: try row.int8(2))])
        }
    }

    @Test func a_worker_killed_between_commit_and_acknowledgement_repeats_without_effect() async throws {
        try await withShop([]) { shop in
            // The reply goes out in a transaction of its own, after the order's: there the test holds the worker.
            let owner = PostgresSession(try PostgresConfiguration(url: shop.ownerURL), logger: quiet)
            try await owner.script(
                """
                CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF NEW.messages = 1 THEN PERFORM pg_advisory_xact_lock_shared(42); END IF; RETURN NEW; END $$;
                CREATE TRIGGER hold BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION hold();
                SELECT pg_advisory_lock(42);
                """
            )
            let child = try shop.child(["intake"])
            let order = Order("1", of: "A")
            let reply = Task { try await shop.ask("order.placed", order.body, messageID: "m-1", within: .seconds(240)) }
            try await eventually("the worker is held after its commit", within: .seconds(240)) {
                try await shop.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 42") == 1
            }
            #expect(try await shop.count("orders") == 1)
            child.send(SIGKILL)
            #expect(try await child.wait() == .signaled(SIGKILL))
            try await owner.script("SELECT pg_advisory_unlock(42)")
            await owner.close()

            let next = try shop.child()
            #expect(try await reply.value == ["accepted": true, "id": "1"])
            try await shop.event("order.backordered", of: order)
            #expect(try await shop.count("orders") == 1)
            #expect(try await shop.number("SELECT event_sequence FROM orders") == 2)
            try await shop.everythingTold()
            #expect(try await next.end() == .exited(0))
        }
    }

    @Test func what_a_dead_worker_owed_is_published_by_the_relay() async throws {
        try await withShop([.relay]) { shop in
            // As a worker leaves it that was killed after its commit.
            try await shop.session.write { tx in
                let message = OutboxMessage(
                    exchange: "",
                    routingKey: Listener.replyQueue,
                    type: "reply",
                    messageID: "reply-1",
                    correlationID: "owed",
                    body: Array(#"{"accepted":true}"#.utf8)
                )
                try OutboxStore.insert([message], in: tx)
                try tx.execute("UPDATE outbox SET claimed_at = now() - interval '6 seconds'")
            }
            try await eventually("the message is published") { shop.listener.replies(to: "owed") == [["accepted": true]] }
            try await eventually("nothing is owed any more") { try await shop.count("outbox") == 0 }
        }
    }

    @Test func a_worker_told_to_stop_finishes_what_it_holds() async throws {
        // Nobody else publishes what it leaves: there is no relay.
        try await withShop([]) { shop in
            let orders = (0..<600).map { Order("\($0)", of: "A") }
            let child = try shop.child(["intake", "sourcing"])
            try await shop.place(orders)
            try await eventually("it is at work", within: .seconds(240), every: .milliseconds(2)) { try await shop.count("orders") > 0 }
            #expect(try await child.end() == .exited(0))
            #expect(child.output.contains("worker stopped"))
            #expect(try await shop.count("outbox") == 0, "everything committed is published")
            let next = try shop.child(["intake", "sourcing"])
            try await eventually("the rest is done by another") {
                try await shop.number("SELECT count(*) FROM orders WHERE status = 3") == 600
            }
            #expect(try await next.end() == .exited(0))
        }
    }

    @Test func what_dead_workers_held_is_handled_one_by_one_and_holds_nobody_up() async throws {
        try await withShop([]) { shop in
            // Two workers took these and died; whoever takes them now must think that one of them kills.
            let publisher = try await shop.link.publisher()
            var properties = MessageProperties()
            properties.type = "availability"
            let message = OutgoingMessage(
                exchange: "",
                routingKey: WorkQueue.availability.name,
                mandatory: true,
                properties: properties,
                body: WorkMessage.availability(skus: [1]).json()
            )
            _ = try await publisher.publish(Array(repeating: message, count: 60))
            let broker = try BrokerConfiguration(urls: shop.brokerURL, name: "test")
            for _ in 0..<2 {
                let consumer = try await Consumer.connect(broker, queue: WorkQueue.availability.name, prefetch: 100, logger: quiet)
                var taken = 0
                while taken < 60 { taken += try await consumer.nextBatch(maxMessages: 100, maxBytes: 1 << 20).count }
                await consumer.close()
            }
            let child = try shop.child(["stock"])
            try await shop.stock("ber", [("A", 5)])
            try await shop.event("stock.changed", within: .seconds(240))
            child.send(SIGTERM)
            #expect(try await child.wait(within: .seconds(240)) == .exited(0), "\(child.output.suffix(2_000))")
            #expect(try await shop.waiting(in: WorkQueue.availability.name) == 0, "all are settled")
        }
    }
}
