internal import CoreMetrics
internal import Messages

/// The counters of one lane: `worker.messages{role,outcome}`, `worker.batch{role}`, `worker.batch.messages{role}`.
struct RoleMetrics: Sendable {
    private let role: String
    private let queue: String
    private let health: WorkerHealth
    private let done: Counter
    private let retried: Counter
    private let refused: Counter
    private let duration: Timer
    private let batches: Counter

    init(role: String, queue: String, health: WorkerHealth) {
        self.role = role
        self.queue = queue
        self.health = health
        let dimensions = [("role", role), ("queue", queue)]
        done = Counter(label: "worker.messages", dimensions: dimensions + [("outcome", "done")])
        retried = Counter(label: "worker.messages", dimensions: dimensions + [("outcome", "retry")])
        refused = Counter(label: "worker.messages", dimensions: dimensions + [("outcome", "refused")])
        duration = Timer(label: "worker.batch", dimensions: dimensions)
        batches = Counter(label: "worker.batches", dimensions: dimensions)
        connected(false)
    }

    func connected(_ isConnected: Bool) { health.lane(queue, isConnected: isConnected) }
    func database(_ isAnswering: Bool) { health.database(isAnswering: isAnswering) }

    func count(_ outcome: Outcome) {
        switch outcome {
        case .done, .answer: done.increment()
        case .retry: retried.increment()
        case .refuse: refused.increment()
        }
    }

    func handled(_ messages: Int, in time: Duration) {
        batches.increment()
        let (seconds, attoseconds) = time.components
        duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
