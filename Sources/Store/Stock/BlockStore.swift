package import Commerce
package import Postgres

/// Blocks of quality management by their natural key: location and id.
package enum BlockStore {
    package struct Name: Sendable, Hashable, Comparable {
        package var location: Int32
        package var id: ExactID

        package init(location: Int32, id: ExactID) {
            self.location = location
            self.id = id
        }

        package static func < (left: Name, right: Name) -> Bool {
            left.location == right.location ? left.id < right.id : left.location < right.location
        }
    }

    package struct Block: Sendable {
        package var name: Name
        package var digest: [UInt8]
        package var sku: Int64
        package var quantity: Int64
        package var reason: String
        package var occurredAt: Timestamp
        /// `nil` while it is open.
        package var release: Release?

        package init(name: Name, digest: [UInt8], sku: Int64, quantity: Int64, reason: String, occurredAt: Timestamp) {
            self.name = name
            self.digest = digest
            self.sku = sku
            self.quantity = quantity
            self.reason = reason
            self.occurredAt = occurredAt
        }
    }

    package struct Release: Sendable {
        package var digest: [UInt8]
        package var occurredAt: Timestamp

        package init(digest: [UInt8], occurredAt: Timestamp) {
            self.digest = digest
            self.occurredAt = occurredAt
        }
    }

    /// Lets one transaction at a time decide about the blocks of the locations. Taken after stock rows.
    package static func lock(locations: Set<Int32>, in tx: borrowing Transaction) throws {
        guard !locations.isEmpty else { return }
        _ = try tx.query(
            "SELECT pg_advisory_xact_lock(7102, location) FROM unnest($1::int[]) WITH ORDINALITY AS t (location, n) ORDER BY n",
            [.int4Array(locations.sorted())]
        )
    }

    /// The blocks of these names; those that are not there are left out.
    package static func of(_ names: [Name], in tx: borrowing Transaction) throws -> [Name: Block] {
        guard !names.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT b.location, b.id, b.digest, b.sku, b.quantity, b.reason, b.occurred_at, b.released_at, b.release_digest
            FROM stock_block b JOIN unnest($1::int[], $2::text[]) AS t (location, id) ON b.location = t.location AND b.id = t.id
            """,
            [.int4Array(names.map(\.location)), .textArray(names.map(\.id.text))]
        )
        var blocks: [Name: Block] = [:]
        for row in rows {
            let name = Name(location: try row.int4(0), id: ExactID(try row.text(1)))
            var block = Block(
                name: name,
                digest: try row.bytes(2),
                sku: try row.int8(3),
                quantity: try row.int8(4),
                reason: try row.text(5),
                occurredAt: Timestamp(rawValue: try row.timestamp(6))
            )
            if let releasedAt = try row.optionalTimestamp(7) {
                block.release = Release(digest: try row.bytes(8), occurredAt: Timestamp(rawValue: releasedAt))
            }
            blocks[name] = block
        }
        return blocks
    }

    package static func insert(_ blocks: [Block], in tx: borrowing Transaction) throws {
        guard !blocks.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO stock_block (location, id, digest, sku, quantity, reason, occurred_at)
            SELECT * FROM unnest($1::int[], $2::text[], $3::bytea[], $4::bigint[], $5::bigint[], $6::text[], $7::timestamptz[])
            """,
            [
                .int4Array(blocks.map(\.name.location)), .textArray(blocks.map(\.name.id.text)), .bytesArray(blocks.map(\.digest)),
                .int8Array(blocks.map(\.sku)), .int8Array(blocks.map(\.quantity)), .textArray(blocks.map(\.reason)),
                .timestampArray(blocks.map(\.occurredAt.rawValue)),
            ]
        )
    }

    /// Marks blocks that have a release as released.
    package static func release(_ blocks: [Block], in tx: borrowing Transaction) throws {
        let released = blocks.compactMap { block in block.release.map { (block.name, $0) } }
        guard !released.isEmpty else { return }
        try tx.send(
            """
            UPDATE stock_block b SET released_at = t.released_at, release_digest = t.digest
            FROM unnest($1::int[], $2::text[], $3::timestamptz[], $4::bytea[]) AS t (location, id, released_at, digest)
            WHERE b.location = t.location AND b.id = t.id
            """,
            [
                .int4Array(released.map(\.0.location)), .textArray(released.map(\.0.id.text)),
                .timestampArray(released.map(\.1.occurredAt.rawValue)), .bytesArray(released.map(\.1.digest)),
            ]
        )
    }
}
