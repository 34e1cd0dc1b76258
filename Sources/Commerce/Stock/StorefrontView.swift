/// What storefronts may show of one SKU: what can be sold over all locations, and what each channel can sell of it.
///
/// The one place where free units, baskets' leases and what is kept for channels come together; sourcing decides by the same rule.
package struct StorefrontView: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        /// The channel's key.
        package var channel: Int64
        package var available: Int64

        package init(channel: Int64, available: Int64) {
            self.channel = channel
            self.available = available
        }
    }

    /// What somebody could still buy, whichever the channel.
    package var total: Int64
    /// In the order of the channels that were asked for.
    package var channels: [Part]

    /// - Parameters:
    ///   - free: units of each location that nobody has reserved, and that are neither blocked nor safety stock; below 0 counts as none.
    ///   - leased: units that baskets hold softly, over all locations; of leases that have not run out.
    ///   - kept: units that only a channel may sell, by its key. A channel can sell what is free less what is kept for the others.
    ///   - channels: keys of the channels, in the order they shall be told.
    package init(free: some Sequence<Int64>, leased: Int64 = 0, kept: [Int64: Int64] = [:], channels: [Int64]) {
        let shelf = free.reduce(0) { sum, units in Self.sum(sum, units) }
        let total = max(0, shelf - min(max(0, leased), Self.bound))
        let allKept = kept.values.reduce(0) { sum, units in Self.sum(sum, units) }
        self.total = total
        self.channels = channels.map { channel in
            let own = min(max(0, kept[channel] ?? 0), Self.bound)
            return Part(channel: channel, available: max(0, total - max(0, allKept - own)))
        }
    }

    private static func sum(_ left: Int64, _ right: Int64) -> Int64 { min(bound, left + min(max(0, right), bound)) }

    /// Far above any stock, far below where 64 bits end.
    private static let bound: Int64 = 1_000_000_000_000_000
}
