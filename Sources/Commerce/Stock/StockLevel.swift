/// Stock of one SKU at one location.
///
/// On hand is the last count plus all movements (dispatches, adjustments, receipts) that happened at or after the moment of the count, in
/// whatever order both arrive.
package struct StockLevel: Hashable, Sendable {
    /// `count` plus the movements since; below 0 where more left than anybody counted.
    package private(set) var onHand: Int64
    /// Promised to orders.
    package var reserved: Int64
    /// Kept back by quality management.
    package var blocked: Int64
    /// As last counted.
    package private(set) var count: Int64
    /// When it was counted; movements before it are in the count already.
    package private(set) var countedAt: Timestamp

    package init(onHand: Int64, reserved: Int64 = 0, blocked: Int64 = 0, count: Int64, countedAt: Timestamp) {
        self.onHand = onHand
        self.reserved = reserved
        self.blocked = blocked
        self.count = count
        self.countedAt = countedAt
    }

    /// What can still be promised.
    package var available: Int64 { max(0, onHand.subtractingSaturated(reserved).subtractingSaturated(blocked)) }

    /// Units promised or blocked that are not there: told, never hidden.
    package var shortfall: Int64 { max(0, reserved.addingSaturated(blocked).subtractingSaturated(onHand)) }

    /// A newer count replaces the last one.
    /// - Parameter movementsSince: Σ of all known movements with `occurredAt` ≥ `observedAt`.
    /// - Returns: `false`, and nothing changes, where the sum leaves 64 bits.
    @discardableResult
    package mutating func applyCount(_ count: Int64, observedAt: Timestamp, movementsSince: Int64) -> Bool {
        guard let sum = Amount.sum(count, movementsSince) else { return false }
        self.count = count
        countedAt = observedAt
        onHand = sum
        return true
    }

    /// Goods came (positive) or went (negative). Moves what is on hand only where the last count cannot have seen it yet.
    /// - Returns: `false`, and nothing changes, where the sum leaves 64 bits.
    @discardableResult
    package mutating func applyMovement(_ delta: Int64, occurredAt: Timestamp) -> Bool {
        guard occurredAt >= countedAt else { return true }
        guard let sum = Amount.sum(onHand, delta) else { return false }
        onHand = sum
        return true
    }
}

extension Int64 {
    fileprivate func addingSaturated(_ other: Int64) -> Int64 {
        let (value, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : value
    }

    fileprivate func subtractingSaturated(_ other: Int64) -> Int64 {
        let (value, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : value
    }
}
