internal import RabbitMQ
internal import Testing

@Suite(.timeLimit(.minutes(15)), .enabled(if: BrokerServer.isWanted, "OMS_BROKER_URL is not set"))
struct EncryptionTests {
    @Test func messages_of_all_sizes_pass_an_encrypted_connection() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let proxy = try await TLSProxy.start(to: configuration.endpoints[0].port)
            let encrypted = proxy.standingIn(configuration, trusting: "authority.pem")
            let publisher = try await Publisher.connect(encrypted, logger: BrokerServer.logger)
            let consumer = try await prepared(encrypted, publisher, prefetch: 1_000)
            let sizes = [0, 1, 16_383, 16_384, 16_385, 200_000, 3_000_000]
            let bodies = sizes.map { size in (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) } }
            let headers: [String: FieldValue] = [
                "list": .list(["é", 1, true, .null, .double(0.5)]), "table": .table(["a": .bytes([0, 1])]),
            ]
            let messages = bodies.map {
                OutgoingMessage(exchange: "", routingKey: "q", properties: MessageProperties(type: "t", headers: headers), body: $0)
            }
            #expect(try await publisher.publish(messages) == Array(repeating: .confirmed, count: sizes.count))
            let taken = try await consumer.take(sizes.count)
            #expect(taken.map(\.body) == bodies)
            for delivery in taken { #expect(delivery.properties == messages[0].properties) }
            try await consumer.ack(taken)
            async let first = publisher.publish(numbered(0..<400))
            async let second = publisher.publish(numbered(400..<800))
            #expect(try await (first + second).allSatisfy { $0 == .confirmed })
            #expect(Set(try await consumer.take(800).map(\.text)).count == 800)
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func a_certificate_of_a_stranger_or_for_another_host_is_not_trusted() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let proxy = try await TLSProxy.start(to: configuration.endpoints[0].port)
            let wrong = [
                proxy.standingIn(configuration, trusting: "stranger.pem"),
                proxy.standingIn(configuration, trusting: "authority.pem", host: "127.0.0.1"),
            ]
            for configuration in wrong {
                let error = try await brokerError { _ = try await Publisher.connect(configuration, logger: BrokerServer.logger) }
                guard case .untrusted = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(!error.isRetriable)
            }
            let careless = proxy.standingIn(configuration, trusting: nil)
            let publisher = try await Publisher.connect(careless, logger: BrokerServer.logger)
            #expect(publisher.isAlive)
            await publisher.close()
        }
    }

    @Test func an_encrypted_connection_to_a_broker_that_stops_is_noticed() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let frozen = try BrokerProxy(to: configuration.endpoints[0].port)
            let proxy = try await TLSProxy.start(to: frozen.port)
            var encrypted = proxy.standingIn(configuration, trusting: "authority.pem")
            encrypted.heartbeatSeconds = 1
            let publisher = try await Publisher.connect(encrypted, logger: BrokerServer.logger)
            frozen.freeze()
            let start = ContinuousClock.now
            let message = OutgoingMessage(exchange: "", routingKey: "q", body: Array(repeating: 65, count: 1 << 20))
            let error = try await brokerError { _ = try await publisher.publish(Array(repeating: message, count: 30)) }
            guard case .lostConnection = error else {
                Issue.record("\(error)")
                return
            }
            #expect(ContinuousClock.now - start < .seconds(8))
            frozen.cut()
        }
    }
}
