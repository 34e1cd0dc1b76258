package import Postgres

/// What the shadow rules would have done beside those in force.
package struct ShadowComparison: Sendable, Hashable {
    /// Sums over the decisions of one side.
    package struct Side: Sendable, Hashable {
        package var parcels: Int64
        /// Minor units; of all currencies together.
        package var cost: Int64
        package var held: Int64
        package var backordered: Int64
        package var cancelled: Int64
    }

    /// How often both decided.
    package var decisions: Int64
    /// How many orders they would have decided otherwise.
    package var differingOrders: Int64
    package var live: Side
    package var shadow: Side

    /// Compares all decisions made since the rules, or the shadow rules, were last applied.
    package static func load(in tx: borrowing Transaction) throws -> ShadowComparison {
        func sums(_ row: String) -> String {
            """
            coalesce(sum(\(row).parcels), 0)::bigint, coalesce(sum(\(row).cost), 0)::bigint, count(*) FILTER (WHERE \(row).held),
            count(*) FILTER (WHERE \(row).waits), count(*) FILTER (WHERE \(row).cancels)
            """
        }
        let row = try tx.query(
            """
            SELECT count(*), count(DISTINCT s.order_key) FILTER (WHERE s.differs), \(sums("l")), \(sums("s"))
            FROM sourcing_decision s
            JOIN sourcing_decision l ON l.order_key = s.order_key AND l.sequence = s.sequence AND NOT l.shadow
            WHERE s.shadow AND s.network >= (
                SELECT coalesce(max(version), 0) FROM network_section WHERE name IN ('rules', 'shadowRules'))
            """
        ).only()
        func side(_ first: Int) throws -> Side {
            Side(
                parcels: try row.int8(first),
                cost: try row.int8(first + 1),
                held: try row.int8(first + 2),
                backordered: try row.int8(first + 3),
                cancelled: try row.int8(first + 4)
            )
        }
        return ShadowComparison(
            decisions: try row.int8(0),
            differingOrders: try row.int8(1),
            live: try side(2),
            shadow: try side(7)
        )
    }
}
