package import Commerce
internal import Messages
package import Postgres

/// Past decisions with all that is needed to make them again, in the order of their time.
package enum PastDecisions {
    /// A place in that order.
    package struct Mark: Hashable, Sendable {
        package var at: Timestamp
        package var order: Int64
        package var sequence: Int32

        package init(at: Timestamp, order: Int64, sequence: Int32) {
            self.at = at
            self.order = order
            self.sequence = sequence
        }

        /// Before everything from a moment on.
        package static func before(_ moment: Timestamp) -> Mark { Mark(at: moment, order: 0, sequence: 0) }
    }

    package struct Row: Sendable {
        package var mark: Mark
        /// Whether it is the order's first decision within the time asked for.
        package var isFirst: Bool
        /// Key of the channel.
        package var channel: Int32
        package var document: PlacedOrder
        package var acceptPartial: Bool
        package var coordinates: Coordinates?
        package var sight: RoutingSight
    }

    /// The next decisions behind a mark, made before `until`. Costs the same however far the mark is, and however much was decided before.
    package static func page(
        after mark: Mark,
        since: Timestamp,
        until: Timestamp,
        limit: Int32,
        in tx: borrowing Transaction
    ) throws -> [Row] {
        let rows = try tx.query(
            """
            SELECT d.decided_at, d.order_key, d.sequence, o.channel, p.document, o.accept_partial, o.latitude, o.longitude, d.sight,
                   NOT EXISTS (SELECT FROM sourcing_decision e WHERE e.order_key = d.order_key AND NOT e.shadow
                               AND e.sequence < d.sequence AND e.decided_at >= $6)
            FROM (
                SELECT decided_at, order_key, sequence, sight FROM sourcing_decision
                WHERE decided_at >= $1 AND decided_at < $4 AND (decided_at, order_key, sequence) > ($1, $2, $3)
                  AND NOT shadow AND sight IS NOT NULL
                ORDER BY decided_at, order_key, sequence LIMIT $5
            ) d
            JOIN orders o ON o.key = d.order_key
            JOIN order_document p ON p.order_key = d.order_key
            ORDER BY d.decided_at, d.order_key, d.sequence
            """,
            [
                .timestamp(mark.at.rawValue), .int8(mark.order), .int4(mark.sequence), .timestamp(until.rawValue), .int4(limit),
                .timestamp(since.rawValue),
            ]
        )
        return try rows.map { row in
            var coordinates: Coordinates?
            if let latitude = try row.optionalDouble(6), let longitude = try row.optionalDouble(7) {
                coordinates = Coordinates(latitude: latitude, longitude: longitude)
            }
            return Row(
                mark: Mark(at: Timestamp(rawValue: try row.timestamp(0)), order: try row.int8(1), sequence: try row.int4(2)),
                isFirst: try row.bool(9),
                channel: try row.int4(3),
                document: try PlacedOrder(json: try row.bytes(4)),
                acceptPartial: try row.bool(5),
                coordinates: coordinates,
                sight: try RoutingSight(bytes: try row.bytes(8))
            )
        }
    }
}
