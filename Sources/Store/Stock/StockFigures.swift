package import Commerce
package import Postgres

/// What reports on stock are made of: levels and demand by SKU, feeds and answers by location.
package enum StockFigures {
    package struct SKU: Sendable {
        package var key: Int64
        package var facts: StockPlan.Facts
    }

    /// The window, and what lies in it.
    package struct Scope: Sendable {
        package var now: Timestamp
        package var days: Int64
        /// Keys of the locations; `nil`: all.
        package var locations: [Int32]?
        /// Days from an order to the goods on the shelf, of the locations of which that is known.
        package var leadDays: [Int32: Int64]

        package init(now: Timestamp, days: Int64, locations: [Int32]? = nil, leadDays: [Int32: Int64] = [:]) {
            self.now = now
            self.days = days
            self.locations = locations
            self.leadDays = leadDays
        }

        var since: Timestamp { now.adding(seconds: -days * 86_400) }
    }

    /// Gives every SKU that lies somewhere, is on its way there, was bought within the window or is waited for, a few thousand at a time.
    ///
    /// Demand is what left for customers: dispatches, till sales, and what they collected. Goods that one location sends to another are
    /// none. It reads the window's movements and no older ones.
    package static func skus(_ scope: Scope, in tx: borrowing Transaction, _ consume: ([SKU]) throws -> Void) throws {
        try tx.liftTimeLimits()
        let leads = scope.leadDays.sorted { $0.key < $1.key }
        try tx.send(
            "DECLARE stock_figures NO SCROLL CURSOR FOR \(statement)",
            [
                .timestamp(scope.since.rawValue), .timestamp(scope.now.rawValue), .bool(scope.locations != nil),
                .int4Array(scope.locations ?? []), .int4Array(leads.map(\.key)), .int8Array(leads.map(\.value)),
            ]
        )
        while true {
            let page = try tx.query("FETCH FORWARD 5000 FROM stock_figures")
            guard page.count > 0 else { break }
            try consume(
                try page.map { row in
                    SKU(
                        key: try row.int8(0),
                        facts: StockPlan.Facts(
                            onHand: try row.int8(1),
                            available: try row.int8(2),
                            waiting: try row.int8(3),
                            incoming: try row.int8(6),
                            leadDays: try row.optionalInt8(7),
                            demand: try row.int8(4),
                            squares: try row.double(5)
                        )
                    )
                }
            )
        }
        try tx.send("CLOSE stock_figures")
    }

    /// Days are counted back from now, so that each has 24 hours. Waiting orders belong to no location.
    package static let statement = """
        WITH daily AS (
            SELECT m.sku, floor(extract(epoch FROM m.occurred_at - $1) / 86400)::int AS day, -sum(m.delta) AS units
            FROM stock_movement m
            WHERE m.occurred_at >= $1 AND m.occurred_at < $2 AND m.kind IN (1, 3, 5) AND (NOT $3 OR m.location = ANY($4))
            GROUP BY 1, 2
        ), demand AS (
            SELECT sku, sum(units)::bigint AS units, sum(units::float8 * units::float8) AS squares FROM daily GROUP BY sku
        ), shelf AS (
            SELECT s.sku, sum(s.on_hand)::bigint AS on_hand,
                   sum(greatest(s.on_hand - s.reserved - s.blocked - s.withheld, 0))::bigint AS available, max(l.days) AS lead
            FROM stock s LEFT JOIN unnest($5::int[], $6::bigint[]) AS l (location, days) ON l.location = s.location
            WHERE NOT $3 OR s.location = ANY($4) GROUP BY s.sku
        ), incoming AS (
            SELECT e.sku, sum(e.quantity)::bigint AS units, max(l.days) AS lead
            FROM stock_expected e LEFT JOIN unnest($5::int[], $6::bigint[]) AS l (location, days) ON l.location = e.location
            WHERE e.quantity > 0 AND e.closed_at IS NULL AND e.expected_at > $2 AND (NOT $3 OR e.location = ANY($4)) GROUP BY e.sku
        ), awaited AS (
            SELECT sku, sum(quantity)::bigint AS units FROM waiting_line WHERE NOT $3 GROUP BY sku
        )
        SELECT sku, coalesce(s.on_hand, 0), coalesce(s.available, 0), coalesce(w.units, 0), coalesce(d.units, 0),
               coalesce(d.squares, 0), coalesce(i.units, 0), greatest(s.lead, i.lead)
        FROM shelf s FULL JOIN demand d USING (sku) FULL JOIN awaited w USING (sku) FULL JOIN incoming i USING (sku)
        """
}
