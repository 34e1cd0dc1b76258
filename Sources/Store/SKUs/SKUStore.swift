package import Commerce
package import Postgres

/// SKUs by their short keys.
package enum SKUStore {
    /// The keys of `skus`, which are made where there are none yet; in the order of `skus`, which must be distinct.
    ///
    /// New rows are inserted in byte order, so that two batches that name the same new SKUs wait for each other instead of
    /// deadlocking.
    package static func keys(of skus: [String], in tx: borrowing Transaction) throws -> [Int64] {
        var found = try existing(skus, in: tx)
        let missing = skus.filter { found[ExactID($0)] == nil }.sorted(by: precedesBytewise)
        if !missing.isEmpty {
            let inserted = try tx.query(
                """
                INSERT INTO sku (id) SELECT id FROM unnest($1::text[]) WITH ORDINALITY AS t (id, n) ORDER BY n
                ON CONFLICT (id) DO NOTHING RETURNING id, key
                """,
                [.textArray(missing)]
            )
            for row in inserted { found[ExactID(try row.text(0))] = try row.int8(1) }
            // Somebody else made the others meanwhile.
            let others = missing.filter { found[ExactID($0)] == nil }
            if !others.isEmpty { found.merge(try existing(others, in: tx)) { first, _ in first } }
        }
        return try skus.map { sku in
            guard let key = found[ExactID(sku)] else { throw StoreError.vanished("sku") }
            return key
        }
    }

    /// The keys of those of `skus` that exist.
    package static func existing(_ skus: [String], in tx: borrowing Transaction) throws -> [ExactID: Int64] {
        let rows = try tx.query("SELECT id, key FROM sku WHERE id = ANY($1)", [.textArray(skus)])
        var keys: [ExactID: Int64] = [:]
        keys.reserveCapacity(skus.count)
        for row in rows { keys[ExactID(try row.text(0))] = try row.int8(1) }
        return keys
    }

    /// The texts of SKU keys.
    package static func names(of keys: [Int64], in tx: borrowing Transaction) throws -> [Int64: String] {
        let rows = try tx.query("SELECT key, id FROM sku WHERE key = ANY($1)", [.int8Array(keys)])
        var names: [Int64: String] = [:]
        for row in rows { names[try row.int8(0)] = try row.text(1) }
        return names
    }
}
