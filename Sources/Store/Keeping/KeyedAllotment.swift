package import Commerce

/// An allotment with the keys rows refer to.
package struct KeyedAllotment: Hashable, Sendable {
    /// Where it stands in the network's list.
    package var place: Int32
    package var channel: Int32
    /// `nil`: every SKU.
    package var sku: Int64?
    package var size: Allotment.Size
    package var until: Timestamp?

    package init(place: Int32, channel: Int32, sku: Int64?, size: Allotment.Size, until: Timestamp?) {
        self.place = place
        self.channel = channel
        self.sku = sku
        self.size = size
        self.until = until
    }
}

/// The network's allotments. Of those that match a channel and a SKU, the one that names the SKU counts.
package struct KeyedAllotments: Sendable {
    package let all: [KeyedAllotment]
    private let general: [KeyedAllotment]
    private let bySKU: [Int64: [KeyedAllotment]]

    package init(_ allotments: [KeyedAllotment] = []) {
        all = allotments
        general = allotments.filter { $0.sku == nil }
        bySKU = Dictionary(grouping: allotments.filter { $0.sku != nil }, by: { $0.sku ?? 0 })
    }

    package var isEmpty: Bool { all.isEmpty }

    /// Every allotment that is about a SKU, whether it counts or a more specific one does.
    package func about(_ sku: Int64) -> [KeyedAllotment] { (bySKU[sku] ?? []) + general }

    /// Those that count for a SKU at a moment, at most one per channel.
    package func counting(for sku: Int64, at now: Timestamp) -> [KeyedAllotment] {
        var channels: Set<Int32> = []
        // The specific ones stand first; one whose time is over leaves nothing to a general one.
        return about(sku).filter { channels.insert($0.channel).inserted }.filter { $0.until.map { now < $0 } ?? true }
    }
}
