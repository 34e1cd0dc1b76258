package import Postgres

/// Adjustments by their natural key: location and id.
package enum AdjustmentStore {
    /// Records an adjustment; gives the digest of the one that stood before, `nil` where it is new.
    package static func record(
        location: Int32,
        id: String,
        digest: [UInt8],
        reason: String,
        in tx: borrowing Transaction
    ) throws -> [UInt8]? {
        let inserted = try tx.execute(
            "INSERT INTO stock_adjustment (location, id, digest, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            [.int4(location), .text(id), .bytes(digest), .text(reason)]
        )
        if inserted == 1 { return nil }
        let rows = try tx.query("SELECT digest FROM stock_adjustment WHERE location = $1 AND id = $2", [.int4(location), .text(id)])
        guard let row = rows.first else { throw StoreError.vanished("adjustment") }
        return try row.bytes(0)
    }
}
