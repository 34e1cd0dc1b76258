/// Who ships what of one order. Every unit asked for is in a parcel or among the waiting.
package struct SourcingDecision: Hashable, Sendable {
    package var order: Int64
    /// One per location, the best ranked location first.
    package var parcels: [Parcel]
    /// What could not be had, in the order of the request's lines.
    package var waiting: [SourcingNeed]
    /// How the answer was found: to be kept with it.
    package var search: SourcingSearch

    package init(order: Int64, parcels: [Parcel], waiting: [SourcingNeed], search: SourcingSearch) {
        self.order = order
        self.parcels = parcels
        self.waiting = waiting
        self.search = search
    }

    /// The answer for an order of which nothing is left to be shipped.
    package static func nothingWanted(of order: Int64) -> SourcingDecision {
        SourcingDecision(order: order, parcels: [], waiting: [], search: SourcingSearch(method: .none, candidates: 0, nodes: 0))
    }

    /// Whether some units are to be shipped now.
    package var takesStock: Bool { !parcels.isEmpty }
}

/// What one location ships of one order.
package struct Parcel: Hashable, Sendable {
    package var location: Int64
    /// Never empty; in the order of the request's lines, at most one per line.
    package var lines: [ParcelLine]
    /// The location's day whose capacity it takes; `nil` where the location takes any number.
    package var day: CivilDate?

    package init(location: Int64, lines: [ParcelLine], day: CivilDate? = nil) {
        self.location = location
        self.lines = lines
        self.day = day
    }
}

/// Units of one order line in one parcel, more than 0.
package struct ParcelLine: Hashable, Sendable {
    package var line: Int32
    package var sku: Int64
    package var quantity: Int64

    package init(line: Int32, sku: Int64, quantity: Int64) {
        self.line = line
        self.sku = sku
        self.quantity = quantity
    }
}

/// How a decision was found, for "why did it ship from there?".
package struct SourcingSearch: Hashable, Sendable {
    package enum Method: Int16, Sendable, CaseIterable {
        /// Nothing could be taken.
        case none = 0
        /// One location had everything.
        case single = 1
        /// The best set of locations, proven by exhausting all others.
        case exact = 2
        /// The budget ended before the proof: a good set, perhaps not the best.
        case budgetCut = 3
    }

    package var method: Method
    /// Locations that had something of what was asked for, and were not excluded.
    package var candidates: Int
    /// Sets of locations looked at.
    package var nodes: Int

    package init(method: Method, candidates: Int, nodes: Int) {
        self.method = method
        self.candidates = candidates
        self.nodes = nodes
    }

    /// Whether the work budget ended the search early.
    package var wasCut: Bool { method == .budgetCut }
}
