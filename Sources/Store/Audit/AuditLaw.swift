package import Postgres

/// One conservation law: a query that finds what breaks it.
package struct AuditLaw: Sendable {
    package var name: String
    /// The law in a sentence.
    package var sentence: String
    /// Gives one row per violation with one text column that names it, without personal data.
    package var violations: String
    /// Finds, in the same words, what no query can compare.
    package var further: (@Sendable (borrowing Transaction) throws -> Further)? = nil

    /// What was found: how much of it, and the first few.
    package struct Further: Sendable {
        private static let mostExamples = 5

        package private(set) var count: Int64 = 0
        package private(set) var examples: [String] = []

        mutating func add(_ violations: [String]) {
            count += Int64(violations.count)
            examples += violations.prefix(Self.mostExamples - examples.count)
        }
    }
}

extension AuditLaw {
    /// Every law, from the shelf to the outbox. `oms audit` asks them all in one snapshot.
    package static let all: [AuditLaw] =
        stockLaws + causeLaws + blockLaws + orderLaws + storeLaws + holdLaws + capacityLaws + invoiceLaws + messagingLaws + keepingLaws
        + decisionLaws

    private static let stockLaws = [
        AuditLaw(
            name: "on_hand",
            sentence: "On hand is the last count plus every movement since.",
            violations: """
                SELECT format('sku %s at location %s: on hand %s, expected %s', sku, location, on_hand, expected)
                FROM (
                    SELECT coalesce(s.sku, m.sku) AS sku, coalesce(s.location, m.location) AS location,
                           coalesce(s.on_hand, 0) AS on_hand, coalesce(s.counted, 0) + coalesce(m.delta, 0) AS expected
                    FROM stock s
                    FULL JOIN (
                        SELECT k.sku, k.location, sum(k.delta) AS delta
                        FROM stock_movement k
                        LEFT JOIN stock t ON t.sku = k.sku AND t.location = k.location
                        LEFT JOIN stock_count c ON c.key = t.count_key
                        WHERE c.counted_at IS NULL OR k.occurred_at >= c.counted_at
                        GROUP BY k.sku, k.location
                    ) m ON m.sku = s.sku AND m.location = s.location
                ) t
                WHERE on_hand <> expected
                """
        ),
        AuditLaw(
            name: "counts",
            sentence: "Every row's count is one of its location, and every count knows how many rows are of it.",
            violations: """
                SELECT format('count %s at location %s: rows %s, found %s', coalesce(c.key, s.count_key), coalesce(c.location, s.location),
                              c.rows, s.rows)
                FROM stock_count c
                FULL JOIN (
                    SELECT count_key, location, count(*) AS rows FROM stock WHERE count_key IS NOT NULL GROUP BY count_key, location
                ) s ON s.count_key = c.key AND s.location = c.location
                WHERE c.rows IS DISTINCT FROM s.rows
                """
        ),
        AuditLaw(
            name: "reserved",
            sentence: "Reserved is the sum of the open units of all fulfillments at the location.",
            violations: """
                SELECT format('sku %s at location %s: reserved %s, open %s', sku, location, reserved, open)
                FROM (
                    SELECT coalesce(s.sku, o.sku) AS sku, coalesce(s.location, o.location) AS location,
                           coalesce(s.reserved, 0) AS reserved, coalesce(o.open, 0) AS open
                    FROM stock s
                    FULL JOIN (
                        SELECT l.sku, f.location, sum(l.quantity - l.cancelled - (l.shipped - l.unexpected)) AS open
                        FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_key = f.key
                        GROUP BY l.sku, f.location
                    ) o ON o.sku = s.sku AND o.location = s.location
                ) t
                WHERE reserved <> open
                """
        ),
        AuditLaw(
            name: "dispatched",
            sentence: "Every unit that left a location is a movement there, and the other way round.",
            violations: """
                SELECT format('sku %s at location %s: shipped %s, moved %s', sku, location, shipped, moved)
                FROM (
                    SELECT coalesce(a.sku, b.sku) AS sku, coalesce(a.location, b.location) AS location,
                           coalesce(a.shipped, 0) AS shipped, coalesce(b.moved, 0) AS moved
                    FROM (
                        SELECT l.sku, f.location, sum(l.shipped) AS shipped
                        FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_key = f.key
                        WHERE l.shipped > 0 GROUP BY l.sku, f.location
                    ) a
                    FULL JOIN (
                        SELECT sku, location, -sum(delta) AS moved FROM stock_movement WHERE kind IN (1, 3, 5, 6) GROUP BY sku, location
                    ) b ON a.sku = b.sku AND a.location = b.location
                ) t
                WHERE shipped <> moved
                """
        ),
    ]

    private static let orderLaws = [
        AuditLaw(
            name: "order_units",
            sentence: "Every unit of every order line is waiting, reserved, shipped or cancelled.",
            violations: """
                SELECT format('order %s line %s: ordered %s, accounted for %s', l.order_key, l.line, l.quantity,
                              l.cancelled + coalesce(w.quantity, 0) + coalesce(p.units, 0))
                FROM order_line l
                JOIN orders o ON o.key = l.order_key
                LEFT JOIN waiting_line w ON w.order_key = l.order_key AND w.line = l.line
                LEFT JOIN parcel_units p ON p.order_key = l.order_key AND p.line = l.line
                WHERE CASE WHEN o.status IN (1, 2) THEN l.cancelled > l.quantity OR w.quantity IS NOT NULL OR p.units IS NOT NULL
                           ELSE l.quantity <> l.cancelled + coalesce(w.quantity, 0) + coalesce(p.units, 0) END
                """
        ),
        AuditLaw(
            name: "order_status",
            sentence: "An order's status is what its units say.",
            violations: """
                SELECT format('order %s: status %s', o.key, o.status)
                FROM orders o
                JOIN (
                    SELECT l.order_key, sum(l.quantity - l.cancelled) AS kept, coalesce(sum(p.shipped), 0) AS shipped,
                           coalesce(sum(p.units), 0) AS parcels
                    FROM order_line l
                    LEFT JOIN parcel_units p ON p.order_key = l.order_key AND p.line = l.line
                    GROUP BY l.order_key
                ) t ON t.order_key = o.key
                WHERE (o.status = 8) <> (t.kept = 0) OR (o.status = 7) <> (t.kept > 0 AND t.shipped = t.kept)
                   OR (o.status = 5) <> (o.status > 2 AND t.kept > 0 AND t.shipped = 0 AND t.parcels = t.kept)
                """
        ),
        AuditLaw(
            name: "order_parts",
            sentence: "Every order has its document and its lines.",
            violations: """
                SELECT format('order %s', o.key) FROM orders o
                WHERE NOT EXISTS (SELECT FROM order_document d WHERE d.order_key = o.key)
                   OR NOT EXISTS (SELECT FROM order_line l WHERE l.order_key = o.key)
                """
        ),
        AuditLaw(
            name: "event_numbers",
            sentence: "Every order's events are numbered from 1 without gaps.",
            violations: """
                SELECT format('order %s: newest event %s, events %s from %s to %s', o.key, o.event_sequence, e.events, e.first, e.last)
                FROM orders o
                LEFT JOIN (
                    SELECT order_key, count(*) AS events, min(sequence) AS first, max(sequence) AS last FROM order_event GROUP BY order_key
                ) e ON e.order_key = o.key
                WHERE (e.events, e.first, e.last) IS DISTINCT FROM (o.event_sequence::bigint, 1, o.event_sequence)
                """
        ),
        AuditLaw(
            name: "not_forgotten",
            sentence: "No accepted order waits for its first decision for more than ten minutes, unless it is held.",
            violations: """
                SELECT format('order %s, accepted %s', key, accepted_at) FROM orders o
                WHERE status = 2 AND accepted_at < clock_timestamp() - interval '10 minutes'
                  AND NOT EXISTS (SELECT FROM order_hold h WHERE h.order_key = o.key AND (h.ended_at IS NULL OR h.ended_at > clock_timestamp() - interval '10 minutes'))
                """
        ),
        AuditLaw(
            name: "shipments",
            sentence: "What a fulfillment line has shipped is the sum of its shipments.",
            violations: """
                SELECT format('fulfillment %s line %s: shipped %s, in shipments %s', fulfillment_key, line, shipped, sent)
                FROM (
                    SELECT l.fulfillment_key, l.line, l.shipped, l.unexpected, coalesce(s.sent, 0) AS sent, coalesce(s.unexpected, 0) AS surprise
                    FROM fulfillment_line l
                    LEFT JOIN (
                        SELECT s.fulfillment_key, k.line, sum(k.quantity + k.unexpected) AS sent, sum(k.unexpected) AS unexpected
                        FROM shipment s JOIN shipment_line k ON k.shipment_key = s.key GROUP BY s.fulfillment_key, k.line
                    ) s ON s.fulfillment_key = l.fulfillment_key AND s.line = l.line
                ) t
                WHERE shipped <> sent OR unexpected <> surprise
                """
        ),
    ]
}
