extension AuditLaw {
    // Sums alone would let a change without a cause hide behind another one that takes it back.
    static let causeLaws = [
        AuditLaw(
            name: "adjustments",
            sentence: "Every adjustment is one movement of stock that names it, and the other way round.",
            violations: """
                SELECT format('adjustment %s at location %s: %s movements', id, location, movements)
                FROM (
                    SELECT coalesce(a.id, m.reference) AS id, coalesce(a.location, m.location) AS location, coalesce(m.movements, 0) AS movements,
                           a.id IS NOT NULL AS is_known
                    FROM stock_adjustment a
                    FULL JOIN (
                        SELECT location, reference, count(*) AS movements FROM stock_movement WHERE kind = 2 GROUP BY location, reference
                    ) m ON m.location = a.location AND m.reference = a.id
                ) t
                WHERE NOT is_known OR movements <> 1
                """
        ),
        AuditLaw(
            name: "movement_causes",
            sentence: "Every movement of stock that is no adjustment names a parcel with that SKU, which left the location or came to it.",
            violations: """
                SELECT format('movement %s of sku %s at location %s: %s', m.key, m.sku, m.location, m.reference)
                FROM stock_movement m
                LEFT JOIN fulfillment f ON 'F' || f.key = split_part(m.reference, '/', 1)
                LEFT JOIN fulfillment_line l ON l.fulfillment_key = f.key AND l.sku = m.sku
                WHERE m.kind <> 2
                GROUP BY m.key, m.sku, m.location, m.kind, m.reference, f.key, f.location, f.transfer_to
                HAVING f.key IS NULL OR count(l.line) = 0
                    OR m.location IS DISTINCT FROM CASE WHEN m.kind = 4 THEN f.transfer_to ELSE f.location END
                """
        ),
        AuditLaw(
            name: "block_changes",
            sentence: "Every block changed what is blocked once by its units, and once more when it was released; nothing else did.",
            violations: """
                SELECT format('block %s at location %s: blocked %s, changes +%s -%s', id, location, units, taken, given)
                FROM (
                    SELECT coalesce(b.id, c.reference) AS id, coalesce(b.location, c.location) AS location,
                           coalesce(b.quantity, 0) AS units, b.released_at IS NOT NULL AS is_released,
                           coalesce(c.taken, 0) AS taken, coalesce(c.given, 0) AS given
                    FROM stock_block b
                    FULL JOIN (
                        SELECT location, reference, sku, sum(delta) FILTER (WHERE kind = 1) AS taken, -sum(delta) FILTER (WHERE kind = 2) AS given
                        FROM stock_change GROUP BY location, reference, sku
                    ) c ON c.location = b.location AND c.reference = b.id AND c.sku = b.sku
                ) t
                WHERE taken <> units OR given <> CASE WHEN is_released THEN units ELSE 0 END
                """
        ),
    ]
}
