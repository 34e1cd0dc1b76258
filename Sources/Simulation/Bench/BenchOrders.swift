package import Commerce

/// Makes `order.placed` bodies for the benchmark as fast as memory goes: what never changes is copied, what does is written as digits,
/// since the processor time of the generator counts against the system that is measured.
///
/// Orders have 1 to 4 lines (evenly) of 1 to 3 units, prices with tax, and one authorized payment: 600 to 950 bytes, 800 on average.
package struct BenchOrders: Sendable {
    package enum Kind: Hashable, Sendable {
        /// Products drawn evenly from the 5,000 of `BenchNetwork`.
        case mixed
        /// One unit of this SKU, which must need no escaping in JSON.
        case flashSale(sku: String)
    }

    /// The number of the next order.
    package private(set) var number: Int

    private let kind: Kind
    private let template: BenchTemplate
    private var random: SplitMix64

    /// - Parameters:
    ///   - prefix: of the order ids, so that several runs do not meet; letters, digits and `-` only.
    ///   - first: the first order's number.
    package init(seed: UInt64, prefix: String, kind: Kind = .mixed, placedAt: Timestamp, first: Int = 1) {
        self.kind = kind
        number = first
        template = BenchTemplate(prefix: prefix, placedAt: placedAt, flashSKU: Self.flashSKU(kind))
        random = SplitMix64(seed: seed)
    }

    /// The id of an order: the prefix and nine digits.
    package func orderID(_ number: Int) -> String { template.prefix + String(String(1_000_000_000 + number).dropFirst()) }

    /// The next order's body. Its id is `orderID(number)`, with the number as it was before.
    package mutating func next() -> [UInt8] {
        defer { number += 1 }
        let draw = random.next()
        guard case .mixed = kind else { return template.flashOrder(number, draw) }
        return template.mixedOrder(number, draw, &random)
    }

    private static func flashSKU(_ kind: Kind) -> String {
        if case .flashSale(let sku) = kind { sku } else { "" }
    }
}
