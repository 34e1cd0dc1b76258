internal import RabbitMQ
internal import Testing

@Suite(.timeLimit(.minutes(15)), .enabled(if: BrokerServer.isWanted, "OMS_BROKER_URL is not set"))
struct ConsumingTests {
    @Test func a_batch_keeps_its_bounds() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            try await publisher.declare(Topology(queues: [.init(name: "q")]))
            let bodies = (0..<40).map {
                OutgoingMessage(exchange: "", routingKey: "q", body: Array(repeating: 65, count: $0 == 0 ? 500 : 100))
            }
            _ = try await publisher.publish(bodies)
            let consumer = try await Consumer.connect(configuration, queue: "q", prefetch: 40, logger: BrokerServer.logger)
            let first = try await consumer.nextBatch(maxMessages: 10, maxBytes: 250)
            #expect(first.map(\.body.count) == [500], "a first one beyond the bound comes alone")
            var rest: [Delivery] = []
            while rest.count < 39 {
                let batch = try await consumer.nextBatch(maxMessages: 7, maxBytes: 350)
                #expect((1...3).contains(batch.count))
                rest += batch
            }
            #expect(rest.map(\.tag) == Array(2...40))
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func it_never_waits_for_a_batch_to_fill() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher)
            for round in 0..<20 {
                async let batch = consumer.nextBatch(maxMessages: 500, maxBytes: 1 << 20)
                _ = try await publisher.publish(numbered(round..<round + 1))
                #expect(try await batch.map(\.text) == ["\(round)"])
            }
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func acknowledged_messages_are_gone_and_the_others_come_again() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher)
            _ = try await publisher.publish(numbered(0..<300))
            let taken = try await consumer.take(300)
            var random = SplitMix(state: 7)
            let acknowledged = taken.filter { _ in Bool.random(using: &random) }
            // In three parts, the middle one first, and one of them twice.
            let third = acknowledged.count / 3
            for part in [acknowledged[third..<2 * third], acknowledged[..<third], acknowledged[(2 * third)...], acknowledged[..<third]] {
                try await consumer.ack(Array(part))
            }
            let kept = Set(taken.map(\.text)).subtracting(acknowledged.map(\.text))
            try await consumer.reject(taken.filter { kept.contains($0.text) }, requeue: true)
            #expect(Set(try await consumer.take(kept.count).map(\.text)) == kept)
            await consumer.close()
            let next = try await Consumer.connect(configuration, queue: "q", prefetch: 500, logger: BrokerServer.logger)
            let again = try await next.take(kept.count)
            #expect(Set(again.map(\.text)) == kept)
            for delivery in again { #expect(delivery.redelivered && delivery.deliveryCount == 2) }
            try await next.ack(taken)
            #expect(next.isAlive, "another session's deliveries are passed over")
            try await next.ack(again)
            await next.close()
            #expect(try await eventually { try await publisher.status(ofQueue: "q").messages == 0 })
            await publisher.close()
        }
    }

    @Test func a_requeued_message_counts_its_deliveries() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher)
            _ = try await publisher.publish(numbered(0..<3))
            for round in 0..<4 {
                let taken = try await consumer.take(3)
                #expect(taken.map(\.deliveryCount) == [round, round, round])
                try await consumer.reject(taken, requeue: true)
            }
            try await consumer.reject(try await consumer.take(3), requeue: false)
            #expect(try await eventually { try await publisher.status(ofQueue: "q").messages == 0 })
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func the_prefetch_is_kept() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher, prefetch: 5)
            _ = try await publisher.publish(numbered(0..<12))
            let first = try await consumer.take(5)
            #expect(try await eventually { try await publisher.status(ofQueue: "q").messages == 7 })
            try await consumer.ack(first)
            #expect(try await consumer.take(5).map(\.text) == ["5", "6", "7", "8", "9"])
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func several_queues_share_a_consumer() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            try await publisher.declare(Topology(queues: [.init(name: "a"), .init(name: "b")]))
            let consumer = try await Consumer.connect(configuration, queues: ["a", "b"], prefetch: 10, logger: BrokerServer.logger)
            _ = try await publisher.publish(numbered(0..<2, queue: "a") + numbered(2..<4, queue: "b"))
            let taken = try await consumer.take(4)
            for delivery in taken { #expect(delivery.queue == delivery.routingKey) }
            #expect(Set(taken.map(\.text)).count == 4)
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func after_the_stop_what_has_arrived_is_handed_out_and_can_be_acknowledged() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher, prefetch: 10)
            _ = try await publisher.publish(numbered(0..<10))
            #expect(try await eventually { try await publisher.status(ofQueue: "q").messages == 0 })
            let held = try await consumer.take(4)
            await consumer.stopConsuming()
            _ = try await publisher.publish(numbered(10..<20))
            var rest: [Delivery] = []
            while case let batch = try await consumer.nextBatch(maxMessages: 3, maxBytes: 1_000), !batch.isEmpty { rest += batch }
            #expect(rest.map(\.text) == ["4", "5", "6", "7", "8", "9"])
            try await consumer.ack(rest + held)
            await consumer.close()
            #expect(try await consumer.nextBatch(maxMessages: 1, maxBytes: 1).isEmpty)
            #expect(try await eventually { try await publisher.status(ofQueue: "q") == QueueStatus(messages: 10, consumers: 0) })
            await publisher.close()
        }
    }

    @Test func a_waiting_call_ends_at_the_stop_and_at_its_cancellation() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher)
            let cancelled = Task { try await consumer.nextBatch(maxMessages: 1, maxBytes: 1) }
            cancelled.cancel()
            #expect(try await cancelled.value.isEmpty)
            let waiting = Task { try await consumer.nextBatch(maxMessages: 1, maxBytes: 1) }
            await consumer.stopConsuming()
            #expect(try await waiting.value.isEmpty)
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func a_deleted_queue_ends_its_consumer() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher)
            let waiting = Task { try await consumer.nextBatch(maxMessages: 1, maxBytes: 1) }
            try await publisher.delete(queue: "q")
            let error = try await brokerError { _ = try await waiting.value }
            #expect(error == .consumerCancelled(queue: "q") && error.isRetriable)
            #expect(!consumer.isAlive)
            #expect(try await brokerError { _ = try await consumer.nextBatch(maxMessages: 1, maxBytes: 1) } == error)
            #expect(try await brokerError { try await consumer.ack([]) } == error)
            await publisher.close()
        }
    }
}
