internal import Messages
internal import RabbitMQ

/// How full the system's queues are: the workers' own and those where messages wait for another try.
struct QueueDepths: Sendable, Hashable {
    private(set) var messages: [String: Int] = [:]
    private(set) var consumers: [String: Int] = [:]

    static func look(_ publisher: Publisher) async throws -> QueueDepths {
        var depths = QueueDepths()
        for queue in WorkQueue.allCases.map(\.name) + RetryDelay.allCases.map(\.queue) + [BrokerTopology.deadQueue] {
            let status = try await publisher.status(ofQueue: queue)
            if status.messages > 0 { depths.messages[queue] = status.messages }
            depths.consumers[queue] = status.consumers
        }
        return depths
    }

    var total: Int { messages.values.reduce(0, +) }
    var deepest: Int { messages.values.max() ?? 0 }

    /// Work queues that nobody takes from.
    var deserted: [String] { WorkQueue.allCases.map(\.name).filter { consumers[$0] == 0 } }

    /// `oms.mailing 1,200, oms.retry.1m 3`, the fullest first.
    var text: String {
        messages.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value.grouped)" }.joined(separator: ", ")
    }
}
