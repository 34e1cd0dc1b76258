internal import RabbitMQ
internal import Testing

@Suite(.timeLimit(.minutes(15)), .enabled(if: BrokerServer.isWanted, "OMS_BROKER_URL is not set"))
struct PublishingTests {
    @Test func properties_headers_and_body_come_back_as_sent() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher)
            let properties = MessageProperties(
                contentType: "application/json",
                contentEncoding: "identity",
                type: "order.placed",
                messageID: "m-1",
                correlationID: "c-1 🦊",
                replyTo: "answers",
                timestamp: 1_795_342_500,
                expiration: "60000",
                headers: [
                    "string": "é🦊", "empty": "", "int": .int(.min), "yes": true, "no": false, "bytes": .bytes([0, 255, 128]),
                    "time": .timestamp(1_795_342_500), "double": .double(0.1), "null": .null,
                    "list": .list(["a", 2, .list([]), .table([:])]), "table": .table(["inner": .table(["x": 1])]),
                ]
            )
            let body = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
            let message = OutgoingMessage(exchange: "", routingKey: "q", properties: properties, body: body)
            #expect(try await publisher.publish([message]) == [.confirmed])
            let delivery = try #require(try await consumer.take(1).first)
            #expect(delivery.body == body)
            #expect(delivery.properties == properties)
            #expect(delivery.exchange.isEmpty && delivery.routingKey == "q" && delivery.queue == "q")
            #expect(!delivery.redelivered && delivery.deliveryCount == 0)
            let bare = OutgoingMessage(exchange: "", routingKey: "q", properties: MessageProperties(persistent: false), body: [])
            #expect(try await publisher.publish([bare]) == [.confirmed])
            let second = try #require(try await consumer.take(1).first)
            #expect(second.body.isEmpty)
            await consumer.close()
            await publisher.close()
        }
    }

    @Test(arguments: [1, 131_063, 131_064, 131_065, 262_128, 1 << 20, 3_000_001])
    func a_body_of_any_size_comes_back_whole(size: Int) async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher)
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
            #expect(try await publisher.publish([OutgoingMessage(exchange: "", routingKey: "q", body: body)]) == [.confirmed])
            let delivery = try #require(try await consumer.take(1).first)
            #expect(delivery.body == body)
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func only_the_message_that_no_queue_takes_is_unroutable() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            try await publisher.declare(Topology(queues: [.init(name: "q")]))
            var messages = numbered(0..<300)
            for index in messages.indices where index % 7 == 3 { messages[index].routingKey = "nowhere" }
            messages[6].routingKey = "nowhere"
            messages[6].mandatory = false
            // Alike to the last byte but for the body: what comes back must be told apart all the same.
            for index in 100..<110 { messages[index].properties.messageID = nil }
            let outcomes = try await publisher.publish(messages)
            for (index, outcome) in outcomes.enumerated() {
                #expect(outcome == (index % 7 == 3 ? .unroutable : .confirmed), "message \(index)")
            }
            await publisher.close()
        }
    }

    @Test func many_callers_at_once_get_the_outcomes_of_their_own_messages() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            var configuration = configuration
            configuration.confirmWindow = 64
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            try await publisher.declare(Topology(queues: [.init(name: "q")]))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<100 {
                    group.addTask {
                        var messages = numbered(caller * 1_000..<caller * 1_000 + 1 + caller % 40)
                        for index in messages.indices where (index + caller) % 3 == 0 { messages[index].routingKey = "nowhere" }
                        let outcomes = try await publisher.publish(messages)
                        #expect(outcomes == messages.map { $0.routingKey == "q" ? .confirmed : .unroutable })
                    }
                }
                try await group.waitForAll()
            }
            #expect(publisher.isAlive && !publisher.isBlocked)
            await publisher.close()
        }
    }

    @Test func batches_arrive_in_the_order_in_which_they_were_published() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher, prefetch: 1_000)
            for start in stride(from: 0, to: 1_000, by: 250) { _ = try await publisher.publish(numbered(start..<start + 250)) }
            #expect(try await consumer.take(1_000).map(\.text) == (0..<1_000).map(String.init))
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func a_full_queue_refuses() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let arguments: [String: FieldValue] = ["x-max-length": 1, "x-overflow": "reject-publish"]
            try await publisher.declare(Topology(queues: [.init(name: "q", arguments: arguments)]))
            let outcomes = try await publisher.publish(numbered(0..<10))
            #expect(outcomes.filter { $0 == .confirmed }.count >= 1)
            #expect(outcomes.contains(.refused))
            await publisher.close()
        }
    }

    @Test func a_message_that_cannot_be_sent_is_refused_and_harms_nobody() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            try await publisher.declare(Topology(queues: [.init(name: "q")]))
            let long = String(repeating: "é", count: 128)
            var deep = FieldValue.list([])
            for _ in 0..<50 { deep = .list([deep]) }
            var wrong = Array(repeating: numbered(0..<1)[0], count: 7)
            wrong[0].routingKey = long
            wrong[1].exchange = long
            wrong[2].properties.messageID = long
            wrong[3].properties.headers[long] = 1
            wrong[4].properties.headers["x"] = .string(String(repeating: "x", count: 200_000))
            wrong[5].properties.expiration = "soon"
            wrong[6].properties.headers["x"] = deep
            for message in wrong {
                let error = try await brokerError { _ = try await publisher.publish(numbered(1..<2) + [message]) }
                guard case .invalidMessage = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
            #expect(try await publisher.status(ofQueue: "q").messages == 0)
            #expect(try await publisher.publish(numbered(0..<1)) == [.confirmed])
            #expect(try await publisher.publish([]) == [])
            await publisher.close()
        }
    }

    @Test func an_unknown_exchange_ends_the_session_and_says_why() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let message = OutgoingMessage(exchange: "nowhere", routingKey: "q", body: [])
            let error = try await brokerError { _ = try await publisher.publish([message]) }
            guard case .notFound = error else {
                Issue.record("\(error)")
                return
            }
            #expect(!publisher.isAlive)
            #expect(try await brokerError { _ = try await publisher.publish([message]) } == error)
        }
    }

    @Test func a_closed_publisher_says_so() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            #expect(publisher.isAlive)
            await publisher.close()
            await publisher.close()
            #expect(!publisher.isAlive)
            #expect(try await brokerError { _ = try await publisher.publish(numbered(0..<1)) } == .closed)
            #expect(try await brokerError { _ = try await publisher.status(ofQueue: "q") } == .closed)
        }
    }
}

/// Declares the queue `q` and subscribes to it.
func prepared(_ configuration: BrokerConfiguration, _ publisher: Publisher, prefetch: Int = 500) async throws -> Consumer {
    try await publisher.declare(Topology(queues: [.init(name: "q")]))
    return try await Consumer.connect(configuration, queue: "q", prefetch: prefetch, logger: BrokerServer.logger)
}
