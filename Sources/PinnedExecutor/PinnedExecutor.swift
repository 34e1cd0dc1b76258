internal import CThread
internal import Glibc
internal import Synchronization

/// One thread as a serial executor: whatever is isolated to it runs there and nowhere else.
///
/// C client libraries block and are not thread-safe. An actor that owns a connection names this executor in
/// `unownedExecutor` and keeps it in a `let`, since `UnownedSerialExecutor` does not keep it alive; its methods may then block
/// without stalling Swift's cooperative pool (measured on 2 cores: two one-second calls there stop everything for 1.02 s).
///
/// Between jobs the thread sleeps in `poll(2)`, on its wake-up descriptor and, where ``watch(_:every:onReady:)`` named one, on a
/// connection's socket, so that heartbeats are answered and pushes are read while nobody calls.
///
/// The thread keeps the executor alive until ``stop()``. Jobs that come later still run, on a new short-lived thread: an awaiting
/// caller must never hang because it came late.
package final class PinnedExecutor: SerialExecutor {
    private struct Watch: Sendable {
        var descriptor: Int32
        var milliseconds: Int32
        var events = Int16(POLLIN)
        var ready: @Sendable () -> Void
    }

    /// Room for C libraries that recurse over what strangers nest: librabbitmq decoding a frame full of nested lists takes between 2 and
    /// 4 MB (measured). Only what is used costs memory.
    private static let stackSize = 16 << 20

    private struct State {
        var jobs: [UnownedJob] = []
        var watch: Watch?
        var isRunning = true
        var isStopping = false
    }

    private let name: String
    private let state = Mutex(State())
    private let wake: Int32
    private let thread = Atomic<UInt>(0)

    /// Starts the thread.
    ///
    /// - Parameter name: what `top -H` shows; Linux keeps 15 bytes of it.
    package init(name: String) {
        self.name = name
        wake = oms_eventfd()
        precondition(wake >= 0, "no eventfd: the process has run out of file descriptors")
        startThread()
    }

    deinit { close(wake) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustStart = state.withLock { state in
            let isFirst = state.jobs.isEmpty
            state.jobs.append(job)
            defer { state.isRunning = true }
            // Whoever queued the first job wakes the thread for all of them; the thread itself looks again before it sleeps. Within the lock:
            // once a thread that is awake anyway can take the job, it may be done, and its actor and this executor gone, before we
            // come to look at anything of ours again.
            if state.isRunning, isFirst, !isCurrent { oms_eventfd_signal(wake) }
            return !state.isRunning
        }
        // Then nobody else runs the job, so that we are still there.
        if mustStart { startThread() }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    package func checkIsolated() {
        precondition(isCurrent, "called outside the thread that owns this connection")
    }

    /// Whether the caller runs on this executor's thread.
    package var isCurrent: Bool { thread.load(ordering: .acquiring) == UInt(pthread_self()) }

    /// Calls `onReady` on the thread when `descriptor` can be read (or hangs up), and at the latest every `milliseconds`.
    ///
    /// The interval holds under load too: jobs that follow each other without a pause do not put it off. One descriptor at a time; a
    /// second call replaces the first.
    package func watch(_ descriptor: Int32, every milliseconds: Int32, onReady: @escaping @Sendable () -> Void) {
        state.withLock { $0.watch = Watch(descriptor: descriptor, milliseconds: milliseconds, ready: onReady) }
        oms_eventfd_signal(wake)
    }

    /// Whether the watch also calls back when the descriptor takes data again: switch it on while something is left unsent.
    package func watchWriting(_ isWanted: Bool) {
        state.withLock { $0.watch?.events = Int16(isWanted ? POLLIN | POLLOUT : POLLIN) }
        if !isCurrent { oms_eventfd_signal(wake) }
    }

    /// Ends the watch. Called on the thread itself, the descriptor may be closed as soon as it returns.
    package func unwatch() {
        state.withLock { $0.watch = nil }
        oms_eventfd_signal(wake)
    }

    /// Ends the watch, and the thread once it has run the jobs it has.
    package func stop() {
        state.withLock { state in
            state.isStopping = true
            state.watch = nil
        }
        oms_eventfd_signal(wake)
    }

    private func startThread() {
        var id = pthread_t()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, Self.stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let context = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(&id, &attributes, { Unmanaged<PinnedExecutor>.threadBody($0) }, context)
        pthread_attr_destroy(&attributes)
        precondition(status == 0, "no thread: the process has reached its limit")
    }

    fileprivate func run() {
        oms_thread_name(name)
        thread.store(UInt(pthread_self()), ordering: .releasing)
        var lastCall = ContinuousClock.now
        while true {
            let (jobs, mustEnd) = state.withLock { state in
                let jobs = state.jobs
                state.jobs.removeAll(keepingCapacity: true)
                let mustEnd = state.isStopping && jobs.isEmpty
                if mustEnd {
                    state.isRunning = false
                    thread.store(0, ordering: .releasing)
                }
                return (jobs, mustEnd)
            }
            if mustEnd { return }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            sleep(&lastCall)
        }
    }

    /// Waits for a job, the watched descriptor, or the watch's interval; with a job already there it only looks, without waiting.
    private func sleep(_ lastCall: inout ContinuousClock.Instant) {
        let (watch, isIdle) = state.withLock { ($0.watch, $0.jobs.isEmpty && !$0.isStopping) }
        var timeout: Int32 = isIdle ? -1 : 0
        if let watch, isIdle {
            let elapsed = (ContinuousClock.now - lastCall) / .milliseconds(1)
            timeout = Int32(clamping: Int64(max(0, Double(watch.milliseconds) - elapsed).rounded(.up)))
        }
        let isReady = withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2) { descriptors in
            descriptors[0] = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
            // poll(2) passes over a negative descriptor.
            descriptors[1] = pollfd(fd: watch?.descriptor ?? -1, events: watch?.events ?? 0, revents: 0)
            guard poll(descriptors.baseAddress, 2, timeout) > 0 else { return false }
            if descriptors[0].revents != 0 { oms_eventfd_clear(wake) }
            return descriptors[1].revents != 0
        }
        guard let watch else { return }
        let now = ContinuousClock.now
        guard isReady || now - lastCall >= .milliseconds(Int64(watch.milliseconds)) else { return }
        // A job that ran meanwhile may have ended the watch and closed its descriptor.
        guard state.withLock({ $0.watch?.descriptor }) == watch.descriptor else { return }
        lastCall = now
        watch.ready()
    }
}

extension Unmanaged where Instance == PinnedExecutor {
    /// What the thread runs: takes over the reference that `pthread_create` carried.
    fileprivate static func threadBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<PinnedExecutor>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
}
