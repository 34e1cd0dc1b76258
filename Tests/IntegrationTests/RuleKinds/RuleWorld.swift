import Commerce
import Foundation
import Postgres
import TestSupport
import Testing

/// One shop for all rows of a suite: each has a channel and SKUs of its own, the locations are everybody's.
struct RuleWorld: SuiteTrait, TestScoping {
    @TaskLocal static var shop: Shop?

    let rows: [RuleRow]
    /// Happens once, before the first order.
    var prepare: @Sendable (Shop) async throws -> Void = { _ in }

    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withShop(network: Commerce.Network()) { shop in
            try await apply(to: shop)
            var goods: [String: [(String, Int64)]] = [:]
            for row in rows { for (location, text) in row.stock { goods[location, default: []] += row.goods(text) } }
            for (location, counts) in goods { try await shop.stock(location, counts) }
            try await prepare(shop)
            try await Self.$shop.withValue(shop) { try await function() }
        }
    }

    private func apply(to shop: Shop) async throws {
        let path = NSTemporaryDirectory() + "oms-\(UUID().uuidString).yaml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try file.write(toFile: path, atomically: true, encoding: .utf8)
        let (status, output) = try await shop.oms(["network", "apply", path])
        guard status == 0 else { throw TestSupportError("the network file is refused: \(output)\n\(file)") }
    }

    /// Where it is about noon now, so that no test runs over midnight. The zone's sign is the other way around.
    private static let noon: (zone: String, offsetHours: Int) = {
        let hour = Int(Date.now.timeIntervalSince1970 / 3_600) % 24
        return ("Etc/GMT\(hour >= 12 ? "+" : "-")\(abs(12 - hour))", 12 - hour)
    }()

    /// Today and tomorrow there, as the network file names them.
    static let weekdays: (today: String, tomorrow: String) = {
        let days = Int(Date.now.timeIntervalSince1970 + Double(noon.offsetHours) * 3_600) / 86_400
        // 1970 began on a Thursday.
        let names = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"]
        return (names[days % 7], names[(days + 1) % 7])
    }()

    /// Berlin, Hamburg (where the orders ship to), Vienna, Munich; and some for one purpose each, preferred where they have the goods.
    private var file: String {
        let place = "timeZone: \(Self.noon.zone), workingDays: [mon, tue, wed, thu, fri, sat, sun]"
        let berlin = "kind: warehouse, city: Berlin, country: DE, region: east, latitude: 52.53, longitude: 13.38, supplier: own, \(place)"
        let channels = (rows.map(\.name) + ["plain"]).map {
            "  - { id: \($0), seller: main, currency: EUR, timeZone: \(Self.noon.zone), invoiceMail: none }"
        }
        return """
            sellers:
              - { id: main, name: Example GmbH, street: Kai 1, postalCode: "20457", city: Hamburg, country: DE, invoicePrefix: R }
            channels:
            \(channels.joined(separator: "\n"))
            suppliers:
              - { id: own, name: Own, priority: 50 }
              - { id: acme, name: Acme, priority: 20 }
              - { id: hubco, name: Hubco, priority: 70 }
            locations:
              - { location: main, name: Main, priority: 10, parcelCost: 900, \(berlin) }
              - { location: shop, name: Shop, priority: 20, parcelCost: 600, kind: store, city: Hamburg, country: DE, region: north,
                  latitude: 53.55, longitude: 9.99, supplier: own, \(place) }
              - { location: vend, name: Vendor, priority: 30, parcelCost: 300, kind: supplier, city: Wien, country: AT, region: south,
                  latitude: 48.21, longitude: 16.37, supplier: acme, \(place) }
              - { location: hub, name: Hub, priority: 40, parcelCost: 1500, kind: third-party, city: München, country: DE, region: south,
                  latitude: 48.14, longitude: 11.58, supplier: hubco, markdown: true, attributes: { cold: deep, hazard: acid }, \(place) }
              - { location: tiny, name: Tiny, priority: 5, dailyCapacity: 1, \(berlin) }
              - { location: roomy, name: Roomy, priority: 6, dailyCapacity: 100, \(berlin) }
              - { location: late, name: Late, priority: 5, feedIntervalMinutes: 60, \(berlin) }
              - { location: vip, name: For one, priority: 1, customers: [hotel], \(berlin) }
            calendars:
              - { country: DE, workingDays: [mon, tue, wed, thu, fri, sat, sun] }
              - { country: AT, workingDays: [mon, tue, wed, thu, fri, sat, sun] }
            transit:
              - bands: [{ kilometers: 100, days: 1 }, { kilometers: 300, days: 2 }, { days: 5 }]
            freshness: { bufferPercentPerMiss: 10, dropAfterMisses: 5 }
            rules:
            \(rows.flatMap(\.strategies).joined(separator: "\n"))
            """
    }
}

extension RuleRow {
    /// Places the orders one after the other, and compares what becomes of each.
    func check() async throws {
        let shop = try #require(RuleWorld.shop)
        for (number, step) in steps.enumerated() {
            try await step.before?(shop, self)
            var order = Order("\(name)-\(number)", goods(step.lines).map { (sku: $0.0, quantity: $0.1) })
            order.channel = step.channel ?? name
            order.acceptPartial = step.acceptPartial
            var body = order.body
            for (line, attributes) in step.attributes.enumerated() {
                var changed = body["lines"][line]
                changed["attributes"] = .object(attributes.map { JSON.Member(name: $0.key, value: .string($0.value)) })
                var lines = body["lines"]
                lines[line] = changed
                body["lines"] = lines
            }
            step.change?(&body)
            try await shop.accepted("order.placed", body)
            try await expect(step.expect, of: order, in: shop)
            guard let (event, then) = step.afterwards else { continue }
            switch event {
            case .released: try await shop.accepted("order.release", shop.release(order))
            case .timeOut:
                let key: [Parameter] = [.text(order.channel), .text(order.id)]
                try await shop.session.write { tx in
                    try tx.execute(
                        """
                        UPDATE order_hold SET until = clock_timestamp() - interval '1 second'
                        WHERE order_key = (SELECT o.key FROM orders o JOIN channel c ON c.key = o.channel WHERE c.id = $1 AND o.id = $2)
                        """,
                        key
                    )
                }
            }
            try await expect(then, of: order, in: shop)
        }
    }

    private func expect(_ expected: String, of order: Order, in shop: Shop) async throws {
        var last = ""
        do {
            try await eventually("\(name): \(expected)", within: .seconds(240)) {
                last = try await outcome(of: order, in: shop)
                return last == expected
            }
        } catch is TestSupportError {
            Issue.record("order \(order.id): \(last), and not \(expected)")
        }
    }

    /// Where the units of an order are.
    private func outcome(of order: Order, in shop: Shop) async throws -> String {
        let key: [Parameter] = [.text(order.channel), .text(order.id)]
        let isIt = "o.id = $2 AND o.channel = (SELECT key FROM channel WHERE id = $1)"
        let rows = try await shop.query(
            """
            SELECT p.id || ':', p.id || f.key, k.id, l.quantity - l.cancelled AS units, l.line
            FROM orders o JOIN fulfillment f ON f.order_key = o.key JOIN fulfillment_line l ON l.fulfillment_key = f.key
            JOIN location p ON p.key = f.location JOIN sku k ON k.key = l.sku
            WHERE \(isIt) AND l.quantity > l.cancelled
            UNION ALL
            SELECT CASE WHEN h.order_key IS NULL THEN 'waiting:' ELSE 'held:' END, '~1', k.id, w.quantity, w.line
            FROM orders o JOIN waiting_line w ON w.order_key = o.key JOIN sku k ON k.key = w.sku
            LEFT JOIN order_hold h ON h.order_key = o.key AND h.ended_at IS NULL
            WHERE \(isIt)
            UNION ALL
            SELECT 'cancelled:', '~2', k.id, l.cancelled, l.line
            FROM orders o JOIN order_line l ON l.order_key = o.key JOIN sku k ON k.key = l.sku
            WHERE \(isIt) AND l.cancelled > 0
            ORDER BY 2, 5
            """,
            key
        )
        var parts: [(group: String, text: String)] = []
        for row in rows {
            let units = "\(try row.int8(3)) \(try row.text(2).dropFirst(name.count + 1))"
            let group = try row.text(1)
            if parts.last?.group == group {
                parts[parts.count - 1].text += " + \(units)"
            } else {
                var title = try row.text(0)
                if title == "cancelled:", let told = try shop.events("order.cancelled", of: order).last {
                    title = "cancelled (\(told["data"]["reason"].string ?? "")):"
                }
                parts.append((group, "\(title) \(units)"))
            }
        }
        return parts.map(\.text).joined(separator: "; ")
    }
}
