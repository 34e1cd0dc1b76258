internal import Foundation
internal import Postgres

/// The workers' connections, as the servers count them.
struct ChaosConnections: Sendable, Hashable {
    /// A server may need a moment to see that a client is gone.
    private static let patience = Duration.seconds(60)

    var database = 0
    /// `nil` where the stack's own means are not known.
    var broker: Int?

    var isEmpty: Bool { database == 0 && (broker ?? 0) == 0 }

    /// Those that are still there after the last worker has ended.
    static func outliving(_ settings: Settings) async throws -> ChaosConnections {
        let deadline = ContinuousClock.now + patience
        while true {
            let count = try await count(settings)
            if count.isEmpty || ContinuousClock.now >= deadline { return count }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    private static func count(_ settings: Settings) async throws -> ChaosConnections {
        let session = try settings.session()
        let sessions = await Result {
            try await session.read { tx in
                try tx.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'oms worker'", []).only().int8(0)
            }
        }
        await session.close()
        return ChaosConnections(database: Int(try sessions.get()), broker: try await brokerConnections())
    }

    private static func brokerConnections() async throws -> Int? {
        guard let stack = ProcessInfo.processInfo.environment["OMS_STACK"] else { return nil }
        let listed = try await ToolProcess.run(
            stack,
            ["rabbitmqctl", "-q", "list_connections", "--no-table-headers", "state", "client_properties"]
        )
        return listed.split(separator: "\n").count { $0.contains("oms worker") }
    }
}
