internal import Simulation

/// Years of orders in the tables, completed long ago, written set-based.
struct BenchHistory {
    /// Orders written in one transaction.
    private static let step = 250_000

    let stage: BenchStage

    /// Writes so many orders of 1 to 4 lines with document, events, payment, parcel and shipment, on keys below those of orders to come.
    func write(_ count: Int) async throws {
        // Loading it is no part of what is measured: the log need not be flushed for every piece.
        for first in stride(from: 1, through: count, by: Self.step) {
            let last = min(count, first + Self.step - 1)
            try await stage.script(Self.sql(first, last))
            Terminal.complain("  \(last) orders of history")
        }
        try await stage.script(
            """
            SELECT setval('order_key', \(count)), setval('fulfillment_key', \(count)), setval('shipment_key', \(count));
            """
        )
    }

    private static func sql(_ first: Int, _ last: Int) -> String {
        """
        SET synchronous_commit = off;
        BEGIN;
        CREATE TEMPORARY TABLE past ON COMMIT DROP AS
            SELECT n AS key, 'H-' || lpad(n::text, 9, '0') AS id, now() - interval '3 years' + n * interval '20 seconds' AS at,
                1 + n % 4 AS lines, c.key AS channel, (SELECT min(key) FROM location) AS location,
                decode(md5(n::text), 'hex') AS digest
            FROM generate_series(\(first)::bigint, \(last)) AS n, channel c WHERE c.id = '\(BenchNetwork.channel)';
        CREATE TEMPORARY TABLE past_line ON COMMIT DROP AS
            SELECT p.key, line::int, 1 + (p.key * 7919 + line * 104729) % \(BenchNetwork.products) AS sku, 1 + (p.key + line) % 3 AS quantity
            FROM past p, generate_series(0, p.lines - 1) AS line;
        INSERT INTO orders (key, channel, id, status, accept_partial, event_sequence, total, latitude, longitude, placed_at, accepted_at, digest)
            SELECT key, channel, id, 7, false, 6, 4998, 53.55, 9.99, at, at, digest FROM past;
        INSERT INTO order_document (order_key, document)
            SELECT key, convert_to('{"channel":"\(BenchNetwork.channel)","orderId":"' || id || '","note":"' || repeat(md5(id), 22) || '"}', 'UTF8')
            FROM past;
        INSERT INTO order_line (order_key, line, sku, quantity) SELECT key, line, sku, quantity FROM past_line;
        INSERT INTO order_event (order_key, sequence, type, at, reference)
            SELECT key, event.sequence, event.type, at + event.sequence * interval '1 hour', 'bench-n-' || key
            FROM past, (VALUES (1, 1), (2, 10), (3, 2), (4, 20), (5, 30), (6, 5)) AS event (sequence, type);
        INSERT INTO payment (order_key, id, method, status, amount) SELECT key, 'p-' || key, 'card', 2, 4998 FROM past;
        INSERT INTO fulfillment (key, order_key, location, status, created_at) SELECT key, key, location, 4, at FROM past;
        INSERT INTO fulfillment_line (fulfillment_key, line, sku, quantity, shipped) SELECT key, line, sku, quantity, quantity FROM past_line;
        INSERT INTO shipment (key, fulfillment_key, id, order_key, carrier, tracking_number, occurred_at, recorded_at, digest)
            SELECT key, key, 'S1', key, 'Bench Parcel', 'T' || key, at + interval '1 day', at + interval '1 day', digest FROM past;
        INSERT INTO shipment_line (shipment_key, line, quantity) SELECT key, line, quantity FROM past_line;
        COMMIT;
        RESET synchronous_commit;
        """
    }
}
