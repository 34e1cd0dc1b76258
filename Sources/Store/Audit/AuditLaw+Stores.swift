extension AuditLaw {
    static let storeLaws = [
        AuditLaw(
            name: "till_sales",
            sentence: "Every line that was sold at a till was handed over there, whole.",
            violations: """
                SELECT format('order %s line %s: sold %s, handed over %s', order_key, line, sold, handed)
                FROM (
                    SELECT t.order_key, t.line, l.quantity - l.cancelled AS sold,
                           (SELECT coalesce(sum(k.shipped), 0)
                            FROM fulfillment f JOIN fulfillment_line k ON k.fulfillment_key = f.key AND k.line = t.line
                            WHERE f.order_key = t.order_key AND f.location = t.location) AS handed
                    FROM till_line t
                    JOIN orders o ON o.key = t.order_key AND o.status > 2
                    JOIN order_line l ON l.order_key = t.order_key AND l.line = t.line
                ) s
                WHERE sold <> handed
                """
        ),
        AuditLaw(
            name: "transfers",
            sentence: "Every unit that reached a store to be collected is a movement there, and the other way round.",
            violations: """
                SELECT format('sku %s at location %s: arrived %s, moved %s', sku, location, arrived, moved)
                FROM (
                    SELECT coalesce(a.sku, b.sku) AS sku, coalesce(a.location, b.location) AS location,
                           coalesce(a.arrived, 0) AS arrived, coalesce(b.moved, 0) AS moved
                    FROM (
                        SELECT l.sku, f.transfer_to AS location, sum(k.quantity + k.unexpected) AS arrived
                        FROM shipment s
                        JOIN fulfillment f ON f.key = s.fulfillment_key
                        JOIN shipment_line k ON k.shipment_key = s.key
                        JOIN fulfillment_line l ON l.fulfillment_key = s.fulfillment_key AND l.line = k.line
                        WHERE s.arrived_at IS NOT NULL GROUP BY l.sku, f.transfer_to
                    ) a
                    FULL JOIN (
                        SELECT sku, location, sum(delta) AS moved FROM stock_movement WHERE kind = 4 GROUP BY sku, location
                    ) b ON a.sku = b.sku AND a.location = b.location
                ) t
                WHERE arrived <> moved
                """
        ),
        AuditLaw(
            name: "pickups",
            sentence: "An order has a day until which its goods are kept exactly while some of them lie ready.",
            violations: """
                SELECT format('order %s: kept until %s, ready units %s', p.order_key, p.keep_until, coalesce(r.units, 0))
                FROM pickup p
                LEFT JOIN (
                    SELECT f.order_key, sum(l.quantity - l.cancelled - (l.shipped - l.unexpected)) AS units
                    FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_key = f.key
                    WHERE f.ready_at IS NOT NULL GROUP BY f.order_key
                ) r ON r.order_key = p.order_key
                WHERE (p.keep_until IS NOT NULL) <> (coalesce(r.units, 0) > 0)
                """
        ),
    ]
}
