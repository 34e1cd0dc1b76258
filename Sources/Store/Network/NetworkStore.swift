package import Commerce
package import Postgres
package import TradeNetwork

/// The network's tables: sellers, channels, suppliers, locations, and the version workers compare their copy with.
package enum NetworkStore {
    /// The version that stands; every change makes a new one.
    package static var version: Query<Int64> {
        Query("SELECT max(version) FROM network_version") { try $0.only().int8(0) }
    }

    package static func load(in tx: borrowing Transaction) throws -> NetworkSnapshot {
        let version = try tx.ask(version)
        let sellers = try tx.query("SELECT definition FROM seller", []).map { try Seller(json: try $0.text(0)) }
        let suppliers = try tx.query("SELECT definition FROM supplier", []).map { try Supplier(json: try $0.text(0)) }
        let sellersByID = Dictionary(sellers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let channels = try tx.query("SELECT key, definition FROM channel", []).map { row in
            let channel = try Channel(json: try row.text(1))
            guard let seller = sellersByID[channel.seller] else { throw StoreError.inconsistent("a channel without its seller") }
            return NetworkSnapshot.KeyedChannel(key: try row.int4(0), channel: channel, seller: seller)
        }
        let locations = try tx.query("SELECT key, definition, terms FROM location", []).map { row in
            NetworkSnapshot.KeyedLocation(
                key: try row.int4(0),
                location: try Location(json: try row.text(1)),
                terms: try LocationTerms(json: try row.text(2))
            )
        }
        let settings = try settings(in: tx)
        return NetworkSnapshot(
            version: version,
            sellers: sellers,
            suppliers: suppliers,
            channels: channels,
            locations: locations,
            settings: settings,
            freshness: try FreshnessStore.late(in: tx),
            allotments: try AllotmentStore.keyed(
                settings.allotments,
                channels: Dictionary(channels.map { ($0.channel.id, $0.key) }, uniquingKeysWith: { first, _ in first }),
                in: tx
            )
        )
    }

    /// What the network files said last in each of their lists.
    private static func settings(in tx: borrowing Transaction) throws -> NetworkSettings {
        let rows = try tx.query("SELECT name, definition FROM network_section", [])
        return try NetworkSettings(sections: try rows.map { (name: try $0.text(0), json: try $0.text(1)) })
    }

    /// Writes a network file: upsert by id, what it does not name stays. Gives the new version.
    ///
    /// - Parameters:
    ///   - terms: of the locations the file names, by id; a location it names without terms gets none.
    ///   - sections: the lists the file names, which replace those that stand.
    ///   - content: the file as it was given.
    package static func apply(
        _ network: Commerce.Network,
        terms: [String: LocationTerms] = [:],
        sections: [NetworkSettings.Section] = [],
        content: String,
        in tx: borrowing Transaction
    ) throws -> Int64 {
        // One at a time: the version is taken under this lock.
        try tx.send("LOCK TABLE network_version IN EXCLUSIVE MODE", [])
        try upsertSellers(network.sellers, in: tx)
        for supplier in network.suppliers {
            try tx.send(
                "INSERT INTO supplier (id, definition) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET definition = excluded.definition",
                [.text(supplier.id), .text(supplier.json)]
            )
        }
        for channel in network.channels {
            try tx.send(
                """
                INSERT INTO channel (id, seller, definition) VALUES ($1, $2, $3)
                ON CONFLICT (id) DO UPDATE SET seller = excluded.seller, definition = excluded.definition
                """,
                [.text(channel.id), .text(channel.seller), .text(channel.json)]
            )
        }
        for location in network.locations { try upsert(location, updatedAt: nil, in: tx) }
        try write(network.locations.map { ($0.id, terms[$0.id] ?? LocationTerms()) }, in: tx)
        let version = try bumpVersion(content: content, in: tx)
        try AllotmentStore.begin(sections, in: tx)
        try write(sections, version: version, in: tx)
        return version
    }

    private static func write(_ terms: [(location: String, terms: LocationTerms)], in tx: borrowing Transaction) throws {
        guard !terms.isEmpty else { return }
        try tx.send(
            "UPDATE location l SET terms = t.terms FROM unnest($1::text[], $2::text[]) AS t (id, terms) WHERE l.id = t.id",
            [.textArray(terms.map(\.location)), .textArray(terms.map(\.terms.json))]
        )
    }

    private static func write(_ sections: [NetworkSettings.Section], version: Int64, in tx: borrowing Transaction) throws {
        guard !sections.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO network_section (name, definition, version)
            SELECT name, definition, $3 FROM unnest($1::text[], $2::text[]) AS t (name, definition)
            ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, version = excluded.version
            """,
            [.textArray(sections.map(\.name)), .textArray(sections.map(\.json)), .int8(version)]
        )
    }

    /// A location as it stands, under the lock of those who change the network; `nil` where there is none of this id.
    package static func lock(location id: String, in tx: borrowing Transaction) throws -> NetworkSnapshot.KeyedLocation? {
        try tx.send("LOCK TABLE network_version IN EXCLUSIVE MODE", [])
        guard let row = try tx.query("SELECT key, definition FROM location WHERE id = $1", [.text(id)]).first else { return nil }
        return NetworkSnapshot.KeyedLocation(key: try row.int4(0), location: try Location(json: try row.text(1)))
    }

    /// What `location.defined` does: the newest `updatedAt` wins. Gives whether it changed anything.
    package static func define(_ location: Location, updatedAt: Timestamp, in tx: borrowing Transaction) throws -> Bool {
        try tx.send("LOCK TABLE network_version IN EXCLUSIVE MODE", [])
        let standing = try tx.query("SELECT updated_at FROM location WHERE id = $1", [.text(location.id)])
        if let row = standing.first, let known = try row.optionalTimestamp(0), known >= updatedAt.rawValue { return false }
        try upsert(location, updatedAt: updatedAt, in: tx)
        _ = try bumpVersion(content: nil, in: tx)
        return true
    }

    private static func upsertSellers(_ sellers: [Seller], in tx: borrowing Transaction) throws {
        for seller in sellers {
            try tx.send(
                """
                INSERT INTO seller (id, invoice_prefix, definition) VALUES ($1, $2, $3)
                ON CONFLICT (id) DO UPDATE SET invoice_prefix = excluded.invoice_prefix, definition = excluded.definition
                """,
                [.text(seller.id), .text(seller.invoicePrefix), .text(seller.json)]
            )
            try tx.send(
                "INSERT INTO invoice_series (prefix, last) VALUES ($1, 0) ON CONFLICT (prefix) DO NOTHING",
                [.text(seller.invoicePrefix)]
            )
        }
    }

    private static func upsert(_ location: Location, updatedAt: Timestamp?, in tx: borrowing Transaction) throws {
        try tx.send(
            """
            INSERT INTO location (id, definition, updated_at) VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET definition = excluded.definition,
                                           updated_at = coalesce(excluded.updated_at, location.updated_at)
            """,
            [.text(location.id), .text(location.json), updatedAt.map { .timestamp($0.rawValue) } ?? .null]
        )
    }

    /// Makes a new version, so that every worker reads the network again with its next transaction.
    package static func renew(in tx: borrowing Transaction) throws {
        try tx.send("LOCK TABLE network_version IN EXCLUSIVE MODE", [])
        _ = try bumpVersion(content: nil, in: tx)
    }

    private static func bumpVersion(content: String?, in tx: borrowing Transaction) throws -> Int64 {
        let rows = try tx.query(
            "INSERT INTO network_version (version, content) SELECT max(version) + 1, $1 FROM network_version RETURNING version",
            [content.map { .text($0) } ?? .null]
        )
        return try rows[0].int8(0)
    }
}
