internal import Dispatch
internal import Glibc
internal import PinnedExecutor
internal import Synchronization
internal import Testing

/// An actor of the kind the drivers are: everything it does happens on its own thread.
private actor Pinned {
    private let executor: PinnedExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ executor: PinnedExecutor) { self.executor = executor }

    func thread() -> UInt { UInt(pthread_self()) }
    func isOnItsThread() -> Bool { executor.isCurrent }
    func attend(_ meeting: Meeting) -> Bool { meeting.block() }

    /// Hops away and back `count` times, each time leaving a job on its own thread.
    func spin(_ count: Int) async {
        for _ in 0..<count { await Task.yield() }
    }
}

/// Blocks every thread that comes until all have come.
private final class Meeting: Sendable {
    private let missing = DispatchGroup()

    init(of count: Int) { for _ in 0..<count { missing.enter() } }

    /// False when some did not come within 10 s.
    func block() -> Bool {
        missing.leave()
        return missing.wait(timeout: .now() + 10) == .success
    }
}

/// A signal that a test waits for, with a deadline.
private final class Signal: Sendable {
    private let count = Atomic<Int>(0)

    func raise() { count.add(1, ordering: .sequentiallyConsistent) }

    func wait(for wanted: Int = 1) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(120)
        while count.load(ordering: .sequentiallyConsistent) < wanted {
            if ContinuousClock.now > deadline { return false }
            await Task.yield()
        }
        return true
    }
}

private struct Pipe: ~Copyable {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    func write() { _ = Glibc.write(writeEnd, "x", 1) }

    deinit {
        close(readEnd)
        close(writeEnd)
    }
}

@Suite(.timeLimit(.minutes(10)))
struct PinnedExecutorTests {
    @Test func all_work_of_an_actor_runs_on_its_one_thread() async {
        let executor = PinnedExecutor(name: "test")
        defer { executor.stop() }
        let actor = Pinned(executor)
        let first = await actor.thread()
        await withTaskGroup(of: (UInt, Bool).self) { group in
            for _ in 0..<200 { group.addTask { (await actor.thread(), await actor.isOnItsThread()) } }
            for await (thread, isCurrent) in group {
                #expect(thread == first)
                #expect(isCurrent)
            }
        }
        #expect(!executor.isCurrent)
    }

    @Test func calls_that_block_block_nobody_else() async {
        let executors = (0..<8).map { PinnedExecutor(name: "blocker\($0)") }
        defer { for executor in executors { executor.stop() } }
        let meeting = Meeting(of: executors.count)
        await withDiscardingTaskGroup { group in
            for executor in executors {
                let actor = Pinned(executor)
                group.addTask { #expect(await actor.attend(meeting), "fewer than eight threads could block at once") }
            }
        }
    }

    @Test func a_readable_descriptor_is_told() async throws {
        let executor = PinnedExecutor(name: "test")
        defer { executor.stop() }
        let pipe = try Pipe()
        let signal = Signal()
        executor.watch(pipe.readEnd, every: 60_000) { [descriptor = pipe.readEnd] in
            var byte: UInt8 = 0
            _ = read(descriptor, &byte, 1)
            signal.raise()
        }
        pipe.write()
        #expect(await signal.wait())
        pipe.write()
        #expect(await signal.wait(for: 2))
        executor.unwatch()
    }

    @Test func the_interval_is_kept_though_nothing_can_be_read() async throws {
        let executor = PinnedExecutor(name: "test")
        defer { executor.stop() }
        let pipe = try Pipe()
        let signal = Signal()
        executor.watch(pipe.readEnd, every: 5) { signal.raise() }
        #expect(await signal.wait(for: 3))
        executor.unwatch()
    }

    @Test func the_interval_is_kept_though_the_thread_never_rests() async throws {
        let executor = PinnedExecutor(name: "test")
        defer { executor.stop() }
        let actor = Pinned(executor)
        let pipe = try Pipe()
        let signal = Signal()
        executor.watch(pipe.readEnd, every: 5) { signal.raise() }
        let load = Task {
            while !Task.isCancelled { await actor.spin(100) }
        }
        #expect(await signal.wait(for: 3))
        load.cancel()
        await load.value
        executor.unwatch()
    }

    @Test func writing_is_watched_only_while_it_is_wanted() async throws {
        let executor = PinnedExecutor(name: "test")
        defer { executor.stop() }
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { for end in ends { close(end) } }
        let signal = Signal()
        executor.watch(ends[0], every: 60_000) {
            executor.watchWriting(false)
            signal.raise()
        }
        executor.watchWriting(true)
        #expect(await signal.wait())
        executor.unwatch()
    }

    @Test func work_that_comes_after_the_stop_still_runs() async {
        let executor = PinnedExecutor(name: "test")
        let actor = Pinned(executor)
        #expect(await actor.isOnItsThread())
        executor.stop()
        for _ in 0..<50 { #expect(await actor.isOnItsThread()) }
    }

    @Test func a_stopped_executor_is_freed() async {
        weak var released: PinnedExecutor?
        do {
            let executor = PinnedExecutor(name: "test")
            released = executor
            _ = await Pinned(executor).thread()
            executor.stop()
        }
        let deadline = ContinuousClock.now + .seconds(120)
        while released != nil, ContinuousClock.now < deadline { await Task.yield() }
        #expect(released == nil)
    }
}
