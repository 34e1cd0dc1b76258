import Commerce
import Logging
import Postgres
import Store
import TestSupport
import Testing

/// No statement of a batch reads a whole table, however large the history has grown.
@Suite(.timeLimit(.minutes(15)))
struct StatementPlanTests {
    private static let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
    private static let orders = 120_000

    /// A history of completed orders, half of which wait, and a full desk of rows that are done.
    private static let history = """
        INSERT INTO sku (id) SELECT 'S' || n FROM generate_series(1, 20000) n;
        INSERT INTO orders (key, channel, id, status, accept_partial, event_sequence, total, placed_at, accepted_at, digest)
            SELECT n, 1, 'o' || n, CASE WHEN n % 2 = 0 THEN 3 ELSE 7 END, n % 4 = 0, 1, 100, now(), now(), '\\x00'
            FROM generate_series(1, \(orders)) n;
        INSERT INTO order_document SELECT n, '\\x7b7d' FROM generate_series(1, \(orders)) n;
        INSERT INTO order_line SELECT n, l, 1 + (n * 7 + l) % 20000, 1 FROM generate_series(1, \(orders)) n, generate_series(0, 1) l;
        INSERT INTO waiting_line SELECT n, 0, 1 + (n * 7) % 20000, 1 FROM generate_series(2, \(orders), 2) n;
        INSERT INTO stock (sku, location, on_hand, counted) SELECT s, l, 10, 10 FROM generate_series(1, 20000) s, generate_series(1, 3) l;
        INSERT INTO fulfillment SELECT n, n, 1, 4, now() FROM generate_series(1, \(orders)) n;
        INSERT INTO fulfillment_line SELECT n, l, 1 + (n * 7 + l) % 20000, 1, 1 FROM generate_series(1, \(orders)) n, generate_series(0, 1) l;
        INSERT INTO shipment SELECT n, n, 's', n, 'c', 't', NULL, now(), now(), '\\x00' FROM generate_series(1, \(orders)) n;
        INSERT INTO shipment_line SELECT n, l, 1 FROM generate_series(1, \(orders)) n, generate_series(0, 1) l;
        INSERT INTO invoice SELECT 'R', n, n, n, now(), 1, 1, 2, '\\x7b7d' FROM generate_series(1, \(orders)) n;
        INSERT INTO stock_movement (sku, location, delta, occurred_at, kind, reference)
            SELECT 1 + n % 20000, 1 + n % 3, -1, now() - interval '1 day', 1, 'F' || n FROM generate_series(1, \(orders)) n;
        INSERT INTO order_event SELECT n, 1, 1, now(), NULL FROM generate_series(1, \(orders)) n;
        INSERT INTO postal_code SELECT 'DE', n::text, 50, 10 FROM generate_series(1, \(orders)) n;
        INSERT INTO stock_told SELECT n, '\\x00', 1, now(), 5, false FROM generate_series(1, 20000) n;
        INSERT INTO order_hold (order_key, reason, since, until, outcome, ended_at, last_parcel)
            SELECT n, 'rounds', now(), now(), 1, now(), n FROM generate_series(1, \(orders)) n;
        INSERT INTO agent_request SELECT n, 1, 'q', '\\x00', now() FROM generate_series(1, \(orders)) n;
        INSERT INTO delivery_delay SELECT n, 0, NULL, true, now(), 1, now() FROM generate_series(1, \(orders)) n;
        INSERT INTO email SELECT n, 1, '', 'm', '\\x00', now() FROM generate_series(1, \(orders)) n;
        INSERT INTO lease (channel, basket, granted_at, expires_at, order_key, sequence)
            SELECT 1, 'b' || n, now(), now() + interval '1 day', CASE WHEN n % 10 = 0 THEN n END, 1 FROM generate_series(1, 40000) n;
        INSERT INTO lease_line SELECT key, 1 + key * 7 % 20000, 1 FROM lease;
        INSERT INTO allotment_start VALUES (0, NULL, 0, false);
        INSERT INTO allotment_use SELECT s, 0, c, 1 FROM generate_series(1, 20000) s, generate_series(1, 3) c;
        INSERT INTO sourcing_decision
            SELECT n, 2, false, 1, now() - n * interval '1 second', 1, 0, false, false, false, false, '\\x01', '\\x01'
            FROM generate_series(1, \(orders)) n;
        ANALYZE;
        -- What autovacuum would do at any moment: its reading counts as a scan.
        SELECT brin_summarize_new_values('stock_movement_lately');
        SELECT brin_summarize_new_values('fulfillment_lately');
        """

    private static let hot = [
        "orders", "order_document", "order_line", "waiting_line", "delivery_delay", "stock", "fulfillment", "fulfillment_line",
        "fulfillment_rejection", "shipment", "shipment_line", "invoice", "stock_movement", "order_event", "email", "sku", "postal_code",
        "stock_told",
        "lease", "lease_line", "allotment_use", "order_hold", "agent_request", "sourcing_decision",
    ]

    @Test func no_statement_of_a_batch_scans_a_table() async throws {
        try await withDatabase { database in
            let owner = PostgresSession(try Self.patient(database.ownerURL), name: "owner", logger: Self.logger)
            try await owner.script(Self.history)
            let session = PostgresSession(try PostgresConfiguration(url: database.url), name: "worker", logger: Self.logger)
            let keys = (1...300).map { Int64($0 * 97) }
            // Every statement often enough that its plan is no longer made for its parameters (the sixth time).
            for round in 0..<7 {
                for (name, statements) in Self.batches {
                    let before = try await Self.scans(owner)
                    try await session.write { tx in try statements(keys, round, tx) }
                    // Counters are told at the transaction's end, and at once on request.
                    try await session.write { tx in _ = try tx.query("SELECT pg_stat_force_next_flush()") }
                    let after = try await Self.scans(owner)
                    for table in Self.hot {
                        #expect(after[table] == before[table], "\(name) reads the whole of \(table) in round \(round)")
                    }
                }
            }
            await session.close()
            await owner.close()
        }
    }

    private typealias Statements = @Sendable ([Int64], Int, borrowing Transaction) throws -> Void

    private static let batches: [(String, Statements)] = [
        ("lock orders", { keys, _, tx in _ = try OrderLocks.lock(keys, in: tx) }),
        ("documents", { keys, _, tx in _ = try OrderLocks.documents(of: keys, in: tx) }),
        ("aggregates", { keys, _, tx in _ = try OrderAggregate.load(keys, in: tx) }),
        ("update orders", { keys, _, tx in try OrderLocks.update(try OrderLocks.lock(keys, in: tx), in: tx) }),
        ("known orders", { keys, _, tx in _ = try OrderInsert.existing(keys.map { (1, "o\($0)") }, in: tx) }),
        ("cancel lines", { keys, _, tx in try OrderLines.setCancelled(keys.map { ($0, 0, 0) }, in: tx) }),
        ("lock stock", { keys, _, tx in _ = try StockRows.lock(skus: keys.map { $0 % 20_000 + 1 }, in: tx) }),
        ("lock places", { keys, _, tx in _ = try StockRows.lock(keys.map { ($0 % 20_000 + 1, 1) }, in: tx) }),
        ("reserve", { keys, _, tx in try StockRows.reserve(keys.map { .init(sku: $0 % 20_000 + 1, location: 1, units: 1) }, in: tx) }),
        ("awaited", { keys, _, tx in _ = try WaitingLines.awaited(among: keys, in: tx) }),
        (
            "fillable",
            { keys, _, tx in
                _ = try WaitingLines.fillable(skus: keys, after: 0, places: [1, 2, 3].map { .init(location: $0) }, limit: 500, in: tx)
            }
        ),
        ("decisions cleared", { _, _, tx in _ = try DecisionStore.clear(before: Timestamp(rawValue: 0), limit: 5_000, in: tx) }),
        (
            "past decisions",
            { _, _, tx in
                let mark = PastDecisions.Mark.before(Timestamp(seconds: 4_000_000_000))
                _ = try PastDecisions.page(after: mark, since: mark.at, until: mark.at.adding(seconds: 1), limit: 500, in: tx)
            }
        ),
        ("reservations", { keys, _, tx in _ = try OpenReservations.youngest(keys.map { .init(sku: $0, location: 1, units: 1) }, in: tx) }),
        ("waiting for promises", { keys, _, tx in _ = try WaitingPromises.queue(keys.map { $0 % 20_000 + 1 }, limit: 100, in: tx) }),
        (
            "promises",
            { keys, _, tx in
                try WaitingPromises.write(keys.map { .init(order: $0 * 2, line: 0, promisedAt: nil, word: .unknown) }, in: tx)
            }
        ),
        ("moving promises", { keys, _, tx in _ = try WaitingPromises.moving(among: keys, in: tx) }),
        (
            "delays",
            { keys, round, tx in
                let now = Timestamp(rawValue: 1_800_000_000_000_000)
                let delays = keys.map { DeliveryDelays.Delay(order: $0, line: 0, known: .there, waits: true, sequence: Int32(round + 1)) }
                try DeliveryDelays.insert(delays, at: now, in: tx)
                _ = try DeliveryDelays.unsettled(of: keys, in: tx)
                try DeliveryDelays.overtake(keys.map { ($0, 0) }, at: now, in: tx)
                try DeliveryDelays.settle(keys.map { ($0, 3) }, at: now, in: tx)
            }
        ),
        ("rejections", { keys, _, tx in _ = try FulfillmentRejections.locations(of: keys, in: tx) }),
        ("refusals", { keys, _, tx in _ = try FulfillmentRejections.of(keys, in: tx) }),
        ("held", { keys, _, tx in _ = try tx.ask(OrderHolds.held(among: keys)) }),
        ("holds", { keys, _, tx in _ = try OrderHolds.open(of: keys, in: tx) }),
        ("settled", { keys, _, tx in _ = try OrderHolds.settledParcels(of: keys, in: tx) }),
        ("due", { _, _, tx in _ = try OrderHolds.due(limit: 200, in: tx) }),
        ("levers", { keys, _, tx in _ = try AgentRequests.of(keys, in: tx) }),
        ("unanswered", { _, _, tx in _ = try UnansweredRequests.overdue([(1, 60), (2, 60), (3, 60)], limit: 200, in: tx) }),
        (
            "withhold",
            { keys, _, tx in
                try StockEffects.withhold(
                    keys.map {
                        .init(
                            sku: $0 % 20_000 + 1,
                            location: 1,
                            units: 1,
                            isNothingLeft: false,
                            occurredAt: Timestamp(rawValue: 1_700_000_000_000_000),
                            requestedAt: Timestamp(rawValue: 1_700_000_000_000_000)
                        )
                    },
                    in: tx
                )
            }
        ),
        ("parcels", { keys, _, tx in _ = try FulfillmentRows.of(keys, in: tx) }),
        ("orders of parcels", { keys, _, tx in _ = try tx.ask(FulfillmentRows.orders(of: keys)) }),
        ("shipments", { keys, _, tx in _ = try ShipmentRows.of(keys, in: tx) }),
        ("shipments by key", { keys, _, tx in _ = try ShipmentRows.find(keys, in: tx) }),
        ("invoiced", { keys, _, tx in _ = try InvoiceStore.invoiced(among: keys, in: tx) }),
        ("invoiced units", { keys, _, tx in _ = try InvoiceStore.invoicedUnits(of: keys, in: tx) }),
        (
            "movements",
            { keys, _, tx in
                try StockMovements.record(
                    keys.map {
                        .init(
                            sku: $0 % 20_000 + 1,
                            location: 1,
                            delta: -1,
                            occurredAt: Timestamp(rawValue: 1_700_000_000_000_000),
                            kind: .adjustment,
                            reference: "x"
                        )
                    },
                    in: tx
                )
            }
        ),
        ("kept", { keys, _, tx in _ = try kept(keys, in: tx) }),
        (
            "fillable but for what is kept",
            { keys, _, tx in
                let kept = try kept(keys, in: tx)
                _ = try WaitingLines.fillable(
                    skus: keys,
                    after: 0,
                    places: [1, 2, 3].map { .init(location: $0) },
                    kept: kept,
                    limit: 500,
                    in: tx
                )
            }
        ),
        ("leases of baskets", { keys, _, tx in _ = try LeaseStore.lock(keys.map { .init(channel: 1, basket: "b\($0)") }, in: tx) }),
        ("pin leases", { keys, _, tx in try LeaseStore.pin(keys.map { (.init(channel: 1, basket: "b\($0)"), 1_000_000 + $0) }, in: tx) }),
        ("leases of orders", { keys, round, tx in _ = try LeaseStore.takePinned(to: keys.map { $0 + 1_000_000 }, in: tx) }),
        ("expired leases", { _, _, tx in _ = try LeaseStore.takeExpired(limit: 500, in: tx) }),
        (
            "grant leases",
            { keys, round, tx in
                let grants = keys.map { key in
                    LeaseStore.Grant(
                        name: .init(channel: 2, basket: "n\(key)-\(round)"),
                        standing: nil,
                        lines: [.init(sku: key % 20_000 + 1, units: 1)],
                        seconds: 60
                    )
                }
                _ = try LeaseStore.write(grants, in: tx)
            }
        ),
        (
            "give back",
            { keys, _, tx in
                let units = keys.map {
                    AllotmentStore.GivingBack(fulfillment: $0, share: .init(sku: $0 % 20_000 + 1, channel: 1), units: 0)
                }
                try AllotmentStore.giveBack(units, in: tx)
            }
        ),
        ("availability", { keys, _, tx in _ = try AvailabilityStore.of(keys.map { $0 % 20_000 + 1 }, in: tx) }),
        ("told", { keys, _, tx in _ = try AvailabilityStore.lockTold(keys.map { $0 % 20_000 + 1 }, in: tx) }),
        ("postal codes", { keys, _, tx in _ = try PostalCodeStore.coordinates(of: keys.map { ("DE", "D-\($0)") }, in: tx) }),
        ("skus", { keys, round, tx in _ = try SKUStore.keys(of: keys.map { "S\($0 % 20_000)" } + ["new \(round)"], in: tx) }),
        (
            "mails",
            { keys, _, tx in
                _ = try MailStore.sent(among: keys.map { .init(order: $0, template: .orderConfirmation, reference: "") }, in: tx)
            }
        ),
    ]

    private static func kept(_ keys: [Int64], in tx: borrowing Transaction) throws -> KeptStock {
        let network = NetworkSnapshot(
            version: 0,
            sellers: [],
            suppliers: [],
            channels: [],
            locations: [],
            allotments: KeyedAllotments([KeyedAllotment(place: 0, channel: 1, sku: nil, size: .percent(10), until: nil)])
        )
        let skus = keys.map { $0 % 20_000 + 1 }
        let available = Dictionary(skus.map { ($0, Int64(30)) }, uniquingKeysWith: { first, _ in first })
        return try KeptStock.load(
            skus: skus,
            leases: keys,
            orders: keys,
            available: available,
            network: network,
            now: Timestamp(seconds: 1_700_000_000),
            in: tx
        )
    }

    private static func scans(_ session: PostgresSession) async throws -> [String: Int64] {
        try await session.read(isolation: .readCommitted) { tx in
            var scans: [String: Int64] = [:]
            for row in try tx.query("SELECT relname::text, seq_tup_read FROM pg_stat_user_tables") {
                scans[try row.text(0)] = try row.int8(1)
            }
            return scans
        }
    }

    private static func patient(_ url: String) throws -> PostgresConfiguration {
        var configuration = try PostgresConfiguration(url: url)
        configuration.statementTimeout = .seconds(120)
        return configuration
    }
}
