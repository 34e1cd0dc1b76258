internal import Foundation
internal import Postgres

/// The workers' connections, as the servers count them.
enum ChaosConnections {
    struct Count: Sendable, Hashable {
        var database = 0
        /// `nil` where the broker's management interface is not known.
        var broker: Int?
    }

    struct Pair: Sendable {
        var before = Count()
        var after = Count()
    }

    static func count(_ settings: Settings) async throws -> Count {
        let session = try settings.session()
        let sessions = try await session.read { tx in
            try tx.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'oms worker'", []).only().int8(0)
        }
        await session.close()
        return Count(database: Int(sessions), broker: try await brokerConnections())
    }

    private static func brokerConnections() async throws -> Int? {
        guard let stack = ProcessInfo.processInfo.environment["OMS_STACK"] else { return nil }
        let listed = try await ToolProcess.run(
            stack,
            ["rabbitmqctl", "-q", "list_connections", "--no-table-headers", "state", "client_properties"]
        )
        return listed.split(separator: "\n").count { $0.hasPrefix("running") && $0.contains("oms worker") }
    }
}
