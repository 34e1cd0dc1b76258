internal import Foundation
internal import Messages
internal import Postgres
internal import RabbitMQ
internal import Store

/// How far the system is, as the tables tell; asked patiently, since the database may be away.
actor ChaosProgress {
    private let session: PostgresSession
    private let broker: BrokerConfiguration
    private var quiet = 0

    init(_ session: PostgresSession, broker: BrokerConfiguration) {
        self.session = session
        self.broker = broker
    }

    /// Asks until it is so. A database that is away is asked again.
    ///
    /// - Throws: `CommandFailure` when the time is up.
    func wait(_ what: String, within limit: Duration, _ condition: @Sendable (isolated ChaosProgress) async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            let isSo = (try? await condition(self)) ?? false
            if isSo { return }
            guard ContinuousClock.now < deadline else {
                throw CommandFailure.fault("not within \(limit.components.seconds) s: \(what)")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Locations whose counts are known.
    func feeds() async throws -> Int { Int(try await number("SELECT count(*) FROM feed")) }

    /// Whether an order of this id or a later one has a parcel: ids have one length and rise.
    func isSourced(from orderID: String) async throws -> Bool {
        try await number(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM orders o WHERE o.id >= $1 AND EXISTS (SELECT FROM fulfillment f WHERE f.order_key = o.key) LIMIT 1
            ) found
            """,
            [.text(orderID)]
        ) == 1
    }

    /// Whether every order is known and finished, every mail gone, nothing reserved, nothing owed, every queue empty: three times in a row.
    func isDone(placed: Int) async throws -> Bool {
        let backlog = try await session.read { tx in try Backlog.count(in: tx) }
        let known = try await number("SELECT count(*) FROM orders")
        let open = try await number("SELECT count(*) FROM orders WHERE status NOT IN (7, 8)")
        let reserved = try await number("SELECT coalesce(sum(reserved), 0)::bigint FROM stock")
        var isDone = backlog.isEmpty && known == placed && open == 0 && reserved == 0
        if isDone { isDone = try await depths().total == 0 }
        quiet = isDone ? quiet + 1 : 0
        return quiet >= 3
    }

    /// For a person: what is not done.
    func standing() async throws -> String {
        let rows = try await session.read { tx in
            try tx.query(
                """
                SELECT format('status %s: %s', status, count(*)) FROM orders GROUP BY status
                UNION ALL SELECT format('reserved: %s', sum(reserved)) FROM stock
                UNION ALL SELECT format('outbox: %s', count(*)) FROM outbox
                """,
                []
            ).map { try $0.text(0) }
        }
        let backlog = try await session.read { tx in try Backlog.count(in: tx) }
        return "\(rows.joined(separator: ", ")); \(backlog); queues: \(try await depths().text)"
    }

    /// Messages that no worker has taken; what a worker holds and does not settle comes to light when it ends.
    private func depths() async throws -> QueueDepths {
        let publisher = try await Publisher.connect(broker, logger: Logging.quiet)
        let depths = await Result { try await QueueDepths.look(publisher) }
        await publisher.close()
        return try depths.get()
    }

    private func number(_ sql: String, _ parameters: [Parameter] = []) async throws -> Int64 {
        try await session.read(isolation: .readCommitted) { tx in try tx.query(sql, parameters).only().int8(0) }
    }
}
