internal import Messages

extension AuditLaw {
    static let decisionLaws = [
        AuditLaw(
            name: "decisions",
            sentence: "Every sourcing that is younger than the oldest decision kept has one, of as many parcels as it asked for.",
            violations: """
                SELECT format('order %s, event %s: %s parcels decided, %s asked for', order_key, sequence, decided, asked)
                FROM (
                    SELECT coalesce(d.order_key, e.order_key) AS order_key, coalesce(d.sequence, e.sequence) AS sequence,
                           d.parcels AS decided, e.asked, e.at
                    FROM (
                        SELECT order_key, sequence, parcels FROM sourcing_decision WHERE NOT shadow AND sight IS NOT NULL AND parcels > 0
                    ) d
                    FULL JOIN (
                        SELECT order_key, min(sequence) AS sequence, min(at) AS at, count(parcel) AS asked
                        FROM (
                            SELECT v.order_key, v.sequence, v.at, f.key AS parcel,
                                   count(*) FILTER (WHERE v.type = \(EventType.orderSourced.storedNumber))
                                       OVER (PARTITION BY v.order_key ORDER BY v.sequence) AS round
                            FROM order_event v
                            LEFT JOIN fulfillment f ON f.order_key = v.order_key AND 'F' || f.key = v.reference
                            WHERE v.type IN (\(EventType.orderSourced.storedNumber), \(EventType.fulfillmentRequested.storedNumber))
                        ) t
                        WHERE round > 0 GROUP BY order_key, round
                    ) e ON e.order_key = d.order_key AND e.sequence = d.sequence
                ) t
                WHERE decided IS DISTINCT FROM asked
                  AND (decided IS NOT NULL OR (
                      -- An agent who says where a parcel goes decides without the rules.
                      at > (SELECT min(decided_at) FROM sourcing_decision WHERE sight IS NOT NULL)
                      AND NOT EXISTS (SELECT FROM agent_request a WHERE a.order_key = t.order_key AND a.kind = \(AgentRequests.Kind.reroute.rawValue))))
                """
        )
    ]
}
