package import Commerce

/// Makes `order.placed` bodies for the benchmark as fast as memory goes: what never changes is copied, what does is written as digits,
/// since the processor time of the generator counts against the system that is measured.
///
/// Orders have 1 to 4 lines (evenly) of 1 to 3 units, prices with tax, and one authorized payment: 600 to 950 bytes, 800 on average.
package struct BenchOrders: Sendable {
    package enum Kind: Hashable, Sendable {
        /// Products drawn evenly from so many of `BenchNetwork`.
        case mixed(products: Int = BenchNetwork.products)
        /// One unit of one of these SKUs, in turns; they must need no escaping in JSON.
        case flashSale(skus: [String])
    }

    /// The number of the next order.
    package private(set) var number: Int

    private let kind: Kind
    private let template: BenchTemplate
    private var random: SplitMix64

    /// - Parameters:
    ///   - prefix: of the order ids, so that several runs do not meet; letters, digits and `-` only.
    ///   - first: the first order's number.
    package init(seed: UInt64, prefix: String, kind: Kind = .mixed(), placedAt: Timestamp, first: Int = 1) {
        self.kind = kind
        number = first
        template = BenchTemplate(prefix: prefix, placedAt: placedAt, flashSKUs: Self.flashSKUs(kind))
        random = SplitMix64(seed: seed)
    }

    /// The id of an order: the prefix and nine digits.
    package func orderID(_ number: Int) -> String { template.prefix + String(String(1_000_000_000 + number).dropFirst()) }

    /// The next order's body. Its id is `orderID(number)`, with the number as it was before.
    package mutating func next() -> [UInt8] {
        defer { number += 1 }
        let draw = random.next()
        guard case .mixed(let products) = kind else { return template.flashOrder(number, draw) }
        return template.mixedOrder(number, draw, products: products, &random)
    }

    private static func flashSKUs(_ kind: Kind) -> [String] {
        if case .flashSale(let skus) = kind { skus } else { [] }
    }
}
