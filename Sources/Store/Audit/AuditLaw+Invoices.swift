extension AuditLaw {
    static let invoiceLaws = [
        AuditLaw(
            name: "invoice_numbers",
            sentence: "Invoice numbers are gapless in every series.",
            violations: """
                SELECT format('series %s: last %s, invoices %s, highest %s', s.prefix, s.last, coalesce(i.invoices, 0), coalesce(i.highest, 0))
                FROM invoice_series s
                FULL JOIN (
                    SELECT prefix, count(*) AS invoices, max(number) AS highest, min(number) AS lowest FROM invoice GROUP BY prefix
                ) i ON i.prefix = s.prefix
                WHERE s.last IS DISTINCT FROM coalesce(i.invoices, 0) OR s.last IS DISTINCT FROM coalesce(i.highest, 0)
                   OR coalesce(i.lowest, 1) <> 1
                """
        ),
        AuditLaw(
            name: "invoice_totals",
            sentence: "Net and tax of every invoice come to its total, but for the rounding it shows.",
            violations: """
                SELECT format('invoice %s%s: %s + %s <> %s', prefix, number, net, tax, total) FROM invoice
                WHERE abs(net + tax - total) > (SELECT count(*) FROM shipment_line l WHERE l.shipment_key = invoice.shipment_key)
                """
        ),
        AuditLaw(
            name: "invoiced_value",
            sentence: "The invoices of an order that was shipped whole come to the order's total.",
            violations: """
                SELECT format('order %s: total %s, invoiced %s', o.key, o.total, i.total)
                FROM orders o
                JOIN (SELECT order_key, sum(total) AS total, count(*) AS invoices FROM invoice GROUP BY order_key) i ON i.order_key = o.key
                WHERE o.status = 7
                  AND NOT EXISTS (SELECT FROM order_line l WHERE l.order_key = o.key AND l.cancelled > 0)
                  AND i.invoices = (
                      SELECT count(*) FROM shipment s
                      WHERE s.order_key = o.key AND EXISTS (SELECT FROM shipment_line l WHERE l.shipment_key = s.key AND l.quantity > 0)
                        AND NOT EXISTS (SELECT FROM fulfillment f WHERE f.key = s.fulfillment_key AND f.transfer_to IS NOT NULL))
                  AND i.total <> o.total
                """
        ),
        AuditLaw(
            name: "invoices_issued",
            sentence: "Every expected shipment older than ten minutes of a channel that invoices has its invoice.",
            violations: """
                SELECT format('shipment %s of order %s', s.key, s.order_key)
                FROM shipment s
                JOIN orders o ON o.key = s.order_key
                JOIN channel c ON c.key = o.channel
                WHERE s.recorded_at < clock_timestamp() - interval '10 minutes'
                  AND c.definition::jsonb ->> 'invoice' IS DISTINCT FROM 'none'
                  AND EXISTS (SELECT FROM shipment_line l WHERE l.shipment_key = s.key AND l.quantity > 0)
                  AND NOT EXISTS (SELECT FROM invoice i WHERE i.shipment_key = s.key)
                  AND NOT EXISTS (SELECT FROM fulfillment f WHERE f.key = s.fulfillment_key AND f.transfer_to IS NOT NULL)
                """
        ),
    ]

    static let messagingLaws = [
        AuditLaw(
            name: "outbox",
            sentence: "No message is owed to the broker for more than a minute.",
            violations: """
                SELECT format('outbox row %s, %s messages since %s', key, messages, created_at) FROM outbox
                WHERE created_at < clock_timestamp() - interval '1 minute'
                """
        )
    ]
}
