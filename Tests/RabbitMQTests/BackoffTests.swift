internal import RabbitMQ
internal import Testing

@Suite(.timeLimit(.minutes(10)))
struct BackoffTests {
    @Test func waits_double_up_to_three_seconds_with_jitter() {
        var backoff = Backoff()
        for ceiling in [100, 200, 400, 800, 1_600, 3_000, 3_000, 3_000] {
            let wait = backoff.next()
            #expect(wait >= .milliseconds(ceiling) / 2 && wait <= .milliseconds(ceiling))
        }
        backoff.reset()
        #expect(backoff.next() <= .milliseconds(100))
    }

    @Test func two_workers_do_not_wait_alike() {
        let waits = (0..<20).map { _ in
            var backoff = Backoff()
            return backoff.next()
        }
        #expect(Set(waits).count > 1)
    }

    @Test func what_is_worth_it_is_tried_again() async throws {
        var backoff = Backoff(shortest: .milliseconds(1), longest: .milliseconds(2))
        var attempts = 0
        let value = try await backoff.retry("connecting", logger: BrokerServer.logger) { () async throws(BrokerError) -> Int in
            attempts += 1
            if attempts < 4 { throw .unreachable("not yet") }
            return 42
        }
        #expect(value == 42 && attempts == 4)
        let error = try await brokerError {
            try await backoff.retry("connecting", logger: BrokerServer.logger) { () async throws(BrokerError) -> Void in
                attempts += 1
                throw .authentication("no")
            }
        }
        #expect(error == .authentication("no") && attempts == 5)
    }

    @Test func trying_again_ends_with_its_task() async throws {
        let task = Task {
            var backoff = Backoff(shortest: .seconds(50), longest: .seconds(50))
            try await backoff.retry("connecting", logger: BrokerServer.logger) { () async throws(BrokerError) -> Void in
                throw .unreachable("never")
            }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
