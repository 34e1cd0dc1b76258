internal import RabbitMQ
internal import Testing

@Suite(.timeLimit(.minutes(15)), .enabled(if: BrokerServer.isWanted, "OMS_BROKER_URL is not set"))
struct ConnectionTests {
    @Test func a_wrong_password_is_an_authentication_error() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            var wrong = configuration
            wrong.endpoints[0].password = "wrong"
            wrong.endpoints += configuration.endpoints
            let error = try await brokerError { _ = try await Publisher.connect(wrong, logger: BrokerServer.logger) }
            guard case .authentication = error else {
                Issue.record("\(error)")
                return
            }
            #expect(!error.isRetriable && !error.description.contains("wrong"))
        }
    }

    @Test func an_unknown_virtual_host_is_refused() async throws {
        let url = try #require(BrokerServer.url, "OMS_BROKER_URL is not set")
        var configuration = try BrokerConfiguration(urls: url)
        configuration.endpoints[0].virtualHost = "no-such-host"
        let error = try await brokerError {
            _ = try await Consumer.connect(configuration, queue: "q", prefetch: 1, logger: BrokerServer.logger)
        }
        guard case .accessRefused = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func the_first_endpoint_that_answers_is_used() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            var several = configuration
            several.endpoints =
                try BrokerConfiguration(urls: "amqp://127.0.0.1:1,amqp://no-such-host.invalid").endpoints + several.endpoints
            let publisher = try await Publisher.connect(several, logger: BrokerServer.logger)
            #expect(publisher.isAlive)
            await publisher.close()
        }
    }

    @Test func a_connection_closed_by_an_operator_fails_everything_that_waits() async throws {
        try await BrokerServer.withVirtualHost { configuration, name in
            let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            let consumer = try await prepared(configuration, publisher)
            let waiting = Task { try await consumer.nextBatch(maxMessages: 1, maxBytes: 1) }
            try await BrokerServer.closeConnections(named: name) { !publisher.isAlive && !consumer.isAlive }
            let error = try await brokerError { _ = try await waiting.value }
            guard case .lostConnection = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.isRetriable)
            #expect(!consumer.isAlive && !publisher.isAlive)
            let publishing = try await brokerError { _ = try await publisher.publish(numbered(0..<1)) }
            #expect(publishing.isRetriable)
            let again = try await Publisher.connect(configuration, logger: BrokerServer.logger)
            #expect(try await again.publish(numbered(0..<1)) == [.confirmed])
            await again.close()
        }
    }

    @Test func heartbeats_keep_an_idle_connection_alive() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            var configuration = configuration
            configuration.heartbeatSeconds = 1
            let proxies = try (0..<2).map { _ in try BrokerProxy(to: configuration.endpoints[0].port) }
            let publisher = try await Publisher.connect(proxies[0].standingIn(configuration), logger: BrokerServer.logger)
            let consumer = try await prepared(proxies[1].standingIn(configuration), publisher)
            async let batch = consumer.nextBatch(maxMessages: 1, maxBytes: 1)
            // The broker gives up on a client after two silent heartbeats. Eight beats of eight bytes, one every half second, are more.
            let before = proxies.map(\.bytesFromClient)
            let areBeating = try await eventually { zip(proxies, before).allSatisfy { $0.bytesFromClient >= $1 + 64 } }
            #expect(areBeating)
            #expect(publisher.isAlive && consumer.isAlive)
            #expect(try await publisher.publish(numbered(0..<1)) == [.confirmed])
            #expect(try await batch.count == 1)
            await consumer.close()
            await publisher.close()
        }
    }

    @Test func a_cut_connection_fails_what_is_in_flight() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let proxy = try BrokerProxy(to: configuration.endpoints[0].port)
            let publisher = try await Publisher.connect(proxy.standingIn(configuration), logger: BrokerServer.logger)
            let consumer = try await prepared(proxy.standingIn(configuration), publisher)
            proxy.freeze()
            let waiting = Task { try await consumer.nextBatch(maxMessages: 1, maxBytes: 1) }
            let calls = (0..<20).map { call in Task { try await publisher.publish(numbered(call..<call + 10)) } }
            proxy.cut()
            for call in calls { #expect(try await brokerError { _ = try await call.value }.isRetriable) }
            #expect(try await brokerError { _ = try await waiting.value }.isRetriable)
            #expect(!publisher.isAlive && !consumer.isAlive)
        }
    }

    @Test func a_broker_that_stops_in_the_middle_of_large_messages_is_noticed_by_its_silence() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let proxy = try BrokerProxy(to: configuration.endpoints[0].port)
            var slow = proxy.standingIn(configuration)
            slow.heartbeatSeconds = 1
            let publisher = try await Publisher.connect(slow, logger: BrokerServer.logger)
            let consumer = try await prepared(slow, publisher)
            proxy.freeze()
            let start = ContinuousClock.now
            let message = OutgoingMessage(exchange: "", routingKey: "q", body: Array(repeating: 65, count: 1 << 20))
            let calls = (0..<30).map { _ in Task { try await publisher.publish([message]) } }
            for call in calls {
                let error = try await brokerError { _ = try await call.value }
                guard case .lostConnection = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
            _ = try await brokerError { _ = try await consumer.nextBatch(maxMessages: 1, maxBytes: 1) }
            #expect(ContinuousClock.now - start < .seconds(8), "two heartbeats of a second, and some")
            proxy.cut()
        }
    }

    @Test func without_heartbeats_the_missing_confirm_ends_it() async throws {
        try await BrokerServer.withVirtualHost { configuration, _ in
            let proxy = try BrokerProxy(to: configuration.endpoints[0].port)
            var slow = proxy.standingIn(configuration)
            slow.heartbeatSeconds = 0
            slow.confirmTimeout = .milliseconds(500)
            slow.rpcTimeout = .milliseconds(500)
            let publisher = try await Publisher.connect(slow, logger: BrokerServer.logger)
            let other = try await Publisher.connect(slow, logger: BrokerServer.logger)
            proxy.freeze()
            let confirm = try await brokerError { _ = try await publisher.publish(numbered(0..<3)) }
            let answer = try await brokerError { _ = try await other.status(ofQueue: "q") }
            for error in [confirm, answer] {
                guard case .lostConnection = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
            #expect(!publisher.isAlive && !other.isAlive)
            proxy.cut()
        }
    }
}

@Suite(.timeLimit(.minutes(10)))
struct UnreachableTests {
    @Test(arguments: ["amqp://127.0.0.1:1", "amqps://127.0.0.1:1", "amqp://no-such-host.invalid"])
    func a_broker_that_is_not_there_is_unreachable(url: String) async throws {
        let configuration = try BrokerConfiguration(urls: url)
        let error = try await brokerError { _ = try await Publisher.connect(configuration, logger: BrokerServer.logger) }
        guard case .unreachable(let why) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.isRetriable && why.contains(configuration.endpoints[0].host))
    }

    @Test func a_server_that_says_nothing_is_unreachable_in_time() async throws {
        let (_, port) = try LoopbackSocket.listen()
        let configuration = try BrokerConfiguration(urls: "amqp://127.0.0.1:\(port)?connection_timeout=300")
        let start = ContinuousClock.now
        let error = try await brokerError { _ = try await Publisher.connect(configuration, logger: BrokerServer.logger) }
        guard case .unreachable = error else {
            Issue.record("\(error)")
            return
        }
        // Without its 300 ms it would wait for ever; the bound leaves room for a machine busy with all other tests.
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func authorities_that_cannot_be_read_are_told() async throws {
        let configuration = try BrokerConfiguration(urls: "amqps://127.0.0.1:1?cacertfile=/no/such/file.pem")
        let error = try await brokerError { _ = try await Publisher.connect(configuration, logger: BrokerServer.logger) }
        #expect(error == .badURL("the authorities in /no/such/file.pem cannot be read"))
    }
}
