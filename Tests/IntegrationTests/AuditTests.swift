import Commerce
import Postgres
import Store
import TestSupport
import Testing

/// Conservation laws, broken by hand: each finds what is its own.
@Suite(.timeLimit(.minutes(15)))
struct AuditTests {
    /// Rows that break a law, and those that mend it again.
    struct Breach: Sendable, CustomTestStringConvertible {
        var law: String
        var statements: [String]
        /// Other laws that the same rows break.
        var others: Set<String> = []

        var testDescription: String { "\(law): \(statements.first ?? "")" }
    }

    private static let movement = "INSERT INTO stock_movement (sku, location, delta, occurred_at, kind, reference) VALUES"
    private static let change = "INSERT INTO stock_change (sku, location, delta, occurred_at, kind, reference) VALUES"
    private static let block = "INSERT INTO stock_block (location, id, digest, sku, quantity, reason, occurred_at, released_at) VALUES"

    @Test(arguments: [
        Breach(law: "on_hand", statements: ["INSERT INTO stock (sku, location, on_hand, counted) VALUES (1, 1, 5, 4)"]),
        // A movement of what no row is kept for.
        Breach(
            law: "on_hand",
            statements: ["INSERT INTO stock_adjustment VALUES (1, 'a', '', '')", "\(movement) (1, 1, 3, now(), 2, 'a')"]
        ),
        Breach(law: "counts", statements: ["INSERT INTO stock_count (location, counted_at, rows) VALUES (1, now(), 1)"]),
        Breach(law: "counts", statements: ["INSERT INTO stock (sku, location, on_hand, counted, count_key) VALUES (1, 1, 5, 5, 1)"]),
        Breach(law: "reserved", statements: ["INSERT INTO stock (sku, location, on_hand, counted, reserved) VALUES (1, 1, 5, 5, 1)"]),
        Breach(law: "adjustments", statements: ["INSERT INTO stock_adjustment VALUES (1, 'a', '', '')"]),
        // Two that sum to nothing: only the cause is missing.
        Breach(law: "adjustments", statements: ["\(movement) (1, 1, 3, now(), 2, 'a'), (1, 1, -3, now(), 2, 'b')"]),
        Breach(
            law: "movement_causes",
            statements: ["\(movement) (1, 1, 3, now(), 1, 'F999/1'), (1, 1, -3, now(), 1, 'F999/2')"]
        ),
        Breach(law: "block_changes", statements: ["\(change) (1, 1, 2, now(), 1, 'b'), (1, 1, -2, now(), 2, 'b')"]),
        Breach(law: "block_changes", statements: ["\(block) (1, 'b', '', 1, 2, '', now(), now())"]),
        Breach(
            law: "blocked",
            statements: ["INSERT INTO stock (sku, location, on_hand, counted, blocked) VALUES (1, 1, 5, 5, 1)"]
        ),
        Breach(
            law: "withheld_causes",
            statements: [
                "INSERT INTO stock (sku, location, on_hand, counted, withheld, withheld_at) VALUES (1, 1, 5, 5, 5, now())"
            ]
        ),
    ])
    func a_change_without_its_cause_is_found(breach: Breach) async throws {
        try await withShop([]) { shop in
            try await shop.session.write { tx in for statement in breach.statements { try tx.execute(statement) } }
            #expect(try await shop.broken() == breach.others.union([breach.law]))
            try await shop.session.write { tx in
                for table in ["stock", "stock_count", "stock_movement", "stock_adjustment", "stock_change", "stock_block"] {
                    try tx.execute("DELETE FROM \(table)")
                }
            }
        }
    }

    /// What is done to the rows of a day, or of a parcel, by hand: each by itself is found.
    @Test func a_day_that_is_not_what_its_parcels_say_is_found() async throws {
        let network: Commerce.Network = {
            var network = ShopNetwork.standard
            network.locations[0].dailyCapacity = 2
            return network
        }()
        try await withShop(network: network) { shop in
            try await shop.stock("ber", [("A", 10)])
            let orders = (1...3).map { Order("\($0)", of: "A") }
            for order in orders {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            func breaks(_ statement: String, mendedBy mending: String) async throws {
                try await shop.session.write { tx in _ = try tx.execute(statement) }
                #expect(try await shop.broken() == ["capacity_days"], "\(statement)")
                try await shop.session.write { tx in _ = try tx.execute(mending) }
                #expect(try await shop.broken().isEmpty)
            }
            let full = "day = (SELECT min(day) FROM location_capacity)"
            let first = "key = (SELECT min(key) FROM fulfillment)"
            try await breaks(
                "UPDATE location_capacity SET held = held - 1 WHERE \(full)",
                mendedBy: "UPDATE location_capacity SET held = held + 1 WHERE \(full)"
            )
            try await breaks(
                "UPDATE location_capacity SET held = held - 1, used = used + 1 WHERE \(full)",
                mendedBy: "UPDATE location_capacity SET held = held + 1, used = used - 1 WHERE \(full)"
            )
            try await breaks(
                "UPDATE fulfillment SET capacity_day = capacity_day + 40 WHERE \(first)",
                mendedBy: "UPDATE fulfillment SET capacity_day = capacity_day - 40 WHERE \(first)"
            )
            try await breaks(
                "UPDATE fulfillment SET capacity_day = NULL WHERE \(first)",
                mendedBy: "UPDATE fulfillment SET capacity_day = (SELECT min(day) FROM location_capacity) WHERE \(first)"
            )
            // Sums agree, and yet the day was given more than the location took then.
            try await breaks(
                "UPDATE location_capacity SET per_day = 1 WHERE \(full)",
                mendedBy: "UPDATE location_capacity SET per_day = 2 WHERE \(full)"
            )
            // A capacity that is lowered afterwards is no fault, nor is a cancelled parcel that leaves all the same.
            var lowered = network
            lowered.locations[0].dailyCapacity = 1
            let less = lowered
            try await shop.session.write { tx in _ = try NetworkStore.apply(less, content: "", in: tx) }
            #expect(try await shop.broken().isEmpty)
            try await shop.session.write { tx in _ = try NetworkStore.apply(network, content: "", in: tx) }
            let parcel = try #require(try await shop.sourced(orders[0]).first)
            try await shop.accepted("order.cancelled", shop.cancellation(orders[0]))
            let another = Order("4", of: "A")
            try await shop.place(another)
            _ = try await shop.sourced(another)
            try await shop.dispatch(parcel)
            let taken = try await shop.number("SELECT max(held + used) FROM location_capacity")
            #expect(taken == 3, "two places, and the one that was given back")
            #expect(try await shop.broken().isEmpty)
        }
    }

    /// What was decided is compared with what was written, unit by unit.
    @Test func a_decision_of_other_parcels_than_those_asked_for_is_found() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 9)])
            try await shop.stock("ham", [("B", 9)])
            for order in [Order("1", of: "A"), Order("2", of: "B"), Order("3", of: "A", 2)] {
                try await shop.place(order)
                _ = try await shop.sourced(order)
            }
            let waiting = Order("4", of: "C")
            try await shop.place(waiting)
            try await shop.event("order.backordered", of: waiting)
            // An agent's word needs no decision; what was decided before it does.
            let moved = Order("5", of: "B")
            try await shop.place(moved)
            let parcel = try #require(try await shop.sourced(moved).first)
            try await shop.stock("muc", [("B", 9)])
            try await shop.accepted("order.reroute", shop.reroute(moved, parcel, to: "muc"))
            _ = try await shop.sourced(moved, count: 2)
            #expect(try await shop.broken().isEmpty)

            let kept = try await shop.query(
                "SELECT o.id, d.content, d.sight FROM sourcing_decision d JOIN orders o ON o.key = d.order_key ORDER BY o.id"
            ).map { (order: try $0.text(0), content: try $0.bytes(1), sight: try $0.bytes(2)) }
            #expect(kept.map(\.order) == ["1", "2", "3", "4", "5"])
            func set(_ order: String, _ assignment: String, _ values: [Parameter] = []) async throws -> Set<String> {
                try await shop.session.write { tx in
                    try tx.execute(
                        "UPDATE sourcing_decision d SET \(assignment) FROM orders o WHERE o.key = d.order_key AND o.id LIKE $1",
                        [.text(order)] + values
                    )
                }
                return try await shop.broken()
            }
            // Elsewhere, more units, nothing at all, not to be read.
            for content in [kept[1].content, kept[2].content, kept[3].content, [9, 9]] {
                #expect(try await set("1", "content = $2", [.bytes(content)]) == ["decisions"])
                #expect(try await set("1", "content = $2", [.bytes(kept[0].content)]).isEmpty)
            }
            #expect(try await set("2", "parcels = 2") == ["decisions"])
            #expect(try await set("2", "parcels = 1").isEmpty)
            // A round without its decision: of a sourced order, a waiting one, and one that an agent moved later.
            for order in ["3", "4", "5"] {
                #expect(try await set(order, "shadow = true") == ["decisions"], "order \(order)")
                #expect(try await set(order, "shadow = false").isEmpty)
            }
            // Not even if none is left at all.
            #expect(try await set("%", "sight = NULL") == ["decisions"])
            for row in kept { _ = try await set(row.order, "sight = $2", [.bytes(row.sight)]) }
            let findings = try await shop.session.read { tx in try AuditStore.examine(in: tx) }
            #expect(findings.first { $0.law.name == "decisions" }?.violations == 0)
            _ = try await set("1", "content = $2", [.bytes(kept[1].content)])
            let (status, output) = try await shop.oms(["audit"])
            #expect(status == 1 && output.contains("decided 1 at location 2, asked for 1 at location 1"), "\(output)")
            _ = try await set("1", "content = $2", [.bytes(kept[0].content)])
        }
    }

    @Test func an_order_whose_units_wait_again_is_told_in_time() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A")
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            try await shop.session.write { tx in
                try tx.execute("UPDATE waiting_line SET untold_since = now() - interval '9 minutes'")
                try tx.execute("UPDATE order_event SET at = at - interval '1 day'")
            }
            #expect(try await shop.broken().isEmpty, "there is still time")
            try await shop.session.write { tx in
                try tx.execute("UPDATE waiting_line SET untold_since = untold_since - interval '2 minutes'")
                try tx.execute("UPDATE order_event SET at = now()")
            }
            #expect(try await shop.broken() == ["told_again"], "whatever else happened since")
            try await shop.session.write { tx in
                try tx.execute("INSERT INTO order_hold (order_key, reason, since, outcome) SELECT key, 'rounds', now(), 1 FROM orders")
            }
            #expect(try await shop.broken().isEmpty, "an agent looks at it")
            try await shop.session.write { tx in try tx.execute("UPDATE order_hold SET ended_at = now() - interval '9 minutes'") }
            #expect(try await shop.broken().isEmpty, "from its end there is time again")
            try await shop.session.write { tx in try tx.execute("UPDATE order_hold SET ended_at = now() - interval '11 minutes'") }
            #expect(try await shop.broken() == ["told_again"])
            try await shop.session.write { tx in
                try tx.execute("DELETE FROM order_hold")
                try tx.execute("UPDATE waiting_line SET untold_since = NULL")
            }
            #expect(try await shop.broken().isEmpty)
            try await shop.session.write { tx in
                try tx.execute(
                    "INSERT INTO delivery_delay SELECT order_key, 0, NULL, true, now(), 1, NULL FROM waiting_line"
                )
            }
            #expect(try await shop.broken() == ["delays_told"], "the order's first event tells of no delay")
            try await shop.session.write { tx in try tx.execute("DELETE FROM delivery_delay") }
        }
    }
}

extension Shop {
    /// The names of the laws that do not hold.
    fileprivate func broken() async throws -> Set<String> {
        let findings = try await session.read { tx in try AuditStore.examine(in: tx) }
        return Set(findings.filter { $0.violations > 0 }.map(\.law.name))
    }
}
