import Postgres
import TestSupport
import Testing
import Workers

/// `oms stock expected` tells of each delivery what promises take of it: no unit more, none less.
@Suite(.timeLimit(.minutes(15)))
struct ExpectedStockTests {
    /// A delivery, or what lies there (no date), and what becomes of its units.
    private struct Lot: Equatable {
        var name: String
        var at: Int64?
        var units: Int64
        var owed: Int64 = 0
        var promised: Int64 = 0
        var undated: Int64 = 0

        var free: Int64 { units - owed - promised - undated }
    }

    private struct Wait {
        var units: Int64
        var takesParts: Bool
        var promisedAt: Int64?
    }

    private static let dates = ["2030-01-10T08:00:00Z", "2030-02-10T08:00:00Z", "2030-03-10T08:00:00Z", "2030-04-10T08:00:00Z"]
    private static let places = ["ber", "ham", "ber", "muc"]

    private func announce(_ shop: Shop, _ number: Int, _ units: Int64) async throws {
        let body: JSON = [
            "location": .string(Self.places[number]), "reference": .string("po-\(number)"), "sku": "A", "quantity": .integer(units),
            "expectedAt": .string(Self.dates[number]),
        ]
        try await shop.accepted("stock.expected", body)
    }

    /// What stands in the tables: who waits, the oldest first, and what there is for them, the soonest first.
    private func tables(_ shop: Shop) async throws -> (waits: [Wait], lots: [Lot]) {
        try await shop.session.read { tx in
            let waits = try tx.query(
                """
                SELECT w.quantity, o.accept_partial, w.promised_at FROM waiting_line w JOIN orders o ON o.key = w.order_key
                ORDER BY w.order_key, w.line
                """
            ).map { Wait(units: try $0.int8(0), takesParts: try $0.bool(1), promisedAt: try $0.optionalTimestamp(2)) }
            let lots = try tx.query(
                """
                SELECT '', NULL, coalesce(sum(greatest(on_hand - reserved, 0)), 0)::bigint, 0::bigint FROM stock
                UNION ALL
                SELECT e.reference, e.expected_at, e.quantity,
                       least(e.quantity, (SELECT coalesce(sum(greatest(s.reserved - s.on_hand, 0)), 0)::bigint FROM stock s
                                          WHERE s.location = e.location))
                FROM stock_expected e WHERE e.quantity > 0
                ORDER BY 2 NULLS FIRST
                """
            ).map { Lot(name: try $0.text(0), at: try $0.optionalTimestamp(1), units: try $0.int8(2), owed: try $0.int8(3)) }
            return (waits, lots)
        }
    }

    /// First come, first served, a unit at a time: the day each is promised.
    private func serve(_ waits: [Wait], _ lots: inout [Lot]) -> [Int64?] {
        waits.map { wait in
            let isEnough = lots.reduce(0) { $0 + $1.free } >= wait.units
            guard isEnough || wait.takesParts else { return nil }
            var day: Int64?
            for _ in 0..<wait.units {
                guard let lot = lots.firstIndex(where: { $0.free > 0 }) else { break }
                day = lots[lot].at
                if isEnough { lots[lot].promised += 1 } else { lots[lot].undated += 1 }
            }
            return isEnough ? day : nil
        }
    }

    private func listed(_ shop: Shop) async throws -> [Lot] {
        try await shop.oms(["stock", "expected", "--json"]).output.split(separator: "\n").map { line in
            let row = try JSON(Array(line.utf8))
            func units(_ name: String) -> Int64 { row[name].integer ?? -1 }
            let lot = Lot(
                name: row["reference"].string ?? "",
                units: units("quantity"),
                owed: units("owed"),
                promised: units("promised"),
                undated: units("undated")
            )
            #expect(lot.free == units("free"), "\(row.text())")
            return lot
        }
    }

    /// Waits until the dates that were told are those that the tables come to, and the list shows the same units.
    private func expectExact(_ shop: Shop, _ what: String) async throws {
        var last = ""
        do {
            try await eventually(what, within: .seconds(240), every: .milliseconds(100)) {
                let (waits, standing) = try await tables(shop)
                var lots = standing
                let days = serve(waits, &lots)
                guard days == waits.map(\.promisedAt) else {
                    last = "promised \(waits), to be promised \(days)"
                    return false
                }
                let expected = lots.dropFirst().map { lot in
                    var lot = lot
                    lot.at = nil
                    return lot
                }
                let listed = try await listed(shop)
                last = "listed \(listed), expected \(expected)"
                return listed == expected
            }
        } catch {
            Issue.record("\(what): \(last)")
            throw error
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func the_list_is_what_promises_take_in_whatever_order_orders_and_cancellations_come(seed: UInt64) async throws {
        try await withShop { shop in
            var random = SplitMix64(seed: seed)
            // Munich owes two units to a parcel that it was asked for.
            try await shop.stock("muc", [("A", 3)])
            let owed = Order("owed", of: "A", 3)
            try await shop.place(owed)
            _ = try await shop.sourced(owed)
            try await shop.stock("muc", [("A", 1)])
            for (number, units) in [5, 7, 4, 6].enumerated() { try await announce(shop, number, Int64(units)) }
            try await expectExact(shop, "nobody waits")

            var open: [Order] = []
            for round in 0..<14 {
                switch Int.random(in: 0..<6, using: &random) {
                case 0 where !open.isEmpty:
                    let order = open.remove(at: Int.random(in: open.indices, using: &random))
                    try await shop.accepted("order.cancelled", shop.cancellation(order))
                case 1 where round > 2:
                    try await announce(shop, Int.random(in: 0..<4, using: &random), Int64.random(in: 0...9, using: &random))
                default:
                    var order = Order("\(round)", of: "A", Int64.random(in: 1...8, using: &random))
                    order.acceptPartial = Bool.random(using: &random)
                    try await shop.place(order)
                    try await shop.event("order.backordered", of: order)
                    open.append(order)
                }
                try await expectExact(shop, "round \(round)")
            }
        }
    }

    @Test func what_came_in_of_a_delivery_is_told() async throws {
        try await withShop([.stock]) { shop in
            try await announce(shop, 0, 100)
            try await announce(shop, 0, 40)
            let row = try JSON(Array(try await shop.oms(["stock", "expected", "--json"]).output.utf8))
            #expect(row["quantity"] == 40 && row["received"] == 60 && row["free"] == 40, "\(row.text())")
            let page = try await shop.oms(["stock", "expected"])
            #expect(page.output.contains("2030-01-10 08:00 ber            40      60        0     40 A           po-0"), "\(page.output)")
            // It is over; what is announced under the same reference then begins anew.
            try await announce(shop, 0, 0)
            try await announce(shop, 0, 30)
            let again = try JSON(Array(try await shop.oms(["stock", "expected", "--json"]).output.utf8))
            #expect(again["quantity"] == 30 && again["received"] == 0, "\(again.text())")
        }
    }
}
