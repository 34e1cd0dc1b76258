package import Commerce
package import Postgres

/// Leases of baskets: units of SKUs kept for one basket over all locations, until a moment by the database's clock.
///
/// Of locks they come after stock, in the order of channel and the bytes of the basket's id. Freeing one needs no lock of stock: whoever
/// counts it meanwhile promises too little, and every freeing is followed by a wake of its SKUs, which sees what waits by then.
package enum LeaseStore {
    /// What the outside calls a lease.
    package struct Name: Hashable, Sendable {
        package var channel: Int32
        package var basket: ExactID

        package init(channel: Int32, basket: String) {
            self.channel = channel
            self.basket = ExactID(basket)
        }

        static func precedes(_ left: Name, _ right: Name) -> Bool {
            left.channel != right.channel ? left.channel < right.channel : left.basket < right.basket
        }
    }

    /// A lease under its row lock.
    package struct Lease: Sendable {
        package var key: Int64
        package var name: Name
        /// The order it is pinned to.
        package var order: Int64?
        /// The number of its newest event.
        package var sequence: Int32
        package var lines: [LeaseBook.Line]
    }

    /// A lease that is to be, or to be renewed.
    package struct Grant: Sendable {
        package var name: Name
        /// The lease that stands; `nil` where there is none.
        package var standing: Int64?
        package var lines: [LeaseBook.Line]
        package var seconds: Int64

        package init(name: Name, standing: Int64?, lines: [LeaseBook.Line], seconds: Int64) {
            self.name = name
            self.standing = standing
            self.lines = lines
            self.seconds = seconds
        }
    }

    /// A lease as it was granted.
    package struct Granted: Sendable {
        package var key: Int64
        package var expiresAt: Timestamp
        package var sequence: Int32
    }

    /// Somebody else made a lease for the same basket at this very moment: the transaction is to be run again.
    package struct Overtaken: Error {}

    /// Locks the leases of these baskets that are there, their time come or not.
    package static func lock(_ names: [Name], in tx: borrowing Transaction) throws -> [Name: Lease] {
        guard !names.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT l.key, l.channel, l.basket, l.order_key, l.sequence
            FROM lease l JOIN unnest($1::int[], $2::text[]) AS t (channel, basket) ON l.channel = t.channel AND l.basket = t.basket
            ORDER BY l.channel, l.basket FOR UPDATE OF l
            """,
            [.int4Array(names.map(\.channel)), .textArray(names.map(\.basket.text))]
        )
        return Dictionary(try withLines(rows, in: tx).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Writes leases, each counted from now by the database's clock; those that stand are locked. In the order of `grants`.
    ///
    /// - Throws: ``Overtaken``, before anything else is written, where a basket has got another lease since it was looked for.
    package static func write(_ grants: [Grant], in tx: borrowing Transaction) throws -> [Granted] {
        var granted: [Int: Granted] = [:]
        try insert(grants, into: &granted, in: tx)
        try renew(grants, into: &granted, in: tx)
        let lines = grants.enumerated().flatMap { place, grant in grant.lines.map { (granted[place]?.key ?? 0, $0) } }
        try tx.send(
            "INSERT INTO lease_line (lease, sku, units) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])",
            [.int8Array(lines.map(\.0)), .int8Array(lines.map(\.1.sku)), .int8Array(lines.map(\.1.units))]
        )
        return try grants.indices.map { place in
            guard let lease = granted[place] else { throw StoreError.vanished("lease") }
            return lease
        }
    }

    private static func insert(_ grants: [Grant], into granted: inout [Int: Granted], in tx: borrowing Transaction) throws {
        let fresh = grants.indices.filter { grants[$0].standing == nil }.sorted { Name.precedes(grants[$0].name, grants[$1].name) }
        guard !fresh.isEmpty else { return }
        // Waits for nobody but others who insert, all of them in this order; a row that is there by now is not waited for.
        let rows = try tx.query(
            """
            INSERT INTO lease (channel, basket, granted_at, expires_at, sequence)
            SELECT channel, basket, clock_timestamp(), clock_timestamp() + seconds * interval '1 second', 1
            FROM unnest($1::int[], $2::text[], $3::bigint[]) WITH ORDINALITY AS t (channel, basket, seconds, n) ORDER BY n
            ON CONFLICT (channel, basket) DO NOTHING RETURNING channel, basket, key, expires_at
            """,
            [
                .int4Array(fresh.map { grants[$0].name.channel }), .textArray(fresh.map { grants[$0].name.basket.text }),
                .int8Array(fresh.map { grants[$0].seconds }),
            ]
        )
        guard rows.count == fresh.count else { throw Overtaken() }
        let places = Dictionary(fresh.map { (grants[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
        for row in rows {
            guard let place = places[Name(channel: try row.int4(0), basket: try row.text(1))] else { continue }
            granted[place] = Granted(key: try row.int8(2), expiresAt: Timestamp(rawValue: try row.timestamp(3)), sequence: 1)
        }
    }

    private static func renew(_ grants: [Grant], into granted: inout [Int: Granted], in tx: borrowing Transaction) throws {
        let places = Dictionary(
            grants.enumerated().compactMap { place, grant in grant.standing.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first }
        )
        guard !places.isEmpty else { return }
        let keys = places.keys.sorted()
        let rows = try tx.query(
            """
            UPDATE lease l SET
                granted_at = CASE WHEN l.expires_at > clock_timestamp() THEN l.granted_at ELSE clock_timestamp() END,
                expires_at = clock_timestamp() + t.seconds * interval '1 second', sequence = l.sequence + 1
            FROM unnest($1::bigint[], $2::bigint[]) AS t (key, seconds) WHERE l.key = t.key
            RETURNING l.key, l.expires_at, l.sequence
            """,
            [.int8Array(keys), .int8Array(keys.map { grants[places[$0] ?? 0].seconds })]
        )
        for row in rows {
            let key = try row.int8(0)
            guard let place = places[key] else { continue }
            granted[place] = Granted(key: key, expiresAt: Timestamp(rawValue: try row.timestamp(1)), sequence: try row.int4(2))
        }
        try tx.send("DELETE FROM lease_line WHERE lease = ANY($1)", [.int8Array(keys)])
    }

    /// Deletes leases that are locked.
    package static func delete(_ keys: [Int64], in tx: borrowing Transaction) throws {
        guard !keys.isEmpty else { return }
        try tx.send("DELETE FROM lease_line WHERE lease = ANY($1)", [.int8Array(keys)])
        try tx.send("DELETE FROM lease WHERE key = ANY($1)", [.int8Array(keys)])
    }

    /// Deletes leases whose time has come, the longest expired first, unless somebody works on them; gives them.
    package static func takeExpired(limit: Int, in tx: borrowing Transaction) throws -> [Lease] {
        let rows = try tx.query(
            """
            SELECT key, channel, basket, order_key, sequence FROM lease
            WHERE order_key IS NULL AND expires_at <= clock_timestamp()
            ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
            """,
            [.int8(Int64(limit))]
        )
        let leases = try withLines(rows, in: tx)
        try delete(leases.map(\.key), in: tx)
        return leases
    }

    /// Leases by the columns key, channel, basket, order_key, sequence, with their lines.
    static func withLines(_ rows: Rows, in tx: borrowing Transaction) throws -> [Lease] {
        guard !rows.isEmpty else { return [] }
        var lines: [Int64: [LeaseBook.Line]] = [:]
        let found = try tx.query(
            "SELECT lease, sku, units FROM lease_line WHERE lease = ANY($1) ORDER BY lease, sku",
            [.int8Array(try rows.map { try $0.int8(0) })]
        )
        for row in found { lines[try row.int8(0), default: []].append(LeaseBook.Line(sku: try row.int8(1), units: try row.int8(2))) }
        return try rows.map { row in
            let key = try row.int8(0)
            return Lease(
                key: key,
                name: Name(channel: try row.int4(1), basket: try row.text(2)),
                order: try row.optionalInt8(3),
                sequence: try row.int4(4),
                lines: lines[key] ?? []
            )
        }
    }
}
