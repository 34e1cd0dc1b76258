internal import Commerce
internal import Messages
internal import Postgres

/// Compares what was decided, which is kept in bytes of its own, with the parcels that were written for it.
enum DecisionAudit {
    /// Since which decisions are kept with what they found.
    static let migration = 18

    /// Orders looked at in one query.
    private static let page = 20_000

    /// A parcel as decisions keep it.
    private struct Parcel: Hashable {
        var location: Int64
        var units: Int64
    }

    /// Names every live decision whose parcels are not those that its round of requests asked for.
    static func differences(in tx: borrowing Transaction) throws -> AuditLaw.Further {
        var (found, last): (AuditLaw.Further, Int64) = (AuditLaw.Further(), 0)
        while let end = try endOfPage(after: last, in: tx) {
            found.add(try differences(after: last, through: end, in: tx))
            last = end
        }
        return found
    }

    private static func endOfPage(after last: Int64, in tx: borrowing Transaction) throws -> Int64? {
        try tx.query(
            """
            SELECT max(order_key) FROM (
                SELECT order_key FROM sourcing_decision WHERE order_key > $1 AND NOT shadow ORDER BY order_key LIMIT \(page)) t
            """,
            [.int8(last)]
        ).only().optionalInt8(0)
    }

    private static func differences(after last: Int64, through end: Int64, in tx: borrowing Transaction) throws -> [String] {
        let rows = try tx.query(
            """
            WITH asked AS (
                SELECT v.order_key, v.sourced, array_agg(f.location::bigint) AS locations,
                       array_agg((SELECT sum(l.quantity)::bigint FROM fulfillment_line l WHERE l.fulfillment_key = f.key)) AS units
                FROM (
                    SELECT order_key, type, reference,
                           max(sequence) FILTER (WHERE type = \(EventType.orderSourced.storedNumber))
                               OVER (PARTITION BY order_key ORDER BY sequence) AS sourced
                    FROM order_event
                    WHERE order_key > $1 AND order_key <= $2
                      AND type IN (\(EventType.orderSourced.storedNumber), \(EventType.fulfillmentRequested.storedNumber))
                ) v
                JOIN fulfillment f ON f.order_key = v.order_key AND 'F' || f.key = v.reference
                WHERE v.type = \(EventType.fulfillmentRequested.storedNumber)
                GROUP BY v.order_key, v.sourced
            )
            SELECT d.order_key, d.sequence, d.parcels, d.content, a.locations, a.units
            FROM sourcing_decision d LEFT JOIN asked a ON a.order_key = d.order_key AND a.sourced = d.sequence
            WHERE d.order_key > $1 AND d.order_key <= $2 AND NOT d.shadow AND d.sight IS NOT NULL
            ORDER BY d.order_key, d.sequence
            """,
            [.int8(last), .int8(end)]
        )
        return try rows.compactMap { row in
            let asked = try row.isNull(4) ? [] : zip(row.int8Array(4), row.int8Array(5)).map { Parcel(location: $0, units: $1) }
            guard let content = try? DecisionContent(bytes: try row.bytes(3)) else {
                return "order \(try row.int8(0)), event \(try row.int4(1)): its decision cannot be read"
            }
            let decided = content.parcels.map { Parcel(location: $0.location, units: $0.units) }
            let counted = Int(try row.int4(2))
            guard counts(decided) != counts(asked) || counted != decided.count else { return nil }
            return "order \(try row.int8(0)), event \(try row.int4(1)): decided \(text(decided)), asked for \(text(asked))"
        }
    }

    private static func counts(_ parcels: [Parcel]) -> [Parcel: Int] { parcels.reduce(into: [:]) { $0[$1, default: 0] += 1 } }

    private static func text(_ parcels: [Parcel]) -> String {
        let words = parcels.sorted { ($0.location, $0.units) < ($1.location, $1.units) }.map { "\($0.units) at location \($0.location)" }
        return words.isEmpty ? "nothing" : words.joined(separator: ", ")
    }
}
