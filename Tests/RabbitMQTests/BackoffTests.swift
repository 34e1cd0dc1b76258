internal import RabbitMQ
internal import Testing

@Suite(.timeLimit(.minutes(1)))
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
}
