package import Postgres

/// Stock rows: locked and changed in sets, by (SKU, location) in ascending order.
package enum StockRows {
    /// What stands on a shelf, and what of it is promised.
    package struct Level: Sendable {
        package var sku: Int64
        package var location: Int32
        package var onHand: Int64
        package var reserved: Int64
        /// Kept from being sold by quality management.
        package var blocked: Int64
        /// Units that are promised to nobody, because the location said it cannot ship such (`StockEffects`).
        package var withheld: Int64

        package init(sku: Int64, location: Int32, onHand: Int64, reserved: Int64, blocked: Int64 = 0, withheld: Int64 = 0) {
            self.sku = sku
            self.location = location
            self.onHand = onHand
            self.reserved = reserved
            self.blocked = blocked
            self.withheld = withheld
        }

        /// What is neither promised nor blocked nor withheld; safety stock not counted.
        package var available: Int64 { max(0, onHand - reserved - blocked - withheld) }
        /// Units promised or blocked that are not there.
        package var shortfall: Int64 { max(0, reserved + blocked - onHand) }
        /// Units that are promised although they are not there, or blocked.
        package var overpromised: Int64 { max(0, reserved - max(0, onHand - blocked)) }
    }

    /// A change of one row.
    package struct Change: Sendable, Hashable {
        package var sku: Int64
        package var location: Int32
        package var units: Int64

        package init(sku: Int64, location: Int32, units: Int64) {
            self.sku = sku
            self.location = location
            self.units = units
        }
    }

    /// Locks every row of the SKUs, at all locations.
    package static func lock(skus: [Int64], in tx: borrowing Transaction) throws -> [Level] { try tx.ask(lock(skus: skus)) }

    /// As ``lock(skus:in:)``, to be asked together with what is read under these locks.
    package static func lock(skus: [Int64]) -> Query<[Level]> {
        guard !skus.isEmpty else { return .known([]) }
        return Query(
            "SELECT sku, location, on_hand, reserved, blocked, withheld FROM stock WHERE sku = ANY($1) ORDER BY sku, location FOR UPDATE",
            [.int8Array(skus)],
            read: levels
        )
    }

    /// Locks these rows, which are made where there are none yet.
    package static func lock(_ places: [(sku: Int64, location: Int32)], in tx: borrowing Transaction) throws -> [Level] {
        guard !places.isEmpty else { return [] }
        let sorted = places.sorted { ($0.sku, $0.location) < ($1.sku, $1.location) }
        let parameters: [Parameter] = [.int8Array(sorted.map(\.sku)), .int4Array(sorted.map(\.location))]
        let lock = """
            SELECT s.sku, s.location, s.on_hand, s.reserved, s.blocked, s.withheld
            FROM stock s JOIN unnest($1::bigint[], $2::int[]) AS t (sku, location) ON s.sku = t.sku AND s.location = t.location
            ORDER BY s.sku, s.location FOR UPDATE OF s
            """
        let found = try levels(try tx.query(lock, parameters))
        guard found.count < sorted.count else { return found }
        try tx.send(
            """
            INSERT INTO stock (sku, location, on_hand)
            SELECT sku, location, 0 FROM unnest($1::bigint[], $2::int[]) WITH ORDINALITY AS t (sku, location, n) ORDER BY n
            ON CONFLICT (sku, location) DO NOTHING
            """,
            parameters
        )
        return try levels(try tx.query(lock, parameters))
    }

    /// Adds to what is reserved (or, negative, gives back). The rows are locked and distinct.
    package static func reserve(_ changes: [Change], in tx: borrowing Transaction) throws {
        guard !changes.isEmpty else { return }
        try tx.send(
            """
            UPDATE stock s SET reserved = s.reserved + t.units
            FROM unnest($1::bigint[], $2::int[], $3::bigint[]) AS t (sku, location, units)
            WHERE s.sku = t.sku AND s.location = t.location
            """,
            [.int8Array(changes.map(\.sku)), .int4Array(changes.map(\.location)), .int8Array(changes.map(\.units))]
        )
    }

    /// Adds to what is blocked (or, negative, releases). The rows are locked and distinct.
    package static func block(_ changes: [Change], in tx: borrowing Transaction) throws {
        guard !changes.isEmpty else { return }
        try tx.send(
            """
            UPDATE stock s SET blocked = s.blocked + t.units
            FROM unnest($1::bigint[], $2::int[], $3::bigint[]) AS t (sku, location, units)
            WHERE s.sku = t.sku AND s.location = t.location
            """,
            [.int8Array(changes.map(\.sku)), .int4Array(changes.map(\.location)), .int8Array(changes.map(\.units))]
        )
    }

    private static func levels(_ rows: Rows) throws -> [Level] {
        var levels: [Level] = []
        levels.reserveCapacity(rows.count)
        for row in rows {
            levels.append(
                Level(
                    sku: try row.int8(0),
                    location: try row.int4(1),
                    onHand: try row.int8(2),
                    reserved: try row.int8(3),
                    blocked: try row.int8(4),
                    withheld: try row.int8(5)
                )
            )
        }
        return levels
    }
}
