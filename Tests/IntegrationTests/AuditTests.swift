import Postgres
import Store
import TestSupport
import Testing

/// Conservation laws, broken by hand: each finds what is its own.
@Suite(.timeLimit(.minutes(5)))
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
                for table in ["stock", "stock_movement", "stock_adjustment", "stock_change", "stock_block"] {
                    try tx.execute("DELETE FROM \(table)")
                }
            }
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
