package import Commerce
package import Postgres

/// Changes of stock that move no goods, each with its cause. What is blocked of a row is their sum.
package enum StockChanges {
    package enum Kind: Int16, Sendable {
        case blocked = 1
        case released = 2
    }

    package struct Change: Sendable {
        package var sku: Int64
        package var location: Int32
        /// Units that became blocked (positive) or free again (negative).
        package var delta: Int64
        package var occurredAt: Timestamp
        package var kind: Kind
        /// The block that caused it.
        package var reference: String

        package init(sku: Int64, location: Int32, delta: Int64, occurredAt: Timestamp, kind: Kind, reference: String) {
            self.sku = sku
            self.location = location
            self.delta = delta
            self.occurredAt = occurredAt
            self.kind = kind
            self.reference = reference
        }
    }

    /// Records the changes; the stock rows, which are locked, are changed by `StockRows.block`.
    package static func record(_ changes: [Change], in tx: borrowing Transaction) throws {
        guard !changes.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO stock_change (sku, location, delta, occurred_at, kind, reference)
            SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::timestamptz[], $5::smallint[], $6::text[])
            """,
            [
                .int8Array(changes.map(\.sku)), .int4Array(changes.map(\.location)), .int8Array(changes.map(\.delta)),
                .timestampArray(changes.map(\.occurredAt.rawValue)), .int2Array(changes.map(\.kind.rawValue)),
                .textArray(changes.map(\.reference)),
            ]
        )
    }
}
