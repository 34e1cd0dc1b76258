internal import RabbitMQ
internal import Testing

/// What brokers do in distress, played by a server of the test's own.
@Suite(.timeLimit(.minutes(10)))
struct DistressTests {
    @Test func a_blocked_broker_suspends_callers_until_it_takes_messages_again() async throws {
        let broker = try FakeBroker()
        defer { broker.stop() }
        let publisher = try await Publisher.connect(try broker.configuration(), logger: BrokerServer.logger)
        let first = Task { try await publisher.publish(numbered(0..<2)) }
        #expect(try await eventually { broker.published == 2 })
        broker.block("low on memory")
        #expect(try await eventually { publisher.isBlocked })
        let second = Task { try await publisher.publish(numbered(2..<5)) }
        broker.ack(2, multiple: true)
        #expect(try await first.value == [.confirmed, .confirmed], "confirms still count while the broker takes nothing")
        #expect(broker.published == 2)
        broker.unblock()
        #expect(try await eventually { broker.published == 5 })
        #expect(!publisher.isBlocked)
        broker.nack(4, multiple: false)
        broker.ack(5, multiple: true)
        #expect(try await second.value == [.confirmed, .refused, .confirmed])
        await publisher.close()
    }

    @Test func a_broker_that_stays_blocked_is_told_in_time_and_the_connection_lives_on() async throws {
        let broker = try FakeBroker()
        defer { broker.stop() }
        var configuration = try broker.configuration()
        configuration.blockedTimeout = .milliseconds(300)
        let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
        let sent = Task { try await publisher.publish(numbered(0..<1)) }
        #expect(try await eventually { broker.published == 1 })
        broker.block("low on disk")
        #expect(try await brokerError { _ = try await sent.value } == .blocked("low on disk"))
        let error = try await brokerError { _ = try await publisher.publish(numbered(1..<3)) }
        #expect(error == .blocked("low on disk") && error.isRetriable)
        #expect(publisher.isAlive && publisher.isBlocked)
        broker.unblock()
        #expect(try await eventually { !publisher.isBlocked })
        let late = Task { try await publisher.publish(numbered(3..<4)) }
        #expect(try await eventually { broker.published == 2 })
        broker.ack(2, multiple: true)
        #expect(try await late.value == [.confirmed], "what was given up while blocked is never sent")
        await publisher.close()
    }

    @Test func a_broker_that_stops_reading_blocks_nobody() async throws {
        let broker = try FakeBroker(heartbeatSeconds: 1)
        defer { broker.stop() }
        let publisher = try await Publisher.connect(try broker.configuration(), logger: BrokerServer.logger)
        broker.stopReading()
        let start = ContinuousClock.now
        let message = OutgoingMessage(exchange: "", routingKey: "q", body: Array(repeating: 65, count: 1 << 20))
        let error = try await brokerError { _ = try await publisher.publish(Array(repeating: message, count: 50)) }
        guard case .lostConnection = error else {
            Issue.record("\(error)")
            return
        }
        #expect(ContinuousClock.now - start < .seconds(8))
    }

    @Test func a_broker_that_hears_no_more_but_speaks_is_given_up_for_want_of_confirms() async throws {
        let broker = try FakeBroker(heartbeatSeconds: 1)
        defer { broker.stop() }
        var configuration = try broker.configuration()
        configuration.confirmTimeout = .milliseconds(2_500)
        let publisher = try await Publisher.connect(configuration, logger: BrokerServer.logger)
        broker.stopReading()
        let call = Task { try await publisher.publish(numbered(0..<5)) }
        broker.pulse()
        let error = try await brokerError { _ = try await call.value }
        guard case .lostConnection(let why) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(why.contains("confirm"))
    }

    @Test func heartbeats_are_sent_when_nothing_else_is() async throws {
        let broker = try FakeBroker(heartbeatSeconds: 1)
        defer { broker.stop() }
        let publisher = try await Publisher.connect(try broker.configuration(), logger: BrokerServer.logger)
        broker.pulse()
        #expect(try await eventually { broker.heartbeats >= 5 })
        #expect(publisher.isAlive)
        await publisher.close()
    }

    @Test func a_confirm_of_what_was_never_published_ends_the_session() async throws {
        let broker = try FakeBroker()
        defer { broker.stop() }
        let publisher = try await Publisher.connect(try broker.configuration(), logger: BrokerServer.logger)
        broker.ack(9, multiple: false)
        #expect(try await eventually { !publisher.isAlive })
        let error = try await brokerError { _ = try await publisher.publish(numbered(0..<1)) }
        guard case .protocolViolation = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func a_broker_going_down_says_so() async throws {
        let broker = try FakeBroker()
        defer { broker.stop() }
        let publisher = try await Publisher.connect(try broker.configuration(), logger: BrokerServer.logger)
        let call = Task { try await publisher.publish(numbered(0..<1)) }
        #expect(try await eventually { broker.published == 1 })
        let text = Array("CONNECTION_FORCED - shutdown".utf8)
        broker.send(0x000A_0032, channel: 0, UInt16(320).bytes + [UInt8(text.count)] + text + [0, 0, 0, 0])
        #expect(try await brokerError { _ = try await call.value } == .lostConnection("CONNECTION_FORCED - shutdown"))
    }

    /// The library decodes headers by recursion without a limit, and a frame holds 26,000 levels of nested lists.
    @Test func headers_nested_as_deep_as_a_frame_allows_crash_nobody() async throws {
        let broker = try FakeBroker()
        defer { broker.stop() }
        let configuration = try broker.configuration()
        let consumer = try await Consumer.connect(configuration, queue: "q", prefetch: 10, logger: BrokerServer.logger)
        let levels = 26_000
        var table: [UInt8] = [1, UInt8(ascii: "x")]
        for level in 0..<levels { table += [UInt8(ascii: "A")] + UInt32(5 * (levels - level - 1)).bytes }
        let flags: UInt16 = 1 << 13
        broker.deliver(tag: 1, rawProperties: flags.bytes + UInt32(table.count).bytes + table)
        broker.deliver(tag: 2, rawProperties: [0, 0])
        let taken = try await consumer.take(2)
        #expect(taken.map(\.tag) == [1, 2])
        #expect(taken[0].properties.headers["x"] != nil)
        try await consumer.ack(taken)
        await consumer.close()
    }
}
