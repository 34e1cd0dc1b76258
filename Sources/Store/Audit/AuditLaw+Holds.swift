internal import Messages

extension AuditLaw {
    static let holdLaws = [
        AuditLaw(
            name: "withheld",
            sentence: "Stock is withheld only since a location refused to ship it, and never from before its last count.",
            violations: """
                SELECT format('sku %s at location %s: withheld %s since %s, counted %s',
                              s.sku, s.location, s.withheld, s.withheld_at, c.counted_at)
                FROM stock s LEFT JOIN stock_count c ON c.key = s.count_key
                WHERE (s.withheld > 0) <> (s.withheld_at IS NOT NULL) OR s.withheld_at < c.counted_at
                """
        ),
        AuditLaw(
            name: "withheld_causes",
            sentence: "What is withheld goes back to a refusal of a parcel with that SKU, as sold out or damaged.",
            violations: """
                SELECT format('sku %s at location %s: withheld %s since %s', s.sku, s.location, s.withheld, s.withheld_at)
                FROM stock s
                WHERE s.withheld > 0 AND NOT EXISTS (
                    SELECT FROM fulfillment_rejection r JOIN fulfillment_line l ON l.fulfillment_key = r.fulfillment_key
                    WHERE r.location = s.location AND l.sku = s.sku AND r.occurred_at <= s.withheld_at
                      AND r.reason IN ('out_of_stock', 'damaged'))
                """
        ),
        AuditLaw(
            name: "told_again",
            sentence: "Whoever's units wait again is told so within ten minutes, or ten minutes after the end of the order's hold.",
            violations: """
                SELECT format('order %s, line %s: untold since %s', w.order_key, w.line, w.untold_since)
                FROM waiting_line w
                WHERE w.untold_since < clock_timestamp() - interval '10 minutes'
                  AND NOT EXISTS (
                      SELECT FROM order_hold h
                      WHERE h.order_key = w.order_key AND (h.ended_at IS NULL OR h.ended_at > clock_timestamp() - interval '10 minutes'))
                """
        ),
        AuditLaw(
            name: "delays_told",
            sentence: "Every delay that a mail is due for was told by an event of its order.",
            violations: """
                SELECT format('order %s, line %s: event %s', d.order_key, d.line, d.sequence)
                FROM delivery_delay d
                WHERE NOT EXISTS (
                    SELECT FROM order_event e
                    WHERE e.order_key = d.order_key AND e.sequence = d.sequence AND e.type = \(EventType.orderPromiseChanged.storedNumber))
                """
        ),
        AuditLaw(
            name: "held",
            sentence: "Every held order has something that waits.",
            violations: """
                SELECT format('order %s, held since %s', h.order_key, h.since)
                FROM order_hold h LEFT JOIN orders o ON o.key = h.order_key
                WHERE h.ended_at IS NULL AND o.status IS DISTINCT FROM 2
                  AND NOT EXISTS (SELECT FROM waiting_line w WHERE w.order_key = h.order_key)
                """
        ),
        AuditLaw(
            name: "answered_once",
            sentence: "Nothing is open of a parcel that was taken back.",
            violations: """
                SELECT format('fulfillment %s', f.key)
                FROM fulfillment_rejection r JOIN fulfillment f ON f.key = r.fulfillment_key
                WHERE r.id = '' AND f.status NOT IN (4, 5)
                """
        ),
    ]
}
