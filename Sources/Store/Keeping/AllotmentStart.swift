internal import Commerce
internal import Messages
internal import Postgres
internal import TradeNetwork

/// What happens when a network file changes the allotments: their counts begin.
extension AllotmentStore {
    /// Starts the allotments that a network file brings. A list that stands already goes on as it was, counts and all.
    ///
    /// What an allotment counts is exact, without any clock: no stock can be reserved while this transaction holds the table, and the
    /// fulfillments made after it have larger keys. Where `since` says an earlier day, what was reserved or shipped since is counted once.
    ///
    /// - Parameter sections: of the file; nothing happens where it has no allotments.
    static func begin(_ sections: [NetworkSettings.Section], in tx: borrowing Transaction) throws {
        guard let section = sections.first(where: { $0.name == Self.sectionName }) else { return }
        let standing = try tx.query("SELECT definition FROM network_section WHERE name = $1", [.text(Self.sectionName)])
        guard try standing.first?.text(0) != section.json else { return }
        let allotments = try NetworkSettings(sections: [(section.name, section.json)]).allotments
        let skus = try keys(of: allotments, in: tx)
        // It may read all fulfillments there are, once.
        try tx.liftTimeLimits()
        try tx.send("LOCK TABLE stock IN EXCLUSIVE MODE", [])
        let before = try tx.query("SELECT DISTINCT sku FROM allotment_start", []).map { try $0.optionalInt8(0) }
        try tx.send("DELETE FROM allotment_use", [])
        try tx.send("DELETE FROM allotment_start", [])
        let keys = allotments.map { allotment in allotment.sku.flatMap { skus[ExactID($0)] } }
        try tx.send(
            """
            INSERT INTO allotment_start (place, sku, after)
            SELECT t.place, t.sku, coalesce((SELECT max(f.key) FROM fulfillment f WHERE f.created_at < t.since),
                                            CASE WHEN t.since IS NULL THEN m.key ELSE 0 END)
            FROM unnest($1::int[], $2::bigint[], $3::timestamptz[]) AS t (place, sku, since)
            CROSS JOIN (SELECT nextval('fulfillment_key') AS key) m
            """,
            [
                .int4Array(allotments.indices.map { Int32($0) }), .optionalInt8Array(keys),
                .optionalTimestampArray(allotments.map { $0.since?.rawValue }),
            ]
        )
        try tx.send(
            """
            INSERT INTO allotment_use (sku, place, channel, units)
            SELECT l.sku, s.place, o.channel, sum(l.quantity - l.cancelled)::bigint
            FROM allotment_start s
            JOIN fulfillment f ON f.key > s.after
            JOIN fulfillment_line l ON l.fulfillment_key = f.key AND (s.sku IS NULL OR l.sku = s.sku)
            JOIN orders o ON o.key = f.order_key
            GROUP BY l.sku, s.place, o.channel
            """,
            []
        )
        try wake(try awaited(before + keys, in: tx), in: tx)
    }

    /// The network's allotments with their keys; those of channels that are not there are left out.
    static func keyed(_ allotments: [Allotment], channels: [String: Int32], in tx: borrowing Transaction) throws -> KeyedAllotments {
        guard !allotments.isEmpty else { return KeyedAllotments() }
        let skus = try keys(of: allotments, in: tx, making: false)
        return KeyedAllotments(
            allotments.enumerated().compactMap { place, allotment in
                guard let channel = channels[allotment.channel] else { return nil }
                let sku = allotment.sku.map { skus[ExactID($0)] }
                if case .some(.none) = sku { return nil }
                return KeyedAllotment(
                    place: Int32(place),
                    channel: channel,
                    sku: sku ?? nil,
                    size: allotment.size,
                    until: allotment.until
                )
            }
        )
    }

    private static let sectionName = "allotments"

    private static func keys(of allotments: [Allotment], in tx: borrowing Transaction, making: Bool = true) throws -> [ExactID: Int64] {
        let names = Array(Set(allotments.compactMap { $0.sku.map { ExactID($0) } })).map(\.text)
        guard making else { return try SKUStore.existing(names, in: tx) }
        let keys = try SKUStore.keys(of: names, in: tx)
        return Dictionary(zip(names.map { ExactID($0) }, keys), uniquingKeysWith: { first, _ in first })
    }

    /// Waiting orders may find more than before. The relay sends this: no worker's lane commits a network file.
    private static func wake(_ skus: [Int64], in tx: borrowing Transaction) throws {
        guard !skus.isEmpty else { return }
        let pieces = stride(from: 0, to: skus.count, by: 200).map { Array(skus[$0..<min($0 + 200, skus.count)]) }
        let messages = pieces.map { piece in
            let work = WorkMessage.wake(skus: piece, after: 0)
            return OutboxMessage(
                exchange: WorkMessage.exchange,
                routingKey: work.routingKey,
                mandatory: true,
                type: work.routingKey,
                messageID: "",
                body: work.json()
            )
        }
        try OutboxStore.insert(messages, in: tx)
    }
}
