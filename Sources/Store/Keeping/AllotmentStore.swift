package import Commerce
package import Postgres

/// Allotments and what was taken of them. Counts stand for SKUs that an allotment is about, and for nothing else.
///
/// They change under the locks of the SKU's stock, rows in ascending order of SKU, place and channel.
package enum AllotmentStore {
    /// Units that a channel took of a SKU.
    package struct Taking: Sendable {
        package var share: KeptStock.Share
        package var units: Int64

        package init(share: KeptStock.Share, units: Int64) {
            self.share = share
            self.units = units
        }
    }

    /// Units of a fulfillment that will not be shipped after all.
    package struct GivingBack: Sendable {
        package var fulfillment: Int64
        package var share: KeptStock.Share
        package var units: Int64

        package init(fulfillment: Int64, share: KeptStock.Share, units: Int64) {
            self.fulfillment = fulfillment
            self.share = share
            self.units = units
        }
    }

    /// What is each channel's alone, its leases included; only channels that have something.
    static func quotas(
        of skus: [Int64],
        available: [Int64: Int64],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws -> [KeptStock.Share: Int64] {
        guard !network.allotments.isEmpty else { return [:] }
        let counting = skus.flatMap { sku in network.allotments.counting(for: sku, at: now).map { (sku: sku, allotment: $0) } }
        guard !counting.isEmpty else { return [:] }
        struct Use: Hashable {
            var sku: Int64
            var place: Int32
        }
        var sold: [Use: [Int32: Int64]] = [:]
        let rows = try tx.query(
            "SELECT sku, place, channel, units FROM allotment_use WHERE sku = ANY($1)",
            [.int8Array(Array(Set(counting.map(\.sku))))]
        )
        for row in rows { sold[Use(sku: try row.int8(0), place: try row.int4(1)), default: [:]][try row.int4(2)] = try row.int8(3) }
        var quotas: [KeptStock.Share: Int64] = [:]
        for (sku, allotment) in counting {
            let sold = sold[Use(sku: sku, place: allotment.place)] ?? [:]
            let quota = allotment.size.quota(
                free: available[sku] ?? 0,
                sold: sold[allotment.channel] ?? 0,
                soldByAll: sold.values.reduce(0, +)
            )
            if quota > 0 { quotas[KeptStock.Share(sku: sku, channel: allotment.channel)] = quota }
        }
        return quotas
    }

    /// Counts what was reserved just now.
    ///
    /// - Parameter takings: of different shares.
    package static func count(_ takings: [Taking], network: NetworkSnapshot, in tx: borrowing Transaction) throws {
        guard !network.allotments.isEmpty else { return }
        let entries = takings.flatMap { taking in
            network.allotments.about(taking.share.sku).map { (share: taking.share, place: $0.place, units: taking.units) }
        }.sorted { ($0.share.sku, $0.place, $0.share.channel) < ($1.share.sku, $1.place, $1.share.channel) }
        guard !entries.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO allotment_use (sku, place, channel, units)
            SELECT sku, place, channel, units
            FROM unnest($1::bigint[], $2::int[], $3::int[], $4::bigint[]) WITH ORDINALITY AS t (sku, place, channel, units, n)
            ORDER BY n
            ON CONFLICT (sku, place, channel) DO UPDATE SET units = allotment_use.units + excluded.units
            """,
            [
                .int8Array(entries.map(\.share.sku)), .int4Array(entries.map(\.place)), .int4Array(entries.map(\.share.channel)),
                .int8Array(entries.map(\.units)),
            ]
        )
    }

    /// Takes back what was counted of units that were cancelled or rejected.
    package static func giveBack(_ units: [GivingBack], in tx: borrowing Transaction) throws {
        guard !units.isEmpty else { return }
        // Locked in order first; of parcels that an allotment has never counted there is nothing to give back.
        let rows = try tx.query(
            """
            SELECT u.sku FROM allotment_use u
            JOIN (SELECT DISTINCT sku, channel FROM unnest($1::bigint[], $2::int[]) AS t (sku, channel)) t
                ON t.sku = u.sku AND t.channel = u.channel
            ORDER BY u.sku, u.place, u.channel FOR UPDATE OF u
            """,
            [.int8Array(units.map(\.share.sku)), .int4Array(units.map(\.share.channel))]
        )
        guard !rows.isEmpty else { return }
        try tx.send(
            """
            UPDATE allotment_use u SET units = u.units - b.units
            FROM (
                SELECT t.sku, s.place, t.channel, sum(t.units)::bigint AS units
                FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[]) AS t (fulfillment, sku, channel, units)
                JOIN allotment_start s ON t.fulfillment > s.after AND (s.sku IS NULL OR s.sku = t.sku)
                GROUP BY t.sku, s.place, t.channel
            ) b
            WHERE u.sku = b.sku AND u.place = b.place AND u.channel = b.channel
            """,
            [
                .int8Array(units.map(\.fulfillment)), .int8Array(units.map(\.share.sku)), .int4Array(units.map(\.share.channel)),
                .int8Array(units.map(\.units)),
            ]
        )
    }

    /// Marks allotments whose time is over; gives the SKUs of those that were not marked yet and somebody waits for.
    package static func end(in network: NetworkSnapshot, now: Timestamp, in tx: borrowing Transaction) throws -> [Int64] {
        let over = network.allotments.all.filter { $0.until.map { $0 <= now } ?? false }
        guard !over.isEmpty else { return [] }
        let rows = try tx.query(
            "UPDATE allotment_start SET ended = true WHERE place = ANY($1) AND NOT ended RETURNING place",
            [.int4Array(over.map(\.place))]
        )
        let places = Set(try rows.map { try $0.int4(0) })
        guard !places.isEmpty else { return [] }
        return try awaited(over.filter { places.contains($0.place) }.map(\.sku), in: tx)
    }

    /// SKUs that somebody waits for among those that allotments name; `nil` stands for every SKU.
    static func awaited(_ skus: [Int64?], in tx: borrowing Transaction) throws -> [Int64] {
        if skus.contains(nil) {
            return try tx.query("SELECT DISTINCT sku FROM waiting_line ORDER BY sku", []).map { try $0.int8(0) }
        }
        return try WaitingLines.awaited(among: Array(Set(skus.compactMap { $0 })).sorted(), in: tx)
    }
}
