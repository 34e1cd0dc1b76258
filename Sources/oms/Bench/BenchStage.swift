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
    private let owner: PostgresSession

    init(settings: Settings) async throws {
        self.settings = settings
        session = try settings.session()
        owner = try settings.session(owner: true)
        publisher = try await settings.publisher()
        try await publisher.declare(Topology(BrokerTopology.oms))
    }

    /// Empties everything, and writes the network and ample stock.
    func reset() async throws {
        for queue in BrokerTopology.oms.queues { _ = try await publisher.purge(queue: queue.name) }
        try await owner.script(
            """
            TRUNCATE orders, order_document, order_line, waiting_line, order_event, cancellation, payment, payment_transaction, sku, stock,
                stock_movement, stock_adjustment, feed, feed_part, stock_told, fulfillment, fulfillment_line, fulfillment_rejection,
                shipment, shipment_line, shipment_report, invoice, invoice_document, outbox, dead_letter, email RESTART IDENTITY;
            UPDATE invoice_series SET last = 0;
            """
        )
        try await NetworkSetup.apply(BenchNetwork.network.yaml, name: "the bench's network", settings: settings, isQuiet: true)
    }

    /// Leaves behind what a measurement should not pay for: missing statistics, dead rows of the one before.
    func settle() async throws { try await owner.script("VACUUM ANALYZE") }

    /// Queues nobody works on in a measurement are taken away, so that the broker does not fill them for nothing.
    func drop(_ queues: [WorkQueue]) async throws {
        for queue in queues { _ = try await publisher.delete(queue: queue.name) }
    }

    func restoreQueues() async throws { try await publisher.declare(Topology(BrokerTopology.oms)) }

    func publish(_ messages: [ScriptMessage]) async throws {
        _ = try await publisher.publish(messages.map { Self.message($0.type, $0.body) })
    }

    /// Publishes generated orders as fast as the broker takes them: batches of 500, three in flight.
    func publish(_ count: Int, of orders: BenchOrders) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var orders = orders
            var left = count
            var inFlight = 0
            while left > 0 {
                let batch = (0..<min(500, left)).map { _ in Self.message("order.placed", orders.next()) }
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

    static func message(_ type: String, _ body: [UInt8]) -> OutgoingMessage {
        var properties = MessageProperties()
        properties.contentType = "application/json"
        properties.type = type
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
