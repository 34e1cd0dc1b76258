internal import Commerce
internal import Messages

extension AuditLaw {
    static let decisionLaws = [
        AuditLaw(
            name: "decisions",
            sentence: "Every sourcing within the time that decisions are kept has its decision, of the very parcels asked for.",
            violations: """
                WITH kept (since) AS (
                    -- The oldest are cleared away first: whatever is younger than one that is kept must be there.
                    SELECT coalesce(
                        (SELECT min(decided_at) FROM sourcing_decision WHERE sight IS NOT NULL),
                        greatest(
                            (SELECT applied_at FROM schema_migration WHERE number = \(DecisionAudit.migration)),
                            clock_timestamp() - interval '1 day' * coalesce(
                                (SELECT (definition::json ->> 'keepDays')::integer FROM network_section WHERE name = 'decisions'),
                                \(DecisionRule().keepDays))))
                ),
                live AS (
                    SELECT order_key, sequence, parcels FROM sourcing_decision WHERE NOT shadow AND sight IS NOT NULL
                )
                SELECT format('order %s, event %s: sourced without a decision', e.order_key, e.sequence)
                FROM order_event e CROSS JOIN kept
                WHERE e.type = \(EventType.orderSourced.storedNumber) AND e.at > kept.since
                  AND NOT EXISTS (SELECT FROM live d WHERE d.order_key = e.order_key AND d.sequence = e.sequence AND d.parcels > 0)
                  -- An agent who says where a parcel goes decides without the rules.
                  AND NOT EXISTS (
                      SELECT FROM order_event t
                      WHERE t.order_key = e.order_key AND t.sequence = e.sequence - 1 AND t.at = e.at
                        AND t.type = \(EventType.fulfillmentCancelled.storedNumber)
                        AND t.detail LIKE '\(ParcelWithdrawal.rerouted(to: nil).detail)%')
                UNION ALL
                SELECT format('order %s, event %s: waits without a decision', e.order_key, e.sequence)
                FROM order_event e CROSS JOIN kept
                WHERE e.type = \(EventType.orderBackordered.storedNumber) AND e.at > kept.since
                  AND NOT EXISTS (
                      -- The first event of the same moment that tells of the decision.
                      SELECT FROM live d JOIN order_event f ON f.order_key = d.order_key AND f.sequence = d.sequence AND f.at = e.at
                      WHERE d.order_key = e.order_key AND d.sequence <= e.sequence)
                UNION ALL
                SELECT format('order %s, event %s: %s parcels decided, and none asked for', d.order_key, d.sequence, d.parcels)
                FROM live d
                WHERE d.parcels > 0 AND NOT EXISTS (
                    SELECT FROM order_event e
                    WHERE e.order_key = d.order_key AND e.sequence = d.sequence AND e.type = \(EventType.orderSourced.storedNumber))
                """,
            further: { try DecisionAudit.differences(in: $0) }
        )
    ]
}
