extension AuditLaw {
    static let blockLaws = [
        AuditLaw(
            name: "blocked",
            sentence: "Blocked is the sum of the open blocks, and of all changes of it.",
            violations: """
                SELECT format('sku %s at location %s: blocked %s, open blocks %s, changes %s', sku, location, blocked, open, changed)
                FROM (
                    SELECT sku, location, sum(blocked) AS blocked, sum(open) AS open, sum(changed) AS changed
                    FROM (
                        SELECT sku, location, blocked, 0 AS open, 0 AS changed FROM stock WHERE blocked > 0
                        UNION ALL
                        SELECT sku, location, 0, quantity, 0 FROM stock_block WHERE released_at IS NULL
                        UNION ALL
                        SELECT sku, location, 0, 0, delta FROM stock_change
                    ) u
                    GROUP BY sku, location
                ) t
                WHERE blocked <> open OR blocked <> changed
                """
        )
    ]
}
