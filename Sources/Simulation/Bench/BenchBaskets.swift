internal import Messages

/// `reservation.requested` for baskets of one or two of the mixed orders' products.
package struct BenchBaskets: Sendable {
    private let prefix: String
    private var random: SplitMix64
    private var number = 0

    /// - Parameter prefix: of the basket ids, so that several runs do not meet.
    package init(seed: UInt64, prefix: String) {
        random = SplitMix64(seed: seed)
        self.prefix = prefix
    }

    /// The next basket's body.
    package mutating func next() -> [UInt8] {
        number += 1
        let first = random.below(BenchNetwork.products)
        // Another SKU: a basket names each once.
        let second = (first + 1 + random.below(BenchNetwork.products - 1)) % BenchNetwork.products
        let skus = random.chance(0.5) ? [first] : [first, second]
        let lines = skus.map { ReservationRequested.Line(sku: BenchNetwork.sku(1 + $0), quantity: Int64(1 + random.below(3))) }
        return ReservationRequested(channel: BenchNetwork.channel, basketID: "\(prefix)\(number)", lines: lines).json()
    }
}
