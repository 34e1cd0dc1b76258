extension AuditLaw {
    static let holdLaws = [
        AuditLaw(
            name: "withheld",
            sentence: "Stock is withheld only since a location refused to ship it, and never from before its last count.",
            violations: """
                SELECT format('sku %s at location %s: withheld %s since %s, counted %s', sku, location, withheld, withheld_at, counted_at)
                FROM stock WHERE (withheld > 0) <> (withheld_at IS NOT NULL) OR withheld_at < counted_at
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
