internal import Commerce
internal import Postgres

extension SKUStory {
    /// Parcels that hold units of the SKU, newest first.
    ///
    /// Parcels are looked at from the newest backwards until all that is reserved is found, a bounded number of them: no index leads from a
    /// SKU to its parcels, which every order would have to pay for. What is older than that is left out.
    ///
    /// - Parameter units: all that is reserved.
    static func reserved(of sku: Int64, units: Int64, limit: Int, in tx: borrowing Transaction) throws -> [Reserved] {
        var found: [Reserved] = []
        var left = units
        var before = Int64.max
        for _ in 0..<maximumPages where left > 0 && found.count < limit {
            let page = try tx.query(
                """
                WITH page AS MATERIALIZED (
                    SELECT key, order_key, location, created_at, status FROM fulfillment WHERE key < $1 ORDER BY key DESC LIMIT $2
                ), held AS MATERIALIZED (
                    SELECT p.key, p.order_key, p.location, p.created_at, l.units
                    FROM page p
                    CROSS JOIN LATERAL (
                        SELECT sum(quantity - cancelled - (shipped - unexpected))::bigint AS units
                        FROM fulfillment_line WHERE fulfillment_key = p.key AND sku = $3
                    ) l
                    WHERE p.status IN (1, 2, 3) AND l.units > 0
                )
                SELECT h.key, h.location, o.channel, o.id, h.created_at, h.units, (SELECT min(key) FROM page)
                FROM (SELECT) one
                LEFT JOIN held h ON true
                LEFT JOIN LATERAL (SELECT channel, id FROM orders WHERE key = h.order_key LIMIT 1) o ON true
                ORDER BY h.key DESC
                """,
                [.int8(before), .int8(Int64(parcelsPerPage)), .int8(sku)]
            )
            guard let oldest = try page.first?.optionalInt8(6) else { break }
            before = oldest
            for row in page where try !row.isNull(0) {
                let units = try row.int8(5)
                left -= units
                guard found.count < limit else { break }
                found.append(
                    Reserved(
                        fulfillment: try row.int8(0),
                        location: try row.int4(1),
                        channel: try row.int4(2),
                        orderID: try row.text(3),
                        createdAt: Timestamp(rawValue: try row.timestamp(4)),
                        units: units
                    )
                )
            }
        }
        return found
    }

    private static let parcelsPerPage = 20_000
    private static let maximumPages = 25
}
