package import Postgres

extension StockRows {
    /// Makes rows where there are none yet, so that whoever locks all rows of a SKU locks these too. Distinct places, in any order.
    package static func ensure(_ places: [(sku: Int64, location: Int32)], in tx: borrowing Transaction) throws {
        guard !places.isEmpty else { return }
        let sorted = places.sorted { ($0.sku, $0.location) < ($1.sku, $1.location) }
        try tx.send(
            """
            INSERT INTO stock (sku, location, on_hand)
            SELECT sku, location, 0 FROM unnest($1::bigint[], $2::int[]) WITH ORDINALITY AS t (sku, location, n) ORDER BY n
            ON CONFLICT (sku, location) DO NOTHING
            """,
            [.int8Array(sorted.map(\.sku)), .int4Array(sorted.map(\.location))]
        )
    }
}
