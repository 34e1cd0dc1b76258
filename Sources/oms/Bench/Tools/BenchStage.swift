internal import Commerce
internal import Foundation
internal import Messages
internal import Postgres
internal import RabbitMQ
internal import Simulation
internal import Store
internal import Workers

/// The stage a measurement runs on: an empty database with the bench's network, empty queues, and one publisher for the generator.
final class BenchStage: Sendable {
    let settings: Settings
    let session: PostgresSession
    let publisher: Publisher
    /// The stack's servers, where they can be seen.
    let servers: ServerProcesses?
    private let owner: PostgresSession

    init(settings: Settings) async throws {
        self.settings = settings
        session = try settings.session()
        owner = try settings.session(owner: true)
        publisher = try await settings.publisher()
        servers = ServerProcesses(stackFolder: try settings.stackFolder)
        try await publisher.declare(Topology(BrokerTopology.oms))
    }

    /// Empties everything, and writes the network.
    func reset() async throws {
        try await restoreQueues()
        for queue in BrokerTopology.oms.queues { _ = try await publisher.purge(queue: queue.name) }
        try await owner.script(
            """
            DO $$
            BEGIN
                EXECUTE (
                    SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY'
                    FROM pg_tables
                    WHERE schemaname = 'public' AND tablename <> ALL (ARRAY[
                        'schema_migration', 'seller', 'channel', 'supplier', 'location', 'network_version', 'network_section',
                        'invoice_series', 'postal_code', 'stock_policy_told'
                    ])
                );
            END
            $$;
            UPDATE invoice_series SET last = 0;
            ALTER SEQUENCE order_key RESTART;
            ALTER SEQUENCE fulfillment_key RESTART;
            ALTER SEQUENCE shipment_key RESTART;
            """
        )
        try await NetworkSetup.apply(BenchNetwork.network.yaml, name: "the bench's network", settings: settings, isQuiet: true)
    }

    /// Forgets the orders and all that came of them; stock is as full as before. Nobody may be at work on one.
    func forgetOrders() async throws {
        try await owner.script(
            """
            TRUNCATE orders, order_document, order_line, waiting_line, delivery_delay, order_event, payment, fulfillment, fulfillment_line,
                shipment, shipment_line, invoice, invoice_document, email, sourcing_decision, stock_movement;
            UPDATE invoice_series SET last = 0;
            UPDATE stock SET on_hand = counted, reserved = 0 WHERE reserved > 0 OR on_hand <> counted;
            """
        )
    }

    /// Leaves behind what a measurement should not pay for: missing statistics, dead rows of the one before.
    func settle() async throws { try await owner.script("VACUUM ANALYZE") }

    /// Runs SQL as the tables' owner.
    func script(_ sql: String) async throws { try await owner.script(sql) }

    /// Queues nobody works on in a measurement are taken away, so that the broker does not fill them for nothing.
    func drop(_ queues: [WorkQueue]) async throws {
        for queue in queues { _ = try await publisher.delete(queue: queue.name) }
    }

    func restoreQueues() async throws { try await publisher.declare(Topology(BrokerTopology.oms)) }

    func publish(_ messages: [ScriptMessage]) async throws {
        _ = try await publisher.publish(messages.map { Self.message($0.type, $0.body) })
    }

    /// Publishes generated orders as fast as the broker takes them.
    func publish(_ count: Int, of orders: BenchOrders) async throws {
        var orders = orders
        try await publish(count) { Self.message("order.placed", orders.next()) }
    }

    /// Publishes messages as fast as the broker takes them: batches of 500, three in flight.
    func publish(_ count: Int, _ next: () -> OutgoingMessage) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var left = count
            var inFlight = 0
            while left > 0 {
                let batch = (0..<min(500, left)).map { _ in next() }
                left -= batch.count
                if inFlight == 3 {
                    try await group.next()
                    inFlight -= 1
                }
                group.addTask { _ = try await self.publisher.publish(batch) }
                inFlight += 1
            }
            try await group.waitForAll()
        }
    }

    static func message(_ type: String, _ body: [UInt8], replyTo queue: String? = nil) -> OutgoingMessage {
        var properties = MessageProperties()
        properties.contentType = "application/json"
        properties.type = type
        properties.replyTo = queue
        return OutgoingMessage(
            exchange: BrokerTopology.inboundExchange,
            routingKey: type,
            mandatory: true,
            properties: properties,
            body: body
        )
    }

    func number(_ sql: String) async throws -> Int64 {
        try await session.read(isolation: .readCommitted) { tx in try tx.query(sql, []).only().int8(0) }
    }

    /// Waits until the query gives at least `target`.
    ///
    /// - Throws: where it has not grown for a minute.
    func wait(until target: Int64, _ what: String, _ sql: String, every pause: Duration = .milliseconds(50)) async throws {
        var last: Int64 = -1
        var since = ContinuousClock.now
        while true {
            let value = try await number(sql)
            if value >= target { return }
            if value != last {
                last = value
                since = .now
            }
            guard ContinuousClock.now - since < .seconds(60) else {
                throw CommandFailure.fault("the benchmark stalls: \(what) stays at \(value) of \(target)")
            }
            try await Task.sleep(for: pause)
        }
    }

    func close() async {
        await publisher.close()
        await session.close()
        await owner.close()
    }
}
