internal import UnixSignals

/// Ends long commands on SIGINT and SIGTERM the way they would end by themselves: workers stopped, the queue deleted.
enum Interruption {
    static func ends<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
        try await withThrowingTaskGroup(of: R?.self) { group in
            group.addTask {
                for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
                    Terminal.complain("stopping on \(signal); what was accepted stays accepted")
                    return nil
                }
                return nil
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else {
                group.cancelAll()
                _ = try? await group.next()
                throw CommandFailure.fault("interrupted")
            }
            return result
        }
    }
}
