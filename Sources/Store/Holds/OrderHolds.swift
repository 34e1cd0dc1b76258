package import Commerce
package import Postgres

/// Orders that sourcing leaves alone until an agent, or the end of their time, lets them go. Changed under the order's row lock.
package enum OrderHolds {
    /// What becomes of an order whose hold ends by itself.
    package enum Outcome: Int16, Sendable, CaseIterable {
        /// It is sourced again, and waits for stock where there is none.
        case backorder = 1
        /// What waits of it is cancelled.
        case cancel = 2
        /// It is decided again, and the routing rule that held it says what becomes of what cannot be shipped.
        case ruled = 3
    }

    /// How a hold ended.
    package enum Ending: Sendable, Hashable {
        /// An agent let the order go.
        case released
        case timedOut
    }

    /// A hold that stands.
    package struct Hold: Sendable, Hashable {
        package var order: Int64
        package var reason: String
        package var since: Timestamp
        /// `nil`: until an agent lets it go.
        package var until: Timestamp?
        package var outcome: Outcome
        /// Its time is up, by the database's clock.
        package var isDue: Bool
    }

    /// Holds the orders, whose rows are locked. Gives those that were not held before: they are to be told.
    ///
    /// - Parameters:
    ///   - reason: why an agent should look; a word, or a sentence of a routing rule.
    ///   - until: when it ends by itself; `nil`: an agent must let it go.
    ///   - outcome: what becomes of it then.
    package static func hold(
        _ orders: [Int64],
        reason: String,
        until: Timestamp?,
        then outcome: Outcome,
        at moment: Timestamp,
        in tx: borrowing Transaction
    ) throws -> [Int64] {
        guard !orders.isEmpty else { return [] }
        let rows = try tx.query(
            """
            INSERT INTO order_hold (order_key, reason, since, until, outcome)
            SELECT order_key, $2, $3, $4, $5 FROM unnest($1::bigint[]) AS t (order_key) ORDER BY order_key
            ON CONFLICT (order_key) WHERE ended_at IS NULL DO NOTHING
            RETURNING order_key
            """,
            [
                .int8Array(orders), .text(reason), .timestamp(moment.rawValue), .optionalTimestamp(until?.rawValue),
                .int2(outcome.rawValue),
            ]
        )
        return try rows.map { try $0.int8(0) }
    }

    /// Ends the holds of the orders, whose rows are locked; those that are not held are left alone.
    package static func end(_ orders: [Int64], at moment: Timestamp, in tx: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        try tx.send(
            """
            UPDATE order_hold h
            SET ended_at = CASE WHEN h.until <= clock_timestamp() THEN greatest($2, h.until) ELSE $2 END,
                last_parcel = (SELECT max(f.key) FROM fulfillment f WHERE f.order_key = h.order_key)
            WHERE h.order_key = ANY($1) AND h.ended_at IS NULL
            """,
            [.int8Array(orders), .timestamp(moment.rawValue)]
        )
    }

    /// Which of the orders are held.
    package static func held(among orders: [Int64]) -> Query<Set<Int64>> {
        guard !orders.isEmpty else { return .known([]) }
        return Query("SELECT order_key FROM order_hold WHERE order_key = ANY($1) AND ended_at IS NULL", [.int8Array(orders)]) { rows in
            Set(try rows.map { try $0.int8(0) })
        }
    }

    /// The holds of the orders that stand.
    package static func open(of orders: [Int64], in tx: borrowing Transaction) throws -> [Int64: Hold] {
        guard !orders.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT order_key, reason, since, until, outcome, coalesce(until <= clock_timestamp(), false)
            FROM order_hold WHERE order_key = ANY($1) AND ended_at IS NULL
            """,
            [.int8Array(orders)]
        )
        var holds: [Int64: Hold] = [:]
        for row in rows {
            guard let outcome = Outcome(rawValue: try row.int2(4)) else { throw StoreError.unreadable("outcome of a hold") }
            holds[try row.int8(0)] = Hold(
                order: try row.int8(0),
                reason: try row.text(1),
                since: Timestamp(rawValue: try row.timestamp(2)),
                until: try row.optionalTimestamp(3).map(Timestamp.init(rawValue:)),
                outcome: outcome,
                isDue: try row.bool(5)
            )
        }
        return holds
    }

    /// The youngest parcel that an agent has seen of each order: what was refused up to it does not count any more.
    package static func settledParcels(of orders: [Int64], in tx: borrowing Transaction) throws -> [Int64: Int64] {
        guard !orders.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT order_key, max(last_parcel) FROM order_hold
            WHERE order_key = ANY($1) AND ended_at IS NOT NULL AND last_parcel IS NOT NULL GROUP BY order_key
            """,
            [.int8Array(orders)]
        )
        var settled: [Int64: Int64] = [:]
        for row in rows { settled[try row.int8(0)] = try row.int8(1) }
        return settled
    }

    /// How the orders' newest holds ended; those held for `reason` are passed over, and so are those that still stand.
    package static func endings(
        of orders: [Int64],
        exceptFor reason: String,
        in tx: borrowing Transaction
    ) throws -> [Int64: Ending] {
        guard !orders.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT DISTINCT ON (order_key) order_key, coalesce(until <= ended_at, false) FROM order_hold
            WHERE order_key = ANY($1) AND ended_at IS NOT NULL AND reason <> $2 ORDER BY order_key, key DESC
            """,
            [.int8Array(orders), .text(reason)]
        )
        var endings: [Int64: Ending] = [:]
        for row in rows { endings[try row.int8(0)] = try row.bool(1) ? .timedOut : .released }
        return endings
    }

    /// Orders whose hold is over, by the database's clock; those that are over for longest first.
    package static func due(limit: Int, in tx: borrowing Transaction) throws -> [Int64] {
        try tx.query(
            """
            SELECT order_key FROM order_hold WHERE ended_at IS NULL AND until <= clock_timestamp() ORDER BY until LIMIT $1
            """,
            [.int8(Int64(limit))]
        ).map { try $0.int8(0) }
    }
}
