/// How a location did with one parcel; judged once, when nothing of it is open any more.
package struct ParcelVerdict: Hashable, Sendable {
    /// It shipped nothing: it refused, or never answered.
    package var isRefused: Bool
    /// It shipped less than it was asked for, because it refused some units.
    package var isShort: Bool
    package var isAnsweredLate: Bool
    package var isDispatchedLate: Bool

    package init(isRefused: Bool = false, isShort: Bool = false, isAnsweredLate: Bool = false, isDispatchedLate: Bool = false) {
        self.isRefused = isRefused
        self.isShort = isShort
        self.isAnsweredLate = isAnsweredLate
        self.isDispatchedLate = isDispatchedLate
    }

    /// - Parameters:
    ///   - refusals: the reasons it gave, and ours for it.
    ///   - shippedUnits: units that left and were wanted.
    ///   - answeredAt: when it first accepted or shipped; `nil` where it only refused, or kept silent.
    ///   - answerWithinMinutes: `nil`: as long as it likes.
    ///   - dispatchedAt: when its last shipment left.
    ///   - leadTimeHours: `nil`: nothing was agreed.
    /// - Returns: `nil` where the parcel tells nothing of the location: it was cancelled, or taken away, before it did anything.
    package init?(
        refusals: Set<ParcelRefusal>,
        shippedUnits: Int64,
        requestedAt: Timestamp,
        answeredAt: Timestamp?,
        answerWithinMinutes: Int64?,
        dispatchedAt: Timestamp?,
        leadTimeHours: Int64?
    ) {
        let isAtFault = refusals.contains(where: \.isFault)
        guard isAtFault || shippedUnits > 0 else { return nil }
        isRefused = isAtFault && shippedUnits == 0
        isShort = isAtFault && shippedUnits > 0
        let answerDue = answerWithinMinutes.map { requestedAt.adding(seconds: $0.multipliedSaturated(by: 60)) }
        let isOverdue = if let answerDue, let answeredAt { answeredAt > answerDue } else { false }
        isAnsweredLate = refusals.contains(.noAnswer) || isOverdue
        let dispatchDue = leadTimeHours.map { requestedAt.adding(seconds: $0.multipliedSaturated(by: 3_600)) }
        isDispatchedLate = if let dispatchDue, let dispatchedAt { dispatchedAt > dispatchDue } else { false }
    }
}

extension Int64 {
    /// Bounded by ten thousand years, so that a time can be added to it.
    fileprivate func multipliedSaturated(by factor: Int64) -> Int64 {
        let (value, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? 315_360_000_000 : Swift.min(Swift.max(value, 0), 315_360_000_000)
    }
}

/// Verdicts of one location, added up.
package struct VerdictTally: Hashable, Sendable {
    package private(set) var parcels: Int64 = 0
    package private(set) var refused: Int64 = 0
    package private(set) var short: Int64 = 0
    package private(set) var answeredLate: Int64 = 0
    package private(set) var dispatchedLate: Int64 = 0

    package init() {}

    /// Tallies as they were stored.
    package init(parcels: Int64, refused: Int64, short: Int64, answeredLate: Int64, dispatchedLate: Int64) {
        self.parcels = parcels
        self.refused = refused
        self.short = short
        self.answeredLate = answeredLate
        self.dispatchedLate = dispatchedLate
    }

    package mutating func add(_ verdict: ParcelVerdict) {
        parcels += 1
        refused += verdict.isRefused ? 1 : 0
        short += verdict.isShort ? 1 : 0
        answeredLate += verdict.isAnsweredLate ? 1 : 0
        dispatchedLate += verdict.isDispatchedLate ? 1 : 0
    }

    package mutating func add(_ other: VerdictTally) {
        parcels += other.parcels
        refused += other.refused
        short += other.short
        answeredLate += other.answeredLate
        dispatchedLate += other.dispatchedLate
    }
}
