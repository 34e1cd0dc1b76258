/// What may still be promised to baskets, while a batch of leases is granted in order: each sees what the ones before were given.
///
/// Of a SKU a channel may be promised what is free, without what baskets hold and what is kept for other channels. A basket's units
/// count as its channel's: what a channel's baskets hold is not kept for the channel a second time.
package struct LeaseBook: Sendable {
    /// One SKU, over all locations.
    package struct Shelf: Hashable, Sendable {
        /// Units neither reserved nor wanted by orders that wait for them; below 0 counts as 0.
        package var free: Int64
        /// Units that the channels' baskets hold, by the channel's key.
        package var leased: [Int32: Int64]
        /// Units that are each channel's alone, those its baskets hold included.
        package var quotas: [Int32: Int64]

        package init(free: Int64, leased: [Int32: Int64] = [:], quotas: [Int32: Int64] = [:]) {
            self.free = free
            self.leased = leased
            self.quotas = quotas
        }

        /// Units that a channel may still be promised.
        package func promisable(to channel: Int32) -> Int64 {
            let held = leased.values.reduce(0, +)
            let kept = quotas.reduce(0) { sum, quota in
                quota.key == channel ? sum : sum + max(0, quota.value - (leased[quota.key] ?? 0))
            }
            return max(0, max(0, free) - held - kept)
        }
    }

    /// Units of a SKU, more than 0.
    package struct Line: Hashable, Sendable {
        package var sku: Int64
        package var units: Int64

        package init(sku: Int64, units: Int64) {
            self.sku = sku
            self.units = units
        }
    }

    /// What a basket asks for and there is not enough of.
    package struct Shortage: Hashable, Sendable {
        /// The first such line's place.
        package var line: Int
        /// What could be had of it.
        package var promisable: Int64

        package init(line: Int, promisable: Int64) {
            self.line = line
            self.promisable = promisable
        }
    }

    package private(set) var shelves: [Int64: Shelf]

    /// - Parameter shelves: by SKU; of one that is not there nothing is free.
    package init(_ shelves: [Int64: Shelf]) { self.shelves = shelves }

    /// Gives a basket all its lines in place of those it holds, or nothing: then it keeps what it has.
    ///
    /// - Parameters:
    ///   - lines: of different SKUs.
    ///   - held: what counts in `leased` for this basket now.
    package mutating func grant(_ lines: [Line], to channel: Int32, inPlaceOf held: [Line]) -> Shortage? {
        let before = shelves
        release(held, of: channel)
        for (place, line) in lines.enumerated() {
            let promisable = shelves[line.sku]?.promisable(to: channel) ?? 0
            guard line.units <= promisable else {
                shelves = before
                return Shortage(line: place, promisable: promisable)
            }
        }
        for line in lines { shelves[line.sku]?.leased[channel, default: 0] += line.units }
        return nil
    }

    /// A basket gives up what it holds.
    package mutating func release(_ held: [Line], of channel: Int32) {
        for line in held { shelves[line.sku]?.leased[channel, default: 0] -= line.units }
    }
}
