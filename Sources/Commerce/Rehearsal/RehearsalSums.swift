/// What decisions of a rehearsal come to together, on one side of the comparison.
package struct RehearsalSums: Hashable, Sendable {
    package private(set) var parcels: Int64 = 0
    /// Minor units; of all currencies together.
    package private(set) var cost: Int64 = 0
    private var meters: Int64 = 0
    /// Working days to deliver, summed over the decisions of which they are known; and how many these are.
    package private(set) var days: Int64 = 0
    package private(set) var dated: Int64 = 0
    /// Decisions that hold something for an agent.
    package private(set) var held: Int64 = 0
    /// Decisions that leave something waiting for stock.
    package private(set) var backordered: Int64 = 0
    /// Lines of which something is cancelled.
    package private(set) var cancelledLines: Int64 = 0

    package init() {}

    /// From the shipping locations to the addresses, summed.
    package var kilometers: Int64 { (meters + 500) / 1_000 }

    /// Tenths of a working day that an order took to deliver, on average; `nil` where nothing is known.
    package var tenthsOfDays: Int64? { dated == 0 ? nil : (days * 10 + dated / 2) / dated }

    package mutating func add(_ rehearsed: RehearsedDecision) {
        let decision = rehearsed.decision
        parcels += Int64(decision.sourcing.parcels.count)
        let (sum, overflows) = cost.addingReportingOverflow(rehearsed.cost)
        cost = overflows ? .max : sum
        meters += rehearsed.meters
        if let days = rehearsed.days {
            self.days += days
            dated += 1
        }
        if decision.held != nil { held += 1 }
        if !decision.sourcing.waiting.isEmpty { backordered += 1 }
        cancelledLines += Int64(decision.cancelled?.lines.count ?? 0)
    }
}
