package import Commerce
internal import Messages

/// What channels, warehouses and suppliers say during a chaos run: orders, cancellations, counts and adjustments of stock; some of it
/// twice, some of it late, none of it in a dependable order. Pure and seeded.
package struct ChaosScript: Sendable {
    package static let channel = BenchNetwork.channel
    /// Of the bench's products, those that nobody has until the last feed comes: their orders wait.
    package static let scarce = 1...200
    private static let plenty: Int64 = 1_000_000

    /// Orders placed so far; their ids are ``orderID(_:)`` of 1 to this.
    package private(set) var placed = 0
    /// Numbers of the orders for which a cancellation was sent.
    package private(set) var cancelled: Set<Int> = []

    private var random: SplitMix64
    private var orders: BenchOrders
    private var sequence: Int64 = 10
    private var adjustments = 0
    private var ticks = 0
    /// Messages that come later than they should, or once more, by the tick in which they do.
    private var later: [Int: [ScriptMessage]] = [:]

    package init(seed: UInt64, placedAt: Timestamp) {
        random = SplitMix64(seed: SplitMix64.mix(seed))
        orders = BenchOrders(seed: random.next(), prefix: "chaos-", placedAt: placedAt)
    }

    package func orderID(_ number: Int) -> String { orders.orderID(number) }

    /// Stock before the first order: plenty of everything that is not scarce, everywhere.
    package static func openingStock(at time: Timestamp) -> [ScriptMessage] {
        counts(sequence: 1, at: time) { scarce.contains($0) ? 0 : plenty }
    }

    /// Stock after the last order: plenty of everything, so that no order has to wait any longer.
    package static func closingStock(at time: Timestamp) -> [ScriptMessage] {
        counts(sequence: 1_000_000, at: time) { _ in plenty }
    }

    private static func counts(sequence: Int64, at time: Timestamp, _ onHand: (Int) -> Int64) -> [ScriptMessage] {
        let items = (1...BenchNetwork.products).map { StockReported.Item(sku: BenchNetwork.sku($0), onHand: onHand($0)) }
        return BenchNetwork.locations.map { location in
            ScriptMessage(StockReported(location: location, sequence: sequence, observedAt: time, mode: .full, items: items), at: time)
        }
    }

    /// What is said in the next tenth of a second.
    ///
    /// - Parameter count: new orders.
    package mutating func tick(orders count: Int, at time: Timestamp) -> [ScriptMessage] {
        ticks += 1
        var said: [ScriptMessage] = later.removeValue(forKey: ticks) ?? []
        for message in fresh(orders: count, at: time) {
            // As a sender that saw no confirm, and as two connections that overtake each other.
            if random.chance(0.05) { later[ticks + 1 + random.below(30), default: []].append(message) }
            if random.chance(0.03) { later[ticks + 1 + random.below(20), default: []].append(message) } else { said.append(message) }
        }
        return said.shuffled(using: &random)
    }

    /// What is still to be said when no further tick comes.
    package mutating func rest() -> [ScriptMessage] {
        defer { later.removeAll() }
        return later.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    private mutating func fresh(orders count: Int, at time: Timestamp) -> [ScriptMessage] {
        var messages: [ScriptMessage] = []
        for _ in 0..<count {
            messages.append(ScriptMessage(time: time, type: InboundType.orderPlaced.rawValue, body: orders.next()))
            placed += 1
            if random.chance(0.06), let cancellation = cancellation(at: time) { messages.append(cancellation) }
        }
        if ticks % 5 == 0 { messages.append(adjustment(at: time)) }
        if ticks % 20 == 0 { messages.append(stockCount(at: time)) }
        return messages
    }

    /// Of one of the last hundred orders, whole, so that some are on their way, some shipped, and some not even known.
    private mutating func cancellation(at time: Timestamp) -> ScriptMessage? {
        let number = placed - random.below(min(placed, 100))
        guard cancelled.insert(number).inserted else { return nil }
        let body = OrderCancelled(
            channel: Self.channel,
            orderID: orderID(number),
            cancellationID: "C1",
            reason: "changed my mind",
            occurredAt: time
        )
        return ScriptMessage(body, at: time)
    }

    private mutating func adjustment(at time: Timestamp) -> ScriptMessage {
        adjustments += 1
        let body = StockAdjusted(
            location: random.pick(BenchNetwork.locations),
            adjustmentID: "A\(adjustments)",
            sku: anyProduct(),
            delta: Int64(1 + random.below(5)),
            reason: "found",
            occurredAt: time
        )
        return ScriptMessage(body, at: time)
    }

    private mutating func stockCount(at time: Timestamp) -> ScriptMessage {
        sequence += 1
        let items = Set((0..<50).map { _ in anyProduct() }).sorted().map { StockReported.Item(sku: $0, onHand: Self.plenty) }
        let body = StockReported(
            location: random.pick(BenchNetwork.locations),
            sequence: sequence,
            observedAt: time,
            mode: .partial,
            items: items
        )
        return ScriptMessage(body, at: time)
    }

    /// One that is not scarce.
    private mutating func anyProduct() -> String {
        let first = Self.scarce.upperBound + 1
        return BenchNetwork.sku(first + random.below(BenchNetwork.products - first + 1))
    }
}
