internal import RabbitMQ
internal import Testing

@Suite(.timeLimit(.minutes(15)), .enabled(if: BrokerServer.isWanted, "OMS_BROKER_URL is not set"))
struct TopologyTests {
    private let topology = Topology(
        exchanges: [.init(name: "in"), .init(name: "next", kind: "direct"), .init(name: "dead", kind: "fanout")],
        queues: [
            .init(name: "work", arguments: ["x-queue-type": "quorum", "x-dead-letter-exchange": "dead", "x-delivery-limit": 10]),
            .init(name: "dead"),
            .init(name: "retry", arguments: ["x-message-ttl": 50, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "work"]),
        ],
        bindings: [
            .init(exchange: "in", destination: .exchange("next"), routingKey: "order.*"),
            .init(exchange: "next", destination: .queue("work"), routingKey: "order.placed"),
            .init(exchange: "dead", destination: .queue("dead"), routingKey: ""),
        ]
    )

    @Test func declaring_twice_is_harmless_and_messages_take_the_declared_way() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            try await publisher.declare(topology)
            try await publisher.declare(topology)
            let sent = try await publisher.publish([
                OutgoingMessage(exchange: "in", routingKey: "order.placed", body: Array("a".utf8)),
                OutgoingMessage(exchange: "in", routingKey: "order.cancelled", body: Array("b".utf8)),
                OutgoingMessage(exchange: "", routingKey: "retry", body: Array("c".utf8)),
            ])
            #expect(sent == [.confirmed, .unroutable, .confirmed])
            let work = try await Consumer.connect(configuration, queue: "work", prefetch: 10, logger: BrokerServer.logger)
            let taken = try await work.take(2)
            #expect(Set(taken.map(\.text)) == ["a", "c"])
            let retried = try #require(taken.first { $0.text == "c" })
            guard case .list(let deaths) = retried.properties.headers["x-death"], case .table(let death) = deaths.first else {
                Issue.record("no x-death in \(retried.properties.headers)")
                return
            }
            #expect(death["reason"] == "expired" && death["queue"] == "retry" && death["count"] == 1)
            try await work.reject(taken, requeue: false)
            let dead = try await Consumer.connect(configuration, queue: "dead", prefetch: 10, logger: BrokerServer.logger)
            #expect(Set(try await dead.take(2).map(\.text)) == ["a", "c"])
            await work.close()
            await dead.close()
            await publisher.close()
        }
    }

    @Test func other_arguments_are_a_conflict_and_publishing_goes_on() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            try await publisher.declare(Topology(exchanges: [.init(name: "e")], queues: [.init(name: "q")]))
            let other = Topology.Queue(name: "q", arguments: ["x-queue-type": "quorum", "x-delivery-limit": 3])
            for conflict in [Topology(queues: [other]), Topology(exchanges: [.init(name: "e", kind: "fanout")])] {
                let error = try await brokerError { try await publisher.declare(conflict) }
                guard case .topologyConflict(let text) = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(text.contains("inequivalent arg") && !error.isRetriable)
                #expect(publisher.isAlive)
                #expect(try await publisher.publish(numbered(0..<5)) == Array(repeating: .confirmed, count: 5))
            }
            await publisher.close()
        }
    }

    @Test func what_does_not_exist_is_told_and_publishing_goes_on() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let binding = Topology.Binding(exchange: "nowhere", destination: .queue("q"), routingKey: "")
            let calls: [@Sendable () async throws -> Void] = [
                { _ = try await publisher.status(ofQueue: "q") }, { try await publisher.purge(queue: "q") },
                { try await publisher.declare(Topology(bindings: [binding])) },
            ]
            for call in calls {
                let error = try await brokerError(call)
                guard case .notFound = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
            let error = try await brokerError {
                _ = try await Consumer.connect(configuration, queue: "q", prefetch: 1, logger: BrokerServer.logger)
            }
            guard case .notFound = error else {
                Issue.record("\(error)")
                return
            }
            #expect(try await publisher.delete(queue: "q") == 0)
            try await publisher.delete(exchange: "nowhere")
            #expect(publisher.isAlive)
            await publisher.close()
        }
    }

    @Test func a_queue_can_be_counted_purged_and_deleted() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            try await publisher.declare(Topology(queues: [.init(name: "q")]))
            _ = try await publisher.publish(numbered(0..<20))
            #expect(try await eventually { try await publisher.status(ofQueue: "q") == QueueStatus(messages: 20, consumers: 0) })
            #expect(try await publisher.purge(queue: "q") == 20)
            _ = try await publisher.publish(numbered(0..<3))
            #expect(try await eventually { try await publisher.status(ofQueue: "q").messages == 3 })
            #expect(try await publisher.delete(queue: "q") == 3)
            await publisher.close()
        }
    }
}
