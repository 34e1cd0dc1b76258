extension AuditLaw {
    // That leases fit what is there is no law: a count may fall after they were granted. What holds is that they never made more be
    // reserved than there was, which `stock` says.
    static let keepingLaws = [
        AuditLaw(
            name: "leases_pinned",
            sentence: "A lease is pinned to an order only while the order is open and sourcing has not decided for it.",
            violations: """
                SELECT format('lease %s, order %s, status %s', l.key, l.order_key, o.status)
                FROM lease l LEFT JOIN orders o ON o.key = l.order_key
                WHERE l.order_key IS NOT NULL AND (o.key IS NULL OR o.status NOT IN (1, 2))
                """
        ),
        AuditLaw(
            name: "lease_lines",
            sentence: "Every lease holds something, and everything held is of a lease.",
            violations: """
                SELECT format('lease %s', coalesce(l.key, k.lease))
                FROM lease l FULL JOIN (SELECT DISTINCT lease FROM lease_line) k ON k.lease = l.key
                WHERE l.key IS NULL OR k.lease IS NULL
                """
        ),
        AuditLaw(
            name: "leases_ended",
            sentence: "No lease that has expired lies about for more than ten minutes.",
            violations: """
                SELECT format('lease %s, expired %s', key, expires_at) FROM lease
                WHERE order_key IS NULL AND expires_at < clock_timestamp() - interval '10 minutes'
                """
        ),
        AuditLaw(
            name: "allotments",
            sentence: "What counts as sold under an allotment is all that channels have reserved or shipped since it started.",
            violations: """
                SELECT format('allotment %s, sku %s, channel %s: counted %s, sold %s', place, sku, channel, counted, sold)
                FROM (
                    SELECT coalesce(u.place, s.place) AS place, coalesce(u.sku, s.sku) AS sku, coalesce(u.channel, s.channel) AS channel,
                           coalesce(u.units, 0) AS counted, coalesce(s.units, 0) AS sold
                    FROM allotment_use u
                    FULL JOIN (
                        SELECT a.place, l.sku, o.channel, sum(l.quantity - l.cancelled) AS units
                        FROM allotment_start a
                        JOIN fulfillment f ON f.key > a.after
                        JOIN fulfillment_line l ON l.fulfillment_key = f.key AND (a.sku IS NULL OR l.sku = a.sku)
                        JOIN orders o ON o.key = f.order_key
                        GROUP BY a.place, l.sku, o.channel
                    ) s ON s.place = u.place AND s.sku = u.sku AND s.channel = u.channel
                ) t
                WHERE counted <> sold
                """
        ),
    ]
}
