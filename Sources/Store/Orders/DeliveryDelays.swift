package import Commerce
package import Postgres

/// Goods of which customers were told a later day than before, or none any more: what the mail about it has to know.
///
/// A row is written with the event that tells of it, under the order's row lock. However many of them come before the mail goes out, the
/// first one's last word stands: the mail that is sent with the newest event compares with that.
package enum DeliveryDelays {
    /// A line that got worse.
    package struct Delay: Sendable, Hashable {
        package var order: Int64
        package var line: Int32
        /// What the customer knew before; never `unknown`.
        package var known: DeliveryWord
        /// Told of units that wait; else of units in new parcels.
        package var waits: Bool
        /// The event that tells of it.
        package var sequence: Int32

        package init(order: Int64, line: Int32, known: DeliveryWord, waits: Bool, sequence: Int32) {
            self.order = order
            self.line = line
            self.known = known
            self.waits = waits
            self.sequence = sequence
        }
    }

    /// A delay whose mail has not gone out.
    package struct Unsettled: Sendable {
        package var delay: Delay
        /// When it was told first: parcels of which it may be are not older.
        package var since: Timestamp
    }

    /// Writes down what got worse, at most one entry a line.
    package static func insert(_ delays: [Delay], at moment: Timestamp, in tx: borrowing Transaction) throws {
        guard !delays.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO delivery_delay AS d (order_key, line, known, waits, sequence, since)
            SELECT order_key, line, known, waits, sequence, $6
            FROM unnest($1::bigint[], $2::int[], $3::date[], $4::boolean[], $5::int[]) AS t (order_key, line, known, waits, sequence)
            ON CONFLICT (order_key, line) DO UPDATE SET
                known = CASE WHEN d.settled_at IS NULL THEN d.known ELSE excluded.known END,
                since = CASE WHEN d.settled_at IS NULL THEN d.since ELSE excluded.since END,
                waits = excluded.waits, sequence = excluded.sequence, settled_at = NULL
            """,
            [
                .int8Array(delays.map(\.order)), .int4Array(delays.map(\.line)),
                .optionalDateArray(delays.map { $0.known.day?.databaseDay }), .boolArray(delays.map(\.waits)),
                .int4Array(delays.map(\.sequence)), .timestamp(moment.rawValue),
            ]
        )
    }

    /// What of the orders got worse and is not mailed yet.
    package static func unsettled(of orders: [Int64], in tx: borrowing Transaction) throws -> [Int64: [Unsettled]] {
        guard !orders.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT order_key, line, known, waits, sequence, since FROM delivery_delay
            WHERE order_key = ANY($1) AND settled_at IS NULL ORDER BY order_key, line
            """,
            [.int8Array(orders)]
        )
        var delays: [Int64: [Unsettled]] = [:]
        for row in rows {
            let order = try row.int8(0)
            let delay = Delay(
                order: order,
                line: try row.int4(1),
                known: try row.optionalDate(2).map { .date(CivilDate(databaseDay: $0)) } ?? .there,
                waits: try row.bool(3),
                sequence: try row.int4(4)
            )
            delays[order, default: []].append(Unsettled(delay: delay, since: Timestamp(rawValue: try row.timestamp(5))))
        }
        return delays
    }

    /// Another event tells the customers what became of these lines. Under the orders' row locks.
    package static func overtake(_ lines: [(order: Int64, line: Int32)], at moment: Timestamp, in tx: borrowing Transaction) throws {
        guard !lines.isEmpty else { return }
        try tx.send(
            """
            UPDATE delivery_delay d SET settled_at = $3
            FROM unnest($1::bigint[], $2::int[]) AS t (order_key, line)
            WHERE d.order_key = t.order_key AND d.line = t.line AND d.settled_at IS NULL
            """,
            [.int8Array(lines.map(\.order)), .int4Array(lines.map(\.line)), .timestamp(moment.rawValue)]
        )
    }

    /// The customers were mailed, or there was nothing to mail. Under the orders' row locks.
    ///
    /// - Parameter orders: each with the number of the newest event that is settled.
    package static func settle(_ orders: [(order: Int64, upTo: Int32)], at moment: Timestamp, in tx: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        try tx.send(
            """
            UPDATE delivery_delay d SET settled_at = $3
            FROM unnest($1::bigint[], $2::int[]) AS t (order_key, sequence)
            WHERE d.order_key = t.order_key AND d.sequence <= t.sequence AND d.settled_at IS NULL
            """,
            [.int8Array(orders.map(\.order)), .int4Array(orders.map(\.upTo)), .timestamp(moment.rawValue)]
        )
    }
}
