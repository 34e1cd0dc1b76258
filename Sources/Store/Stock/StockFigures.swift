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

        package init(now: Timestamp, days: Int64, locations: [Int32]? = nil) {
            self.now = now
            self.days = days
            self.locations = locations
        }

        var since: Timestamp { now.adding(seconds: -days * 86_400) }
    }

    /// Gives every SKU that lies somewhere, was bought within the window or is waited for, a few thousand at a time.
    ///
    /// Demand is what left for customers: dispatches and till sales. It reads the window's movements and no older ones.
    package static func skus(_ scope: Scope, in tx: borrowing Transaction, _ consume: ([SKU]) throws -> Void) throws {
        try tx.liftTimeLimits()
        _ = try tx.execute(
            "DECLARE stock_figures NO SCROLL CURSOR FOR \(statement)",
            [
                .timestamp(scope.since.rawValue), .timestamp(scope.now.rawValue), .bool(scope.locations != nil),
                .int4Array(scope.locations ?? []),
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
                            demand: try row.int8(4),
                            squares: try row.double(5)
                        )
                    )
                }
            )
        }
        _ = try tx.execute("CLOSE stock_figures")
    }

    /// Days are counted back from now, so that each has 24 hours. Waiting orders belong to no location.
    package static let statement = """
        WITH daily AS (
            SELECT m.sku, floor(extract(epoch FROM m.occurred_at - $1) / 86400)::int AS day, -sum(m.delta) AS units
            FROM stock_movement m
            WHERE m.occurred_at >= $1 AND m.occurred_at < $2 AND m.kind IN (1, 3, 4, 5) AND (NOT $3 OR m.location = ANY($4))
            GROUP BY 1, 2
        ), demand AS (
            SELECT sku, sum(units)::bigint AS units, sum(units::float8 * units::float8) AS squares FROM daily GROUP BY sku
        ), shelf AS (
            SELECT sku, sum(on_hand)::bigint AS on_hand, sum(greatest(on_hand - reserved - blocked - withheld, 0))::bigint AS available
            FROM stock WHERE NOT $3 OR location = ANY($4) GROUP BY sku
        ), awaited AS (
            SELECT sku, sum(quantity)::bigint AS units FROM waiting_line WHERE NOT $3 GROUP BY sku
        )
        SELECT sku, coalesce(s.on_hand, 0), coalesce(s.available, 0), coalesce(w.units, 0), coalesce(d.units, 0),
               coalesce(d.squares, 0)
        FROM shelf s FULL JOIN demand d USING (sku) FULL JOIN awaited w USING (sku)
        """
}
