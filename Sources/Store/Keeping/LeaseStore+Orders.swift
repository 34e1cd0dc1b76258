internal import Commerce
package import Postgres

/// Leases and the orders that were placed with their baskets.
extension LeaseStore {
    /// Pins the baskets' leases to new orders, in the orders' own transaction: those whose time has not come by the database's clock.
    ///
    /// From then on a lease counts whatever its time says. A lease guards its units up to its time, so an order whose transaction commits
    /// before then gets them without a gap.
    ///
    /// - Parameter orders: of a basket named twice, the first order gets the lease.
    package static func pin(_ orders: [(basket: Name, order: Int64)], in tx: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        var first: [Name: Int64] = [:]
        for entry in orders where first[entry.basket] == nil { first[entry.basket] = entry.order }
        let names = first.keys.sorted(by: Name.precedes)
        let rows = try tx.query(
            """
            SELECT l.key, l.channel, l.basket
            FROM lease l JOIN unnest($1::int[], $2::text[]) AS t (channel, basket) ON l.channel = t.channel AND l.basket = t.basket
            WHERE l.order_key IS NULL AND l.expires_at > clock_timestamp()
            ORDER BY l.channel, l.basket FOR UPDATE OF l
            """,
            [.int4Array(names.map(\.channel)), .textArray(names.map(\.basket.text))]
        )
        guard !rows.isEmpty else { return }
        let pinned = try rows.map { row in
            (key: try row.int8(0), order: first[Name(channel: try row.int4(1), basket: try row.text(2))] ?? 0)
        }
        try tx.send(
            "UPDATE lease l SET order_key = t.order_key FROM unnest($1::bigint[], $2::bigint[]) AS t (key, order_key) WHERE l.key = t.key",
            [.int8Array(pinned.map(\.key)), .int8Array(pinned.map(\.order))]
        )
    }

    /// Deletes the leases pinned to these orders, which are locked: sourcing has decided, or nothing is wanted any more. Gives them.
    package static func takePinned(to orders: [Int64], in tx: borrowing Transaction) throws -> [Lease] {
        guard !orders.isEmpty else { return [] }
        let rows = try tx.query(
            """
            SELECT key, channel, basket, order_key, sequence FROM lease WHERE order_key = ANY($1)
            ORDER BY channel, basket FOR UPDATE
            """,
            [.int8Array(orders)]
        )
        let leases = try withLines(rows, in: tx)
        try delete(leases.map(\.key), in: tx)
        return leases
    }
}
