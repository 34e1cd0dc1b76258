/// Free units of a SKU that only one holder may take, over all locations: a basket's soft reservation, or what a channel alone may sell.
package struct StockKeep: Hashable, Sendable {
    package enum Holder: Hashable, Sendable {
        /// A soft reservation, by its key. Whoever holds it uses it up with the first decision, whatever that takes.
        case lease(Int64)
        /// A channel, by its key. What it takes is no longer kept for it.
        case channel(Int64)
    }

    package var sku: Int64
    package var holder: Holder
    package var units: Int64

    package init(sku: Int64, holder: Holder, units: Int64) {
        self.sku = sku
        self.holder = holder
        self.units = units
    }
}

/// All that is kept for somebody, while a batch is decided.
struct StockKeeps: Sendable {
    private var bySKU: [Int64: [StockKeep]] = [:]

    init(_ keeps: [StockKeep]) {
        for keep in keeps where keep.units > 0 { bySKU[keep.sku, default: []].append(keep) }
    }

    var isEmpty: Bool { bySKU.isEmpty }

    /// Units of the SKU kept for others than these holders; at most 10^15.
    func units(of sku: Int64, exceptFor holders: [StockKeep.Holder]) -> Int64 {
        guard let keeps = bySKU[sku] else { return 0 }
        return keeps.reduce(0) { sum, keep in
            holders.contains(keep.holder) ? sum : min(Self.bound, sum + min(keep.units, Self.bound))
        }
    }

    /// A decision was made for these holders: their leases are used up, and what they took beyond these of their channels' units is
    /// theirs. A lease stands for its channel's units, which are not kept a second time while it lasts.
    mutating func use(_ taken: [(sku: Int64, units: Int64)], by holders: [StockKeep.Holder], skus: [Int64]) {
        guard !bySKU.isEmpty else { return }
        var leased: [Int64: Int64] = [:]
        for sku in skus {
            bySKU[sku]?.removeAll { keep in
                guard case .lease = keep.holder, holders.contains(keep.holder) else { return false }
                leased[sku, default: 0] += min(keep.units, Self.bound)
                return true
            }
        }
        for (sku, units) in taken {
            guard let keeps = bySKU[sku] else { continue }
            var open = units - (leased[sku] ?? 0)
            for (index, keep) in keeps.enumerated() where open > 0 && holders.contains(keep.holder) {
                let used = min(open, keep.units)
                bySKU[sku]?[index].units -= used
                open -= used
            }
        }
    }

    private static let bound: Int64 = 1_000_000_000_000_000
}
