package import Commerce
package import Postgres

/// Everything about the stock of one SKU, for a person: what lies where, what moved, who waits and for whom it is reserved.
package struct SKUStory: Sendable {
    package struct Place: Sendable {
        package var location: Int32
        package var level: StockRows.Level
        /// As last counted; `nil` where it never was.
        package var counted: Int64?
        package var countedAt: Timestamp?
    }

    package struct Movement: Sendable {
        package var location: Int32
        package var delta: Int64
        package var occurredAt: Timestamp
        package var kind: StockMovements.Kind?
        package var reference: String
    }

    package struct Waiting: Sendable {
        package var channel: Int32
        package var orderID: String
        package var placedAt: Timestamp
        package var quantity: Int64
    }

    package struct Reserved: Sendable {
        package var fulfillment: Int64
        package var location: Int32
        package var channel: Int32
        package var orderID: String
        package var createdAt: Timestamp
        package var units: Int64
    }

    /// How much of each list is given.
    package struct Extent: Sendable {
        package var rows: Int
        /// Movements since then.
        package var since: Timestamp

        package init(rows: Int, since: Timestamp) {
            self.rows = rows
            self.since = since
        }
    }

    package var key: Int64
    package var id: String
    /// By location key.
    package var places: [Place]
    /// The newest, newest first.
    package var movements: [Movement]
    /// The longest waiting first.
    package var waiting: [Waiting]
    package var waitingOrders: Int64
    package var waitingUnits: Int64
    /// The newest parcels first.
    package var reserved: [Reserved]

    /// `nil` where no message has named the SKU yet.
    package static func find(_ id: String, extent: Extent, in tx: borrowing Transaction) throws -> SKUStory? {
        guard let key = try SKUStore.existing([id], in: tx)[ExactID(id)] else { return nil }
        let totals = try tx.query(
            "SELECT count(DISTINCT order_key), coalesce(sum(quantity), 0)::bigint FROM waiting_line WHERE sku = $1",
            [.int8(key)]
        )
        let places = try places(of: key, in: tx)
        return SKUStory(
            key: key,
            id: id,
            places: places,
            movements: try movements(of: key, extent: extent, in: tx),
            waiting: try waiting(for: key, limit: extent.rows, in: tx),
            waitingOrders: try totals[0].int8(0),
            waitingUnits: try totals[0].int8(1),
            reserved: try reserved(of: key, units: places.reduce(0) { $0 + $1.level.reserved }, limit: extent.rows, in: tx)
        )
    }

    private static func places(of sku: Int64, in tx: borrowing Transaction) throws -> [Place] {
        let rows = try tx.query(
            """
            SELECT s.location, s.on_hand, s.reserved, s.blocked, s.withheld, s.counted, c.counted_at
            FROM stock s LEFT JOIN stock_count c ON c.key = s.count_key WHERE s.sku = $1 ORDER BY s.location
            """,
            [.int8(sku)]
        )
        return try rows.map { row in
            let countedAt = try row.optionalTimestamp(6).map(Timestamp.init(rawValue:))
            let location = try row.int4(0)
            return Place(
                location: location,
                level: StockRows.Level(
                    sku: sku,
                    location: location,
                    onHand: try row.int8(1),
                    reserved: try row.int8(2),
                    blocked: try row.int8(3),
                    withheld: try row.int8(4)
                ),
                counted: countedAt == nil ? nil : try row.int8(5),
                countedAt: countedAt
            )
        }
    }

    /// Reads what moved since then, of all SKUs: there is no index by SKU, which every dispatch would have to pay for.
    private static func movements(of sku: Int64, extent: Extent, in tx: borrowing Transaction) throws -> [Movement] {
        let rows = try tx.query(
            """
            SELECT location, delta, occurred_at, kind, reference FROM stock_movement
            WHERE occurred_at >= $2 AND sku = $1 ORDER BY occurred_at DESC, key DESC LIMIT $3
            """,
            [.int8(sku), .timestamp(extent.since.rawValue), .int8(Int64(extent.rows))]
        )
        return try rows.map { row in
            Movement(
                location: try row.int4(0),
                delta: try row.int8(1),
                occurredAt: Timestamp(rawValue: try row.timestamp(2)),
                kind: StockMovements.Kind(rawValue: try row.int2(3)),
                reference: try row.text(4)
            )
        }
    }

    private static func waiting(for sku: Int64, limit: Int, in tx: borrowing Transaction) throws -> [Waiting] {
        let rows = try tx.query(
            """
            WITH first AS MATERIALIZED (
                SELECT order_key, sum(quantity)::bigint AS quantity FROM waiting_line WHERE sku = $1
                GROUP BY order_key ORDER BY order_key LIMIT $2
            )
            SELECT o.channel, o.id, o.placed_at, w.quantity
            FROM first w CROSS JOIN LATERAL (SELECT channel, id, placed_at FROM orders WHERE key = w.order_key LIMIT 1) o
            ORDER BY w.order_key
            """,
            [.int8(sku), .int8(Int64(limit))]
        )
        return try rows.map { row in
            Waiting(
                channel: try row.int4(0),
                orderID: try row.text(1),
                placedAt: Timestamp(rawValue: try row.timestamp(2)),
                quantity: try row.int8(3)
            )
        }
    }
}
