import Synchronization
import Testing
import Workers

@Suite(.timeLimit(.minutes(10)))
struct StopSignalTests {
    @Test func whoever_waits_is_woken() async {
        let stop = StopSignal()
        #expect(!stop.isRaised)
        await withDiscardingTaskGroup { group in
            for _ in 0..<50 { group.addTask { await stop.wait() } }
            stop.raise()
        }
        #expect(stop.isRaised)
        await stop.wait()
    }

    @Test func a_long_pause_ends_with_the_signal() async {
        let stop = StopSignal()
        async let pause: Void = stop.wait(atMost: .seconds(3_600))
        stop.raise()
        await pause
    }

    @Test func a_pause_ends_by_itself() async {
        let stop = StopSignal()
        await stop.wait(atMost: .milliseconds(1))
        #expect(!stop.isRaised)
    }

    @Test func a_cancelled_waiter_goes_on() async {
        let stop = StopSignal()
        let task = Task { await stop.wait() }
        task.cancel()
        await task.value
        #expect(!stop.isRaised)
    }

    @Test func work_is_told_of_the_signal_while_it_waits() async throws {
        let stop = StopSignal()
        let inner = StopSignal()
        Task { stop.raise() }
        let result = try await stop.whileWaiting({ inner.raise() }) {
            await inner.wait()
            return 7
        }
        #expect(result == 7)
    }
}
