import Postgres
import RabbitMQ
import Store
import TestSupport
import Testing
import Workers

/// A fulfillment as a location sees it.
struct Parcel: Sendable, Hashable {
    struct Line: Sendable, Hashable {
        var lineID: String
        var quantity: Int64
    }

    var id: String
    var location: String
    var lines: [Line]
}

struct DeskEntry: Sendable, Hashable {
    var number: Int64
    var type: String
    var code: String
    var path: String?
    var orderID: String?
    var body: [UInt8]
    var isOpen: Bool
}

extension Shop {
    func query(_ sql: String, _ parameters: [Parameter] = []) async throws -> Rows {
        try await session.read { tx in try tx.query(sql, parameters) }
    }

    /// One number.
    func number(_ sql: String, _ parameters: [Parameter] = []) async throws -> Int64 {
        try await query(sql, parameters).only().int8(0)
    }

    /// The events of a type heard so far, about an order where one is named.
    func events(_ type: String, of order: Order? = nil) throws -> [JSON] {
        try listener.events.filter { heard in
            guard heard.type == type else { return false }
            guard let order else { return true }
            return heard.id.utf8.starts(with: "\(order.channel)/\(order.id)/".utf8)
        }.map { try $0.json() }
    }

    /// Waits for the nth event of a type about an order; gives its data.
    @discardableResult
    func event(_ type: String, of order: Order? = nil, count: Int = 1, within deadline: Duration = .seconds(240)) async throws -> JSON {
        try await eventuallyValue("\(count) × \(type)\(order.map { " of \($0.id)" } ?? "")", within: deadline) {
            let events = try events(type, of: order)
            return events.count >= count ? events[count - 1]["data"] : nil
        }
    }

    /// Waits until an order is sourced for the nth time; gives the parcels of that decision.
    func sourced(_ order: Order, count: Int = 1) async throws -> [Parcel] {
        try await event("order.sourced", of: order, count: count)["fulfillments"].array.map { parcel in
            Parcel(
                id: parcel["fulfillmentId"].string ?? "",
                location: parcel["location"].string ?? "",
                lines: parcel["lines"].array.map { Parcel.Line(lineID: $0["lineId"].string ?? "", quantity: $0["quantity"].integer ?? 0) }
            )
        }
    }

    /// What a location has of a SKU.
    func level(_ sku: String, at location: String) async throws -> (onHand: Int64, reserved: Int64) {
        let rows = try await query(
            """
            SELECT s.on_hand, s.reserved FROM stock s JOIN sku k ON k.key = s.sku JOIN location l ON l.key = s.location
            WHERE k.id = $1 AND l.id = $2
            """,
            [.text(sku), .text(location)]
        )
        guard let row = rows.first else { return (0, 0) }
        return (try row.int8(0), try row.int8(1))
    }

    /// The status of an order, by `OrderStatus`'s name; nil where it is not there.
    func status(_ order: Order) async throws -> Int16? {
        try await query(
            "SELECT o.status FROM orders o JOIN channel c ON c.key = o.channel WHERE c.id = $1 AND o.id = $2",
            [.text(order.channel), .text(order.id)]
        ).first?.int2(0)
    }

    func count(_ table: String) async throws -> Int64 { try await number("SELECT count(*) FROM \(quotedIdentifier(table))") }

    /// What lies at the dead-letter desk, oldest first.
    func desk() async throws -> [DeskEntry] {
        let rows = try await session.read { tx in try DeskStore.list(all: true, limit: 1_000, in: tx) }
        return rows.reversed().map { row in
            DeskEntry(
                number: row.key,
                type: row.entry.type,
                code: row.entry.code,
                path: row.entry.path,
                orderID: row.entry.orderID,
                body: row.entry.body,
                isOpen: row.status == .open
            )
        }
    }

    /// Waits until so many messages were refused.
    func desk(has count: Int) async throws -> [DeskEntry] {
        try await eventuallyValue("\(count) messages at the desk") {
            let entries = try await desk()
            return entries.count >= count ? entries : nil
        }
    }

    /// How many messages a queue holds that no worker has taken.
    func waiting(in queue: String) async throws -> Int { try await link.publisher().status(ofQueue: queue).messages }

    /// Waits until every event that is written down was heard: nothing that happened is kept from the world, and the numbers of
    /// an order's events are 1, 2, 3 …
    func everythingTold(within deadline: Duration = .seconds(240)) async throws {
        try await eventually("every event is told", within: deadline, every: .milliseconds(100)) {
            let rows = try await query(
                """
                SELECT c.id || '/' || o.id || '/' || lpad(e.sequence::text, 10, '0')
                FROM order_event e JOIN orders o ON o.key = e.order_key JOIN channel c ON c.key = o.channel
                """
            )
            let heard = listener.ids
            return try rows.allSatisfy { heard.contains(Array(try $0.text(0).utf8)) }
        }
        do {
            try await eventually("nothing is owed to the broker", within: deadline) { try await count("outbox") == 0 }
        } catch {
            let owed = try await session.write { tx in try OutboxStore.claimOverdue(seconds: 0, limit: 5, in: tx) }
            Issue.record("owed: \(owed.map { row in (row.key, row.messages.map { "\($0.exchange) \($0.routingKey)" }.prefix(3)) })")
            throw error
        }
    }

    func expectCleanAudit(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let findings = try await session.read { tx in try AuditStore.examine(in: tx) }
        for finding in findings {
            #expect(finding.violations == 0, "\(finding.law.sentence) \(finding.examples)", sourceLocation: sourceLocation)
        }
    }
}
