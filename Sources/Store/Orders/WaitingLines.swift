package import Commerce
package import Postgres

/// Lines that wait for stock. Older is the smaller order key.
package enum WaitingLines {
    /// What one line of an order needs.
    package struct Need: Sendable, Hashable {
        package var order: Int64
        package var line: Int32
        package var sku: Int64
        package var quantity: Int64
        /// `false`: the units were reserved before, and the customer has not been told yet that they wait again.
        package var isTold: Bool
        /// The last word on when the goods arrive. `insert` keeps that of a line that waits already, unless it is untold: then it is that of
        /// the parcel the units were in.
        package var word: DeliveryWord
        /// Sold without stock, within its SKU's limit. `insert` keeps that of a line that waits already.
        package var preorder: Bool

        package init(
            order: Int64,
            line: Int32,
            sku: Int64,
            quantity: Int64,
            isTold: Bool = true,
            word: DeliveryWord = .unknown,
            preorder: Bool = false
        ) {
            self.order = order
            self.line = line
            self.sku = sku
            self.quantity = quantity
            self.isTold = isTold
            self.word = word
            self.preorder = preorder
        }
    }

    /// A location that may ship, and what it keeps back at least.
    package struct Place: Sendable, Hashable {
        package var location: Int32
        /// Units of every SKU.
        package var kept: Int64
        /// Percent of what is on hand.
        package var percent: Int64

        package init(location: Int32, kept: Int64 = 0, percent: Int64 = 0) {
            self.location = location
            self.kept = kept
            self.percent = percent
        }
    }

    /// Waiting orders that could use what is free of `skus` now, oldest first.
    ///
    /// An order that must go out whole is only named when each of its SKUs is there in sufficient number, all locations together, so
    /// that orders which wait for something else cost nothing here. SKUs of which nothing is free are not looked at: ten thousand
    /// orders waiting for a sold-out SKU do not slow the next one down. What lies at a location that has rejected the order does not
    /// count: hundreds of such orders would stand in the way of all that come after. Orders that are held are not named.
    ///
    /// Each order is looked at once, however many of its SKUs are free: orders of a hundred lines came to seconds otherwise.
    /// `LIMIT 1` and `OFFSET 0` keep the planner from reading whole tables for a hash join.
    ///
    /// What is kept for others than the order's channel does not count either, as far as it is known: an order that looks fillable for
    /// SKUs nobody has locked yet is looked at again once they are.
    ///
    /// - Parameters:
    ///   - after: only orders younger than this key.
    ///   - places: the locations that may ship. Some units of a SKU may be kept back there beyond what its place says: then an order may be
    ///     named that cannot be filled, but none is forgotten.
    ///   - kept: what is kept of these SKUs.
    package static func fillable(
        skus: [Int64],
        after: Int64,
        places: [Place],
        kept: KeptStock = KeptStock(),
        limit: Int,
        in tx: borrowing Transaction
    ) throws -> [Int64] {
        guard !skus.isEmpty else { return [] }
        var parameters: [Parameter] = [
            .int8Array(skus), .int8(after), .int4Array(places.map(\.location)), .int8(Int64(limit)),
            .int8Array(places.map(\.kept)), .int8Array(places.map(\.percent)),
        ]
        if !kept.isEmpty {
            let (totals, own) = (kept.totals, kept.allotted)
            parameters += [
                .int8Array(Array(totals.keys)), .int8Array(Array(totals.values)), .int8Array(own.keys.map(\.sku)),
                .int4Array(own.keys.map(\.channel)), .int8Array(Array(own.values)),
            ]
        }
        let rows = try tx.query(fillable(butKept: !kept.isEmpty), parameters)
        return try rows.map { try $0.int8(0) }
    }

    /// - Parameter isKept: whether anything is kept: what, and of it for each channel, is given in $7 to $11.
    private static func fillable(butKept isKept: Bool) -> String {
        let kept = """
            kept AS MATERIALIZED (SELECT * FROM unnest($7::bigint[], $8::bigint[]) AS t (sku, units)),
            own AS MATERIALIZED (SELECT * FROM unnest($9::bigint[], $10::int[], $11::bigint[]) AS t (sku, channel, units)),
            """
        // Of a SKU that is not free no row says how much is kept: NULL, which excludes nobody.
        func left(_ sku: String) -> String {
            """
            (SELECT f.available - coalesce((SELECT k.units FROM kept k WHERE k.sku = f.sku), 0)
                 + coalesce((SELECT w.units FROM own w WHERE w.sku = f.sku AND w.channel = o.channel), 0)
             FROM free f WHERE f.sku = \(sku))
            """
        }
        return
            """
            WITH \(isKept ? kept : "") place AS MATERIALIZED (
                SELECT * FROM unnest($3::int[], $5::bigint[], $6::bigint[]) AS t (location, kept, percent)
            ),
            free AS MATERIALIZED (
                SELECT sku, array_agg(location) AS locations, sum(units)::bigint AS available
                FROM (
                    SELECT s.sku, s.location, sellable(s.on_hand, s.reserved, s.blocked + s.withheld, p.kept, p.percent) AS units
                    FROM stock s JOIN place p ON p.location = s.location
                    WHERE s.sku = ANY($1)
                ) t
                WHERE units > 0
                GROUP BY sku
            ),
            candidate AS MATERIALIZED (
                SELECT DISTINCT w.order_key
                FROM free f
                CROSS JOIN LATERAL (SELECT order_key FROM waiting_line WHERE sku = f.sku AND order_key > $2 OFFSET 0) w
            )
            SELECT c.order_key
            FROM candidate c
            CROSS JOIN LATERAL (SELECT accept_partial, channel FROM orders WHERE key = c.order_key LIMIT 1) o
            WHERE NOT EXISTS (SELECT FROM order_hold h WHERE h.order_key = c.order_key AND h.ended_at IS NULL)
              AND CASE WHEN o.accept_partial THEN EXISTS (
                SELECT FROM waiting_line x JOIN free f ON f.sku = x.sku CROSS JOIN unnest(f.locations) AS l (location)
                WHERE x.order_key = c.order_key \(isKept ? "AND \(left("x.sku")) > 0" : "")
                  AND NOT EXISTS (SELECT FROM fulfillment_rejection r WHERE r.order_key = c.order_key AND r.location = l.location))
            ELSE NOT EXISTS (
                SELECT FROM (SELECT x.sku, sum(x.quantity) AS units FROM waiting_line x WHERE x.order_key = c.order_key GROUP BY x.sku) need
                WHERE need.units > (
                    SELECT coalesce(sum(sellable(s.on_hand, s.reserved, s.blocked + s.withheld, p.kept, p.percent)), 0)
                    FROM stock s JOIN place p ON p.location = s.location
                    WHERE s.sku = need.sku
                      AND NOT EXISTS (SELECT FROM fulfillment_rejection r WHERE r.order_key = c.order_key AND r.location = s.location))
                    \(isKept ? "OR need.units > \(left("need.sku"))" : ""))
            END
            ORDER BY c.order_key
            LIMIT $4
            """
    }

    /// Which of `skus` somebody waits for.
    package static func awaited(among skus: [Int64], in tx: borrowing Transaction) throws -> [Int64] {
        try tx.ask(awaited(among: skus))
    }

    package static func awaited(among skus: [Int64]) -> Query<[Int64]> {
        guard !skus.isEmpty else { return .known([]) }
        return Query(
            "SELECT sku FROM unnest($1::bigint[]) AS t (sku) WHERE EXISTS (SELECT FROM waiting_line w WHERE w.sku = t.sku)",
            [.int8Array(skus)]
        ) { rows in try rows.map { try $0.int8(0) } }
    }

    /// SKUs that somebody waits for and that lie free at one of the locations, ascending. Reads all that wait: for rare looks.
    package static func awaited(at locations: [Int32], in tx: borrowing Transaction) throws -> [Int64] {
        guard !locations.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT w.sku FROM (SELECT DISTINCT sku FROM waiting_line) w
            WHERE EXISTS (
                SELECT FROM stock s WHERE s.sku = w.sku AND s.location = ANY($1) AND s.on_hand - s.reserved > s.blocked + s.withheld)
            ORDER BY w.sku
            """,
            [.int4Array(locations)]
        )
        return try rows.map { try $0.int8(0) }
    }

    /// What the orders wait for, by order and line.
    package static func of(_ orders: [Int64], in tx: borrowing Transaction) throws -> [Need] { try tx.ask(of(orders)) }

    package static func of(_ orders: [Int64]) -> Query<[Need]> {
        guard !orders.isEmpty else { return .known([]) }
        return Query(
            """
            SELECT order_key, line, sku, quantity, untold_since IS NULL, told_day, in_stock, preorder
            FROM waiting_line WHERE order_key = ANY($1) ORDER BY order_key, line
            """,
            [.int8Array(orders)]
        ) { rows in
            try rows.map {
                Need(
                    order: try $0.int8(0),
                    line: try $0.int4(1),
                    sku: try $0.int8(2),
                    quantity: try $0.int8(3),
                    isTold: try $0.bool(4),
                    word: try $0.word(day: 5, inStock: 6),
                    preorder: try $0.bool(7)
                )
            }
        }
    }

    /// Writes what orders wait for. A line that waits already keeps what it was promised, and its place among the pre-orders; one that is
    /// untold is promised nothing until it is told.
    package static func insert(_ needs: [Need], in tx: borrowing Transaction) throws {
        guard !needs.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO waiting_line AS w (order_key, line, sku, quantity, untold_since, preorder, told_day, in_stock)
            SELECT order_key, line, sku, quantity, CASE WHEN is_told THEN NULL ELSE now() END, preorder, told_day, in_stock
            FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::boolean[], $6::boolean[], $7::date[], $8::boolean[])
                AS t (order_key, line, sku, quantity, is_told, preorder, told_day, in_stock)
            ON CONFLICT (order_key, line) DO UPDATE SET
                quantity = excluded.quantity,
                untold_since = CASE WHEN excluded.untold_since IS NOT NULL THEN coalesce(w.untold_since, excluded.untold_since) END,
                told_day = CASE WHEN excluded.untold_since IS NULL THEN w.told_day ELSE excluded.told_day END,
                promised_at = CASE WHEN excluded.untold_since IS NULL THEN w.promised_at END,
                promised_from = CASE WHEN excluded.untold_since IS NULL THEN w.promised_from END,
                in_stock = w.in_stock AND excluded.untold_since IS NULL
            """,
            [
                .int8Array(needs.map(\.order)), .int4Array(needs.map(\.line)), .int8Array(needs.map(\.sku)),
                .int8Array(needs.map(\.quantity)), .boolArray(needs.map(\.isTold)), .boolArray(needs.map(\.preorder)),
                .optionalDateArray(needs.map { $0.word.day?.databaseDay }),
                .boolArray(needs.map { $0.isTold && $0.word == .there }),
            ]
        )
    }

    /// Replaces what the orders wait for by `needs`: under their row locks.
    package static func replace(of orders: [Int64], by needs: [Need], in tx: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        try tx.send(
            """
            DELETE FROM waiting_line w
            WHERE w.order_key = ANY($1)
              AND NOT EXISTS (
                  SELECT FROM unnest($2::bigint[], $3::int[]) AS t (order_key, line) WHERE t.order_key = w.order_key AND t.line = w.line)
            """,
            [.int8Array(orders), .int8Array(needs.map(\.order)), .int4Array(needs.map(\.line))]
        )
        try insert(needs, in: tx)
    }
}
