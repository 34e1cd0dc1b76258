internal import CSystem
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
        var ready: @Sendable () -> Void
    }

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
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { startThread() } else { oms_eventfd_signal(wake) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    package func checkIsolated() {
        precondition(isCurrent, "called outside the thread that owns this connection")
    }

    /// Whether the caller runs on this executor's thread.
    package var isCurrent: Bool { thread.load(ordering: .acquiring) == UInt(pthread_self()) }

    /// Calls `onReady` on the thread when `descriptor` can be read (or hangs up), and at the latest every `milliseconds`.
    ///
    /// One descriptor at a time; a second call replaces the first.
    package func watch(_ descriptor: Int32, every milliseconds: Int32, onReady: @escaping @Sendable () -> Void) {
        state.withLock { $0.watch = Watch(descriptor: descriptor, milliseconds: milliseconds, ready: onReady) }
        oms_eventfd_signal(wake)
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
        let context = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(&id, nil, { Unmanaged<PinnedExecutor>.threadBody($0) }, context)
        precondition(status == 0, "no thread: the process has reached its limit")
        pthread_detach(id)
    }

    fileprivate func run() {
        oms_thread_name(name)
        thread.store(UInt(pthread_self()), ordering: .releasing)
        while true {
            let (jobs, watch, mustEnd) = state.withLock { state in
                let jobs = state.jobs
                state.jobs.removeAll(keepingCapacity: true)
                let mustEnd = state.isStopping && jobs.isEmpty
                if mustEnd { state.isRunning = false }
                return (jobs, state.watch, mustEnd)
            }
            if mustEnd { return }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            sleep(watch, patiently: jobs.isEmpty)
        }
    }

    /// Waits for a job, the watched descriptor, or the watch's interval; after jobs it only looks, without waiting.
    private func sleep(_ watch: Watch?, patiently: Bool) {
        var descriptors = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0)]
        if let watch { descriptors.append(pollfd(fd: watch.descriptor, events: Int16(POLLIN), revents: 0)) }
        let timeout = patiently ? (watch?.milliseconds ?? -1) : 0
        let ready = poll(&descriptors, nfds_t(descriptors.count), timeout)
        if descriptors[0].revents != 0 { oms_eventfd_clear(wake) }
        guard let watch, (patiently && ready == 0) || (descriptors.count > 1 && descriptors[1].revents != 0) else { return }
        // A job that ran meanwhile may have ended the watch and closed its descriptor.
        guard state.withLock({ $0.watch?.descriptor }) == watch.descriptor else { return }
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
