package import Commerce
package import Postgres

/// Writing new orders: a constant number of statements, however many orders there are.
package enum OrderInsert {
    /// An order that passed every check, ready to be written.
    package struct NewOrder: Sendable {
        package var channel: Int32
        package var order: PlacedOrder
        /// The compact JSON that is kept.
        package var document: [UInt8]
        package var digest: [UInt8]
        package var status: Int16
        package var coordinates: Coordinates?
        /// SKU keys by line.
        package var skus: [Int64]

        package init(
            channel: Int32,
            order: PlacedOrder,
            document: [UInt8],
            digest: [UInt8],
            status: Int16,
            coordinates: Coordinates?,
            skus: [Int64]
        ) {
            self.channel = channel
            self.order = order
            self.document = document
            self.digest = digest
            self.status = status
            self.coordinates = coordinates
            self.skus = skus
        }
    }

    /// What became of one new order.
    package enum Result: Sendable, Hashable {
        case inserted(key: Int64)
        /// It had been there: the key and the digest of the one that stands.
        case existed(key: Int64, digest: [UInt8])
    }

    /// Keys for new orders, ascending; one that no order gets is never given again.
    package static func nextKeys(_ count: Int) -> Query<[Int64]> {
        guard count > 0 else { return .known([]) }
        return Query("SELECT nextval('order_key') FROM generate_series(1, $1)", [.int4(Int32(count))]) { rows in
            try rows.map { try $0.int8(0) }
        }
    }

    /// Inserts the orders, their documents, lines and payments.
    ///
    /// - Parameters:
    ///   - orders: distinct by channel and id.
    ///   - keys: one for each, ascending: a smaller key is an older order.
    package static func insert(
        _ orders: [NewOrder],
        keys: [Int64],
        acceptedAt: Timestamp,
        in tx: borrowing Transaction
    ) throws -> [Result] {
        // Under the unique (channel, id) rows are inserted in byte order, so that two batches cannot deadlock on repeats.
        let sorted = orders.indices.sorted { left, right in
            let (a, b) = (orders[left], orders[right])
            return a.channel != b.channel ? a.channel < b.channel : precedesBytewise(a.order.orderID, b.order.orderID)
        }
        let inserted = try insertHeads(orders, keys: keys, sorted: sorted, acceptedAt: acceptedAt, in: tx)
        var results: [Result?] = keys.map { inserted.contains($0) ? .inserted(key: $0) : nil }
        let fresh = orders.indices.filter { results[$0] != nil }
        try insertParts(orders, keys: keys, fresh: fresh, in: tx)
        let repeated = orders.indices.filter { results[$0] == nil }
        if !repeated.isEmpty {
            let standing = try existing(repeated.map { (orders[$0].channel, orders[$0].order.orderID) }, in: tx)
            for (index, found) in zip(repeated, standing) {
                guard let found else { throw StoreError.vanished("order") }
                results[index] = .existed(key: found.key, digest: found.digest)
            }
        }
        return results.compactMap { $0 }
    }

    /// Finds orders by what the outside calls them; `nil` for those that are not there. In the order of `names`.
    package static func existing(
        _ names: [(channel: Int32, id: String)],
        in tx: borrowing Transaction
    ) throws -> [(key: Int64, digest: [UInt8])?] {
        try tx.ask(existing(names))
    }

    package static func existing(_ names: [(channel: Int32, id: String)]) -> Query<[(key: Int64, digest: [UInt8])?]> {
        guard !names.isEmpty else { return .known([]) }
        return Query(
            """
            SELECT n, o.key, o.digest
            FROM unnest($1::int[], $2::text[]) WITH ORDINALITY AS t (channel, id, n)
            JOIN orders o ON o.channel = t.channel AND o.id = t.id
            """,
            [.int4Array(names.map(\.channel)), .textArray(names.map(\.id))]
        ) { rows in
            var found: [(key: Int64, digest: [UInt8])?] = Array(repeating: nil, count: names.count)
            for row in rows { found[Int(try row.int8(0)) - 1] = (try row.int8(1), try row.bytes(2)) }
            return found
        }
    }

    private static func insertHeads(
        _ orders: [NewOrder],
        keys: [Int64],
        sorted: [Int],
        acceptedAt: Timestamp,
        in tx: borrowing Transaction
    ) throws -> Set<Int64> {
        let rows = try tx.query(
            """
            INSERT INTO orders (key, channel, id, status, accept_partial, event_sequence, total, latitude, longitude,
                                placed_at, accepted_at, digest)
            SELECT key, channel, id, status, accept_partial, 1, total, latitude, longitude, placed_at, $11, digest
            FROM unnest($1::bigint[], $2::int[], $3::text[], $4::smallint[], $5::boolean[], $6::bigint[],
                        $7::float8[], $8::float8[], $9::timestamptz[], $10::bytea[])
                WITH ORDINALITY AS t (key, channel, id, status, accept_partial, total, latitude, longitude, placed_at, digest, n)
            ORDER BY n
            ON CONFLICT (channel, id) DO NOTHING
            RETURNING key
            """,
            [
                .int8Array(sorted.map { keys[$0] }),
                .int4Array(sorted.map { orders[$0].channel }),
                .textArray(sorted.map { orders[$0].order.orderID }),
                .int2Array(sorted.map { orders[$0].status }),
                .boolArray(sorted.map { orders[$0].order.acceptPartial }),
                .int8Array(sorted.map { orders[$0].order.total }),
                .optionalDoubleArray(sorted.map { orders[$0].coordinates?.latitude }),
                .optionalDoubleArray(sorted.map { orders[$0].coordinates?.longitude }),
                .timestampArray(sorted.map { orders[$0].order.placedAt.rawValue }),
                .bytesArray(sorted.map { orders[$0].digest }),
                .timestamp(acceptedAt.rawValue),
            ]
        )
        var inserted = Set<Int64>(minimumCapacity: rows.count)
        for row in rows { inserted.insert(try row.int8(0)) }
        return inserted
    }

    private static func insertParts(_ orders: [NewOrder], keys: [Int64], fresh: [Int], in tx: borrowing Transaction) throws {
        guard !fresh.isEmpty else { return }
        try tx.send(
            "INSERT INTO order_document (order_key, document) SELECT * FROM unnest($1::bigint[], $2::bytea[])",
            [.int8Array(fresh.map { keys[$0] }), .bytesArray(fresh.map { orders[$0].document })]
        )
        var lineKeys: [Int64] = []
        var lines: [Int32] = []
        var skus: [Int64] = []
        var quantities: [Int64] = []
        for index in fresh {
            for (line, content) in orders[index].order.lines.enumerated() {
                lineKeys.append(keys[index])
                lines.append(Int32(line))
                skus.append(orders[index].skus[line])
                quantities.append(content.quantity)
            }
        }
        try tx.send(
            """
            INSERT INTO order_line (order_key, line, sku, quantity)
            SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[])
            """,
            [.int8Array(lineKeys), .int4Array(lines), .int8Array(skus), .int8Array(quantities)]
        )
        let payments = fresh.flatMap { index in orders[index].order.payments.map { (keys[index], $0) } }
        guard !payments.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO payment (order_key, id, method, status, amount, captured)
            SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::smallint[], $5::bigint[], $6::bigint[])
            """,
            [
                .int8Array(payments.map(\.0)),
                .textArray(payments.map(\.1.paymentID)),
                .textArray(payments.map(\.1.method)),
                .int2Array(payments.map { PaymentStatus($0.1.status).rawValue }),
                .int8Array(payments.map(\.1.amount)),
                .int8Array(payments.map { $0.1.status == .captured ? $0.1.amount : 0 }),
            ]
        )
    }
}
