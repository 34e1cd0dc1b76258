internal import Foundation
internal import Messages
internal import Postgres
internal import RabbitMQ
internal import Simulation
internal import Store

/// How far the system is, as tables and queues tell; asked patiently, since the servers may be away.
actor ChaosObserver {
    /// Nothing moved for so long: nothing will.
    static let patience = Duration.seconds(120)

    private let session: PostgresSession
    private let broker: BrokerConfiguration

    init(_ session: PostgresSession, broker: BrokerConfiguration) {
        self.session = session
        self.broker = broker
    }

    /// Asks until it is so. A database that is away is asked again.
    ///
    /// - Throws: `CommandFailure` when the time is up.
    func wait(_ what: String, within limit: Duration, _ condition: @Sendable (isolated ChaosObserver) async throws -> Bool) async throws {
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

    /// Waits until everything is done three times in a row, as long as something moves.
    ///
    /// - Throws: `CommandFailure` with what is not done, when nothing has moved for two minutes.
    func waitForEnd(placed: Int) async throws {
        var progress = ChaosProgress<ChaosStanding>(patience: Self.patience, at: .now)
        var last: ChaosStanding?
        var quiet = 0
        while true {
            let standing = try? await standing()
            last = standing ?? last
            quiet = standing?.isDone(placed: placed) == true ? quiet + 1 : 0
            if quiet == 3 { return }
            // A message that waits for its next try does not move before that.
            guard progress.isWorthWaiting(standing, at: .now, further: last?.longestRetry ?? .zero) else {
                let found = last?.description ?? "neither the database nor the broker answers"
                throw CommandFailure.fault("nothing has moved for \(Self.patience.components.seconds) s: \(found)")
            }
            try await Task.sleep(for: .milliseconds(100))
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

    private func standing() async throws -> ChaosStanding {
        var standing = try await session.read { tx in try ChaosStanding(in: tx) }
        let publisher = try await Publisher.connect(broker, logger: Logging.quiet)
        let depths = await Result { try await QueueDepths.look(publisher) }
        await publisher.close()
        standing.depths = try depths.get().messages
        return standing
    }

    private func number(_ sql: String, _ parameters: [Parameter] = []) async throws -> Int64 {
        try await session.read(isolation: .readCommitted) { tx in try tx.query(sql, parameters).only().int8(0) }
    }
}

/// What tables and queues say of what is done and what is not.
struct ChaosStanding: Hashable, Sendable {
    private var orders: Int64
    private var open: Int64
    private var reserved: Int64
    private var parcels: Int64
    private var shipments: Int64
    private var invoices: Int64
    private var mails: Int64
    private var refused: Int64
    private var backlog: Backlog
    /// Messages that no worker has taken, by queue; what a worker holds and does not settle comes to light when it ends.
    var depths: [String: Int] = [:]

    init(in tx: borrowing Transaction) throws {
        let row = try tx.query(
            """
            SELECT
                (SELECT count(*) FROM orders),
                (SELECT count(*) FROM orders WHERE status NOT IN (7, 8)),
                (SELECT coalesce(sum(reserved), 0)::bigint FROM stock),
                (SELECT count(*) FROM fulfillment),
                (SELECT count(*) FROM shipment),
                (SELECT count(*) FROM invoice),
                (SELECT count(*) FROM email),
                (SELECT count(*) FROM dead_letter)
            """,
            []
        ).only()
        orders = try row.int8(0)
        open = try row.int8(1)
        reserved = try row.int8(2)
        parcels = try row.int8(3)
        shipments = try row.int8(4)
        invoices = try row.int8(5)
        mails = try row.int8(6)
        refused = try row.int8(7)
        backlog = try Backlog.count(in: tx)
    }

    /// Whether every order is known and finished, every mail gone, nothing reserved, nothing owed, every queue empty.
    func isDone(placed: Int) -> Bool {
        backlog.isEmpty && orders == placed && open == 0 && reserved == 0 && depths.values.allSatisfy { $0 == 0 }
    }

    /// The longest delay after which a waiting message is tried again.
    var longestRetry: Duration {
        let waiting = RetryDelay.allCases.filter { depths[$0.queue, default: 0] > 0 }
        return .milliseconds(waiting.map(\.milliseconds).max() ?? 0)
    }
}

extension ChaosStanding: CustomStringConvertible {
    /// For a person: what there is, and what is not done.
    var description: String {
        let waiting = depths.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return """
            \(orders) orders, \(open) of them open, \(reserved) units reserved, \(parcels) parcels, \(shipments) shipped, \(invoices) invoices, \
            \(mails) mails, \(refused) refused; \(backlog.undecidedOrders) to be sourced, \(backlog.outboxRows) rows in the outbox, \
            \(backlog.uninvoicedShipments) invoices and \(backlog.mailsOwed) mails owed; queues: \(waiting.isEmpty ? "empty" : waiting)
            """
    }
}
