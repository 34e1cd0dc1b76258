package import Commerce
package import Postgres

/// What is kept for somebody of some SKUs: baskets' leases that count by the database's clock, and channels' allotments.
///
/// Read under the locks of the SKUs' stock, it stands until these are let go, but for leases that are freed meanwhile.
package struct KeptStock: Sendable {
    /// A SKU as one channel sees it.
    package struct Share: Hashable, Sendable {
        package var sku: Int64
        package var channel: Int32

        package init(sku: Int64, channel: Int32) {
            self.sku = sku
            self.channel = channel
        }
    }

    /// Nothing is kept.
    package init() {}

    /// The leases pinned to the orders that were asked about, by order.
    package private(set) var leases: [Int64: Int64] = [:]
    /// What the leases that were asked about hold, those pinned to the orders included, by lease.
    package private(set) var lines: [Int64: [LeaseBook.Line]] = [:]
    /// What all leases hold.
    package private(set) var leased: [Share: Int64] = [:]
    /// What is a channel's alone, its leases included.
    package private(set) var quotas: [Share: Int64] = [:]
    /// What is kept for the channels beyond their leases.
    package private(set) var allotted: [Share: Int64] = [:]
    /// Per SKU what leases hold and what is allotted, whoever may take it.
    package private(set) var totals: [Int64: Int64] = [:]

    /// - Parameters:
    ///   - leases: keys of leases whose part is to be told from the others'.
    ///   - orders: orders whose leases are.
    ///   - available: units free at all locations that may ship, by SKU.
    package static func load(
        skus: [Int64],
        leases: [Int64] = [],
        orders: [Int64] = [],
        available: [Int64: Int64],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws -> KeptStock {
        var kept = try tx.ask(leased(skus: skus, leases: leases, orders: orders))
        try kept.allot(skus, available: available, network: network, now: now, in: tx)
        return kept
    }

    /// What baskets hold, without the channels' allotments; parameters as of ``load(skus:leases:orders:available:network:now:in:)``.
    package static func leased(skus: [Int64], leases: [Int64] = [], orders: [Int64] = []) -> Query<KeptStock> {
        Query(
            """
            SELECT NULL::bigint AS sku, key, order_key, channel, 0::bigint AS units FROM lease WHERE order_key = ANY($3)
            UNION ALL
            SELECT l.sku, t.key, NULL::bigint, e.channel, sum(l.units)::bigint
            FROM lease_line l
            JOIN lease e ON e.key = l.lease
            CROSS JOIN LATERAL (SELECT CASE WHEN e.key = ANY($2) OR e.order_key = ANY($3) THEN e.key END AS key) t
            WHERE l.sku = ANY($1) AND (e.order_key IS NOT NULL OR e.expires_at > clock_timestamp())
            GROUP BY l.sku, t.key, e.channel
            """,
            [.int8Array(skus), .int8Array(leases), .int8Array(orders)]
        ) { rows in
            var kept = KeptStock()
            for row in rows {
                guard let sku = try row.optionalInt8(0) else {
                    kept.leases[try row.int8(2)] = try row.int8(1)
                    continue
                }
                let units = try row.int8(4)
                kept.leased[Share(sku: sku, channel: try row.int4(3)), default: 0] += units
                if let key = try row.optionalInt8(1) { kept.lines[key, default: []].append(LeaseBook.Line(sku: sku, units: units)) }
            }
            kept.addUp()
            return kept
        }
    }

    /// Adds what the channels' allotments keep of the SKUs.
    package mutating func allot(
        _ skus: [Int64],
        available: @autoclosure () -> [Int64: Int64],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws {
        guard !network.allotments.isEmpty else { return }
        quotas = try AllotmentStore.quotas(of: skus, available: available(), network: network, now: now, in: tx)
        addUp()
    }

    /// Cuts the leases of the orders that were asked about down to what these need: the rest is no use to anybody, and free already.
    ///
    /// - Parameter needs: lines of these orders, and perhaps of others.
    package mutating func cut(to needs: [WaitingLines.Need], channels: [Int64: Int32]) {
        guard !leases.isEmpty else { return }
        var wanted: [Int64: [Int64: Int64]] = [:]
        for need in needs { if let lease = leases[need.order] { wanted[lease, default: [:]][need.sku, default: 0] += need.quantity } }
        for (order, lease) in leases {
            guard let channel = channels[order], let held = lines[lease] else { continue }
            lines[lease] = held.compactMap { line in
                let units = min(line.units, wanted[lease]?[line.sku] ?? 0)
                leased[Share(sku: line.sku, channel: channel), default: 0] -= line.units - units
                return units > 0 ? LeaseBook.Line(sku: line.sku, units: units) : nil
            }
        }
        addUp()
    }

    private mutating func addUp() {
        allotted = [:]
        for (share, quota) in quotas where quota > leased[share] ?? 0 { allotted[share] = quota - (leased[share] ?? 0) }
        totals = [:]
        for (share, units) in leased { totals[share.sku, default: 0] += units }
        for (share, units) in allotted { totals[share.sku, default: 0] += units }
    }

    package var isEmpty: Bool { leased.isEmpty && quotas.isEmpty }

    /// For deciding: each named lease by itself, all others together under a key that no lease has.
    package var keeps: [StockKeep] {
        guard !isEmpty else { return [] }
        var others: [Int64: Int64] = [:]
        for (share, units) in leased { others[share.sku, default: 0] += units }
        var keeps: [StockKeep] = []
        for (lease, held) in lines {
            for line in held {
                keeps.append(StockKeep(sku: line.sku, holder: .lease(lease), units: line.units))
                others[line.sku, default: 0] -= line.units
            }
        }
        keeps += others.map { StockKeep(sku: $0.key, holder: .lease(0), units: $0.value) }
        return keeps + allotted.map { StockKeep(sku: $0.key.sku, holder: .channel(Int64($0.key.channel)), units: $0.value) }
    }

    /// Units of a SKU that a channel can sell of `available`: without what baskets hold, and what is kept for other channels.
    package func sellable(_ sku: Int64, to channel: Int32, of available: Int64) -> Int64 {
        let own = allotted[Share(sku: sku, channel: channel)] ?? 0
        return max(0, max(0, available) - (totals[sku] ?? 0) + own)
    }
}

extension [StockRows.Level] {
    /// Units that can be sold of them, all locations together, by SKU; a SKU that lies nowhere has none.
    ///
    /// - Parameter names: of the SKUs; may be empty where no rule of safety stock names one.
    package func sellable(in network: NetworkSnapshot, names: [Int64: String]) -> [Int64: Int64] {
        var sellable: [Int64: Int64] = [:]
        for level in self { sellable[level.sku, default: 0] += network.sellable(level, sku: names[level.sku]) }
        return sellable
    }
}
