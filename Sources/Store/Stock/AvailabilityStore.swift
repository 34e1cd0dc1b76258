package import Commerce
package import Postgres

/// What can be sold of a SKU, over all locations; and what storefronts were told of it last.
package enum AvailabilityStore {
    package struct SKU: Sendable {
        package var key: Int64
        package var id: String
        package var levels: [StockRows.Level]
        /// Units that baskets hold softly, over all locations; of leases that have not run out.
        package var leased: Int64 = 0
        /// Units that only one channel may sell, by its key.
        package var kept: [Int64: Int64] = [:]

        /// Over all locations, whether they may ship or not; safety stock not counted.
        package var available: Int64 { levels.reduce(0) { $0 + $1.available } }
    }

    /// What was told last of a SKU.
    package struct Told: Sendable {
        package var digest: [UInt8]
        package var version: Int64
        package var at: Timestamp
        /// `nil`: told before this was remembered.
        package var signals: StockSignals.Told?

        package init(digest: [UInt8], version: Int64, at: Timestamp, signals: StockSignals.Told?) {
            self.digest = digest
            self.version = version
            self.at = at
            self.signals = signals
        }
    }

    /// The SKUs as they stand, by ascending key. Takes no locks.
    package static func of(_ keys: [Int64], in tx: borrowing Transaction) throws -> [SKU] {
        guard !keys.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT k.key, k.id, s.location, s.on_hand, s.reserved, s.blocked, s.withheld
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
                    blocked: try row.int8(5),
                    withheld: try row.int8(6)
                )
            )
        }
        return result
    }

    /// What is free at a location, by SKU key; SKUs of which nothing is free are left out. Takes no locks.
    package static func free(at location: Int32, in tx: borrowing Transaction) throws -> [(sku: Int64, units: Int64)] {
        let rows = try tx.query(
            "SELECT sku, on_hand - reserved - blocked - withheld FROM stock WHERE location = $1 AND on_hand - reserved > blocked + withheld ORDER BY sku",
            [.int4(location)]
        )
        return try rows.map { (try $0.int8(0), try $0.int8(1)) }
    }

    /// Locks what was told of the SKUs, in ascending order.
    package static func lockTold(_ keys: [Int64], in tx: borrowing Transaction) throws -> [Int64: Told] {
        let rows = try tx.query(
            "SELECT sku, digest, version, told_at, available, is_low FROM stock_told WHERE sku = ANY($1) ORDER BY sku FOR UPDATE",
            [.int8Array(keys)]
        )
        var told: [Int64: Told] = [:]
        for row in rows {
            let isLow = try row.bool(5)
            told[try row.int8(0)] = Told(
                digest: try row.bytes(1),
                version: try row.int8(2),
                at: Timestamp(rawValue: try row.timestamp(3)),
                signals: try row.optionalInt8(4).map { StockSignals.Told(available: $0, isLow: isLow) }
            )
        }
        return told
    }

    package static func writeTold(_ told: [(sku: Int64, told: Told)], in tx: borrowing Transaction) throws {
        guard !told.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO stock_told (sku, digest, version, told_at, available, is_low)
            SELECT sku, digest, version, told_at, available, is_low
            FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::boolean[])
                WITH ORDINALITY AS t (sku, digest, version, told_at, available, is_low, n)
            ORDER BY n
            ON CONFLICT (sku) DO UPDATE SET digest = excluded.digest, version = excluded.version, told_at = excluded.told_at,
                                            available = excluded.available, is_low = excluded.is_low
            """,
            [
                .int8Array(told.map(\.sku)), .bytesArray(told.map(\.told.digest)), .int8Array(told.map(\.told.version)),
                .timestampArray(told.map(\.told.at.rawValue)),
                .optionalInt8Array(told.map(\.told.signals?.available)), .boolArray(told.map { $0.told.signals?.isLow ?? false }),
            ]
        )
    }
}
