package import Commerce
package import Postgres

/// What can be sold of a SKU, over all locations; and what storefronts were told of it last.
package enum AvailabilityStore {
    package struct SKU: Sendable {
        package var key: Int64
        package var id: String
        package var levels: [StockRows.Level]

        /// Over all locations.
        package var available: Int64 { levels.reduce(0) { $0 + $1.available } }
    }

    /// What was told last of a SKU.
    package struct Told: Sendable {
        package var digest: [UInt8]
        package var version: Int64
        package var at: Timestamp

        package init(digest: [UInt8], version: Int64, at: Timestamp) {
            self.digest = digest
            self.version = version
            self.at = at
        }
    }

    /// The SKUs as they stand, by ascending key. Takes no locks.
    package static func of(_ keys: [Int64], in tx: borrowing Transaction) throws -> [SKU] {
        guard !keys.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT k.key, k.id, s.location, s.on_hand, s.reserved, s.withheld
            FROM sku k LEFT JOIN stock s ON s.sku = k.key
            WHERE k.key = ANY($1) ORDER BY k.key, s.location
            """,
            [.int8Array(keys)]
        )
        var result: [SKU] = []
        for row in rows {
            let key = try row.int8(0)
            if result.last?.key != key { result.append(SKU(key: key, id: try row.text(1), levels: [])) }
            guard let location = try row.optionalInt4(2) else { continue }
            result[result.count - 1].levels.append(
                StockRows.Level(
                    sku: key,
                    location: location,
                    onHand: try row.int8(3),
                    reserved: try row.int8(4),
                    withheld: try row.int8(5)
                )
            )
        }
        return result
    }

    /// Locks what was told of the SKUs, in ascending order.
    package static func lockTold(_ keys: [Int64], in tx: borrowing Transaction) throws -> [Int64: Told] {
        let rows = try tx.query(
            "SELECT sku, digest, version, told_at FROM stock_told WHERE sku = ANY($1) ORDER BY sku FOR UPDATE",
            [.int8Array(keys)]
        )
        var told: [Int64: Told] = [:]
        for row in rows {
            told[try row.int8(0)] = Told(digest: try row.bytes(1), version: try row.int8(2), at: Timestamp(rawValue: try row.timestamp(3)))
        }
        return told
    }

    package static func writeTold(_ told: [(sku: Int64, told: Told)], in tx: borrowing Transaction) throws {
        guard !told.isEmpty else { return }
        _ = try tx.execute(
            """
            INSERT INTO stock_told (sku, digest, version, told_at)
            SELECT sku, digest, version, told_at
            FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::timestamptz[]) WITH ORDINALITY AS t (sku, digest, version, told_at, n)
            ORDER BY n
            ON CONFLICT (sku) DO UPDATE SET digest = excluded.digest, version = excluded.version, told_at = excluded.told_at
            """,
            [
                .int8Array(told.map(\.sku)), .bytesArray(told.map(\.told.digest)), .int8Array(told.map(\.told.version)),
                .timestampArray(told.map(\.told.at.rawValue)),
            ]
        )
    }
}
