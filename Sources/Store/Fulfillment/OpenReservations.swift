package import Postgres

/// Who holds the units that are reserved at a location.
package enum OpenReservations {
    /// The orders that lose units where so many of a SKU have to be given back at a location: the youngest first, as many as it takes.
    ///
    /// Looks at the location's open parcels. The stock rows are locked, so no reservation is added meanwhile.
    ///
    /// - Parameter places: distinct rows, and how many units of each have to be given back.
    package static func youngest(_ places: [StockRows.Change], in tx: borrowing Transaction) throws -> Set<Int64> {
        guard !places.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT DISTINCT held.order_key
            FROM unnest($1::bigint[], $2::int[], $3::bigint[]) AS p (sku, location, units)
            CROSS JOIN LATERAL (
                SELECT o.order_key, sum(o.open) OVER (ORDER BY o.order_key DESC, o.key DESC, o.line DESC) - o.open AS before
                FROM (
                    SELECT f.order_key, f.key, l.line, l.quantity - l.cancelled - (l.shipped - l.unexpected) AS open
                    FROM fulfillment f
                    CROSS JOIN LATERAL (
                        SELECT * FROM fulfillment_line WHERE fulfillment_key = f.key AND sku = p.sku OFFSET 0
                    ) l
                    WHERE f.location = p.location AND f.status IN (1, 2, 3)
                ) o
                WHERE o.open > 0
            ) held
            WHERE held.before < p.units
            """,
            [.int8Array(places.map(\.sku)), .int4Array(places.map(\.location)), .int8Array(places.map(\.units))]
        )
        return Set(try rows.map { try $0.int8(0) })
    }
}
