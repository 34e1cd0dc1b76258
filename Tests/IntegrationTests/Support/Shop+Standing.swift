import Messages
import Postgres
import RabbitMQ
import TestSupport
import Testing
import Workers

extension Shop {
    /// Where everything stands, for whoever has to find out why something did not happen.
    func standing(of children: [ChildProcess]) async -> String {
        var lines = ["orders by status: \(await table("SELECT status, count(*) FROM orders GROUP BY 1 ORDER BY 1"))"]
        let owed = await table("SELECT count(*), max(now() - created_at), max(now() - claimed_at) FROM outbox")
        lines.append("outbox, oldest, tried: \(owed)")
        lines.append("desk: \(await table("SELECT code, count(*) FROM dead_letter GROUP BY 1"))")
        lines.append(
            "sessions: "
                + (await table(
                    """
                    SELECT application_name, state, coalesce(wait_event, ''), now() - state_change FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY 1
                    """
                ))
        )
        for queue in BrokerTopology.oms.queues.map(\.name) {
            let status = await Result.of { try await link.publisher().status(ofQueue: queue) }
            lines.append("\(queue): \(status)")
        }
        for child in children { lines.append("worker \(child.processID), running \(child.isRunning): \(child.output.suffix(6_000))") }
        return lines.joined(separator: "\n")
    }

    /// `eventually`, and where it does not come true, how everything stands.
    func eventuallyOrTell(
        _ what: String,
        of children: [ChildProcess],
        within deadline: Duration,
        _ condition: () async throws -> Bool
    ) async throws {
        do {
            try await eventually(what, within: deadline, every: .milliseconds(100), condition)
        } catch {
            Issue.record("\(await standing(of: children))")
            throw error
        }
    }

    private func table(_ sql: String) async -> String {
        do {
            // Text of whatever type: this is for reading, not for deciding.
            return try await query("SELECT coalesce(string_agg(r::text, ' '), '') FROM (\(sql)) r").only().text(0)
        } catch {
            return "\(error)"
        }
    }
}

extension Result where Failure == any Error {
    fileprivate static func of(_ body: () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
