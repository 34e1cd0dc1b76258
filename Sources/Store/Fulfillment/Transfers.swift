package import Commerce
package import Postgres

/// Parcels that go to a store, where a customer collects the order.
package enum Transfers {
    /// Marks new fulfillments as transfers to stores.
    package static func mark(_ transfers: [(fulfillment: Int64, store: Int32)], in tx: borrowing Transaction) throws {
        guard !transfers.isEmpty else { return }
        try tx.send(
            """
            UPDATE fulfillment f SET transfer_to = t.store FROM unnest($1::bigint[], $2::int[]) AS t (key, store) WHERE f.key = t.key
            """,
            [.int8Array(transfers.map(\.fulfillment)), .int4Array(transfers.map(\.store))]
        )
    }

    /// Writes down when shipments reached their stores.
    package static func arrive(
        _ shipments: [(fulfillment: Int64, id: String, at: Timestamp)],
        in tx: borrowing Transaction
    ) throws {
        guard !shipments.isEmpty else { return }
        try tx.send(
            """
            UPDATE shipment s SET arrived_at = t.at
            FROM unnest($1::bigint[], $2::text[], $3::timestamptz[]) AS t (fulfillment_key, id, at)
            WHERE s.fulfillment_key = t.fulfillment_key AND s.id = t.id
            """,
            [
                .int8Array(shipments.map(\.fulfillment)), .textArray(shipments.map(\.id)),
                .timestampArray(shipments.map(\.at.rawValue)),
            ]
        )
    }
}
