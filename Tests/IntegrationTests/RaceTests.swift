import Commerce
import Postgres
import TestSupport
import Testing
import Workers

/// Workers that want the same at once.
@Suite(.timeLimit(.minutes(15)))
struct RaceTests {
    private static let roles = Role.allCases.filter { $0 != .mailing }

    @Test func two_workers_of_every_role_sell_exactly_what_is_there() async throws {
        try await withShop(Self.roles, lanes: 2) { shop in
            let rival = try shop.work(Self.roles, lanes: 2)
            let skus = (1...5).map { "S\($0)" }
            // 2,000 orders for 2,400 units: every fifth wants two SKUs, as many as there are of each.
            let orders = (0..<2_000).map { number in
                let first = skus[number % 5]
                guard number.isMultiple(of: 5) else { return Order("\(number)", of: first) }
                return Order("\(number)", [(first, 1), (skus[(number / 5) % 5], 1)]).with { $0.acceptPartial = true }
            }
            for (index, location) in ["ber", "ham", "muc"].enumerated() {
                try await shop.stock(location, skus.map { ($0, index == 0 ? 100 : 50) })
            }
            for start in stride(from: 0, to: orders.count, by: 100) { try await shop.place(Array(orders[start..<start + 100])) }
            try await eventually("all are decided", within: .seconds(240), every: .milliseconds(100)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status > 2") == 2_000
            }
            #expect(try await shop.number("SELECT sum(reserved)::bigint FROM stock") == 1_000, "exactly what is there is sold")
            #expect(try await shop.number("SELECT count(*) FROM stock WHERE reserved > on_hand") == 0)

            // Everything is shipped and invoiced, by both at once.
            let parcels = try await Self.parcels(shop)
            try await shop.publish(parcels.map { shop.message("shipment.dispatched", Array(shop.dispatched($0).text().utf8)) })
            try await eventually("all is invoiced", within: .seconds(240), every: .milliseconds(100)) {
                try await shop.count("invoice") == Int64(parcels.count)
            }
            #expect(try await shop.number("SELECT max(number) FROM invoice") == Int64(parcels.count), "numbers are gapless")
            #expect(try await shop.number("SELECT sum(on_hand)::bigint FROM stock") == 0)
            #expect(try await shop.count("dead_letter") == 0)
            try await Self.expectNoDeadlock(shop)
            try await shop.everythingTold()
            try await rival.stop()
        }
    }

    @Test func everything_at_once_never_deadlocks_and_adds_up() async throws {
        try await withShop(Self.roles, lanes: 2) { shop in
            let rival = try shop.work(Self.roles, lanes: 2)
            var random = SplitMix64(seed: 20_261_123)
            let skus = (1...8).map { "S\($0)" }
            try await shop.stock("ber", skus.map { ($0, 150) })
            try await shop.stock("ham", skus.map { ($0, 60) })
            let orders = (0..<600).map { number in
                let wanted = skus.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
                return Order("\(number)", wanted.map { ($0, Int64.random(in: 1...3, using: &random)) }).with {
                    $0.acceptPartial = number.isMultiple(of: 2)
                    $0.channel = number.isMultiple(of: 7) ? "other" : "shop"
                }
            }
            var answered: Set<String> = []
            for start in stride(from: 0, to: orders.count, by: 60) {
                let some = Array(orders[start..<start + 60])
                try await shop.place(some)
                // Meanwhile: cancellations of these, counts, corrections, dispatches and refusals of whatever parcels there are.
                var messages = some.filter { _ in Bool.random(using: &random) }.prefix(12).map {
                    shop.message("order.cancelled", Array(shop.cancellation($0).text().utf8))
                }
                let counts = skus.map { ($0, Int64.random(in: 40...160, using: &random)) }
                let feed = shop.feed("ber", sequence: shop.next(), mode: "full", counts, at: Self.time(start))
                messages.append(shop.message("stock.reported", Array(feed.text().utf8)))
                for sku in skus {
                    let adjustment: JSON = [
                        "location": "ham", "adjustmentId": "\(sku)-\(start)", "sku": "\(sku)", "delta": 2, "reason": "Found",
                        "occurredAt": .string(Self.time(start)),
                    ]
                    messages.append(shop.message("stock.adjusted", Array(adjustment.text().utf8)))
                }
                for parcel in try await Self.parcels(shop, notShipped: true).filter({ !answered.contains($0.id) }).prefix(20) {
                    answered.insert(parcel.id)
                    if Int.random(in: 0..<5, using: &random) == 0 {
                        let rejection: JSON = [
                            "fulfillmentId": .string(parcel.id), "rejectionId": "r-1", "reason": "damaged",
                            "occurredAt": .string(Self.time(start)),
                        ]
                        messages.append(shop.message("fulfillment.rejected", Array(rejection.text().utf8)))
                    } else {
                        messages.append(
                            shop.message("shipment.dispatched", Array(shop.dispatched(parcel, at: Self.time(start + 1)).text().utf8))
                        )
                    }
                }
                try await shop.publish(messages.shuffled(using: &random))
            }
            try await eventually("all are decided", within: .seconds(240), every: .milliseconds(100)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status > 2") == 600
            }
            // Whatever was refused was refused by the domain, not for a fault of ours.
            let codes = Set(try await shop.desk().map(\.code))
            #expect(codes.isSubset(of: ["not_cancellable", "over_shipped", "wrong_state"]), "\(codes)")
            try await Self.expectNoDeadlock(shop)
            try await shop.everythingTold()
            try await rival.stop()
        }
    }

    @Test func a_flash_sale_sells_exactly_what_is_there() async throws {
        try await withShop([.intake, .sourcing, .stock, .relay], lanes: 2, hearing: []) { shop in
            try await shop.stock("ber", [("HOT", 300)])
            let orders = (0..<3_000).map { Order("\($0)", of: "HOT") }
            for start in stride(from: 0, to: orders.count, by: 500) { try await shop.place(Array(orders[start..<start + 500])) }
            try await eventually("all are decided", within: .seconds(240), every: .milliseconds(100)) {
                try await shop.number("SELECT count(*) FROM orders WHERE status > 2") == 3_000
            }
            #expect(try await shop.number("SELECT count(*) FROM orders WHERE status = 5") == 300)
            #expect(try await shop.level("HOT", at: "ber") == (300, 300))
            #expect(try await shop.count("waiting_line") == 2_700)
            // More comes: it goes to those who waited longest.
            try await shop.stock("ham", [("HOT", 50)])
            try await eventually("50 more are sold") { try await shop.number("SELECT count(*) FROM orders WHERE status = 5") == 350 }
            let oldest = try await shop.number(
                """
                SELECT count(*) FROM orders o JOIN fulfillment f ON f.order_key = o.key JOIN location l ON l.key = f.location
                WHERE l.id = 'ham' AND o.key > (SELECT min(order_key) FROM waiting_line)
                """
            )
            #expect(oldest == 0)
        }
    }

    private static func time(_ seconds: Int) -> String {
        "2026-11-20T\(String(10 + seconds / 3_600)):\(String(100 + seconds / 60 % 60).dropFirst()):\(String(100 + seconds % 60).dropFirst())Z"
    }

    static func expectNoDeadlock(_ shop: Shop) async throws {
        let deadlocks = try await shop.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        #expect(deadlocks == 0, "two transactions took locks in different orders")
    }

    /// Every parcel, by its order's line ids, which are the lines' places from 1.
    static func parcels(_ shop: Shop, notShipped: Bool = false) async throws -> [Parcel] {
        let rows = try await shop.query(
            """
            SELECT fulfillment_key, line, quantity FROM fulfillment_line WHERE NOT $1 OR (shipped = 0 AND cancelled = 0)
            ORDER BY fulfillment_key, line
            """,
            [.bool(notShipped)]
        )
        var parcels: [Parcel] = []
        for row in rows {
            let id = "F\(try row.int8(0))"
            if parcels.last?.id != id { parcels.append(Parcel(id: id, location: "", lines: [])) }
            parcels[parcels.count - 1].lines.append(.init(lineID: "\(try row.int4(1) + 1)", quantity: try row.int8(2)))
        }
        return parcels
    }
}
