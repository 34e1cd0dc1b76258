package import Commerce
package import Messages
package import RabbitMQ
internal import Store

/// Role `stock`: feeds, adjustments, blocks and locations come in; waiting orders are woken.
package struct StockFeedHandler: RoleHandler {
    package enum Item: Sendable {
        case feed(StockReported)
        case adjustment(StockAdjusted)
        case blocked(StockBlocked)
        case released(StockReleased)
        case location(LocationDefined)
        case expected(StockExpected)
    }

    /// SKUs that one availability message names at most.
    static let changesPerMessage = 1_000
    /// Rows of a feed in one transaction: sourcing never waits longer for its locks than such a slice takes.
    static let rowsPerSlice = 5_000

    package let queue = "oms.stock"
    /// A part of a feed may have 1 MiB: few are held at a time.
    package let limits = BatchLimits(messages: 32, bytes: 2 << 20, prefetch: 32)

    package init() {}

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> Item {
        let message = try InboundDecoder.decode(
            type: type,
            contentType: delivery.properties.contentType,
            body: delivery.body,
            receivedAt: receivedAt
        )
        switch message {
        case .stockReported(let message): return .feed(message)
        case .stockAdjusted(let message): return .adjustment(message)
        case .stockBlocked(let message): return .blocked(message)
        case .stockReleased(let message): return .released(message)
        case .locationDefined(let message): return .location(message)
        case .stockExpected(let message): return .expected(message)
        default: throw MessageRefusal(.unsupportedType, "Messages of type \(type.prefix(64)) are not handled yet.")
        }
    }

    package func process(_ items: [Item], lane: Lane) async throws -> [Outcome] {
        var outcomes: [Outcome?] = items.map { _ in nil }
        let adjustments = items.enumerated().compactMap { index, item -> (Int, StockAdjusted)? in
            if case .adjustment(let message) = item { (index, message) } else { nil }
        }
        if !adjustments.isEmpty {
            let results = try await AdjustmentBatch(messages: adjustments.map(\.1)).run(lane: lane)
            for ((index, _), outcome) in zip(adjustments, results) { outcomes[index] = outcome }
        }
        let blocks = items.enumerated().compactMap { index, item -> (Int, BlockBatch.Message)? in
            switch item {
            case .blocked(let message): (index, .blocked(message))
            case .released(let message): (index, .released(message))
            default: nil
            }
        }
        if !blocks.isEmpty {
            let results = try await BlockBatch(messages: blocks.map(\.1)).run(lane: lane)
            for ((index, _), outcome) in zip(blocks, results) { outcomes[index] = outcome }
        }
        let expectations = items.enumerated().compactMap { index, item -> (Int, StockExpected)? in
            if case .expected(let message) = item { (index, message) } else { nil }
        }
        if !expectations.isEmpty {
            let results = try await ExpectationBatch(messages: expectations.map(\.1)).run(lane: lane)
            for ((index, _), outcome) in zip(expectations, results) { outcomes[index] = outcome }
        }
        for (index, item) in items.enumerated() {
            switch item {
            case .feed(let message): outcomes[index] = try await FeedPart(message: message).run(lane: lane)
            case .location(let message): outcomes[index] = try await LocationDefinition(message: message).run(lane: lane)
            case .adjustment, .blocked, .released, .expected: break
            }
        }
        return outcomes.compactMap { $0 }
    }
}
