package import Postgres

/// Parcels that are gone the moment they are made: handed over to the customer on the spot.
package enum HandOvers {
    /// Marks every unit of new fulfillments as shipped.
    package static func markShipped(_ fulfillments: [Int64], in tx: borrowing Transaction) throws {
        guard !fulfillments.isEmpty else { return }
        try tx.send(
            "UPDATE fulfillment_line SET shipped = quantity WHERE fulfillment_key = ANY($1)",
            [.int8Array(fulfillments)]
        )
    }
}
