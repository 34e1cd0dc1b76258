package import Commerce
package import Postgres

/// What is sold without stock, within the limits that the network file sets.
package enum PreorderStore {
    /// A SKU that may be sold without stock at a location.
    package struct Place: Hashable, Sendable {
        package var sku: Int64
        package var location: Int32
        package var limit: Int64
    }

    /// Where SKUs may be sold without stock: at locations that may ship, as far as the SKU and the location are known.
    ///
    /// - Parameter skus: only these; `nil`: all.
    package static func places(
        _ skus: Set<Int64>? = nil,
        network: NetworkSnapshot,
        in tx: borrowing Transaction
    ) throws -> [Place] {
        let preorders = network.settings.preorders
        guard !preorders.isEmpty else { return [] }
        let keys = try SKUStore.existing(preorders.map(\.sku), in: tx)
        return preorders.compactMap { preorder in
            guard let sku = keys[ExactID(preorder.sku)], skus?.contains(sku) ?? true,
                let entry = network.location(preorder.location), entry.location.active
            else { return nil }
            return Place(sku: sku, location: entry.key, limit: preorder.limit)
        }
    }

    /// Units that may still be sold without stock.
    ///
    /// A decision stands only under the locks of the SKUs' stock rows, the rows of `places` among them; without, it is a figure to show.
    package static func book(_ places: [Place], in tx: borrowing Transaction) throws -> PreorderBook {
        guard !places.isEmpty else { return PreorderBook() }
        var limits: [Int64: Int64] = [:]
        for place in places { limits[place.sku, default: 0] += place.limit }
        let rows = try tx.query(
            "SELECT sku, sum(quantity)::bigint FROM waiting_line WHERE sku = ANY($1) AND preorder GROUP BY sku",
            [.int8Array(limits.keys.sorted())]
        )
        var promised: [Int64: Int64] = [:]
        for row in rows { promised[try row.int8(0)] = try row.int8(1) }
        return PreorderBook(limits: limits, promised: promised)
    }

    /// Units per SKU that a storefront may still sell without stock, beside what is available; SKUs without a limit are left out.
    package static func left(of skus: Set<Int64>, network: NetworkSnapshot, in tx: borrowing Transaction) throws -> [Int64: Int64] {
        let places = try places(skus, network: network, in: tx)
        let book = try book(places, in: tx)
        var left: [Int64: Int64] = [:]
        for place in places { left[place.sku] = book.left(of: place.sku) }
        return left
    }
}
