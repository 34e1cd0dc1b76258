/// Why an order was routed as it was: enough to tell it in sentences, small enough to be kept with every decision. Locations are named by key.
package struct RoutingRecord: Hashable, Sendable, Codable {
    /// The strategy that decided; `nil`: the default rule.
    package var strategy: String?
    /// Why that strategy could not ship everything; `nil` where it could.
    package var shortfall: RoutingPass?
    /// The strategy whose `otherwise` says what becomes of the rest; `nil` where everything is shipped.
    package var endedBy: String?
    /// The other strategies that were looked at, in their order.
    package var passedOver: [PassedOverStrategy]
    /// How many locations had something of the order and were within all fences.
    package var candidates: Int
    /// Locations that had something of it and might not ship, in the order of their ids.
    package var fenced: [FencedLocation]
    /// What the scores are scores of: those of the objective in its order, then those that decide between equals.
    package var criteria: [RoutingCriterion]
    package var winner: RoutingScore?
    /// The best other answer that was found. Under the default rule, the next best location that had everything, where one shipped it;
    /// of several parcels no other answer is looked for.
    package var runnerUp: RoutingScore?
    /// Sets of locations looked at.
    package var nodes: Int
    /// Whether the work budget ended the search, so that the winner is good but not proven best.
    package var wasCut: Bool

    package init(
        strategy: String? = nil,
        shortfall: RoutingPass? = nil,
        endedBy: String? = nil,
        passedOver: [PassedOverStrategy] = [],
        candidates: Int = 0,
        fenced: [FencedLocation] = [],
        criteria: [RoutingCriterion] = [],
        winner: RoutingScore? = nil,
        runnerUp: RoutingScore? = nil,
        nodes: Int = 0,
        wasCut: Bool = false
    ) {
        self.strategy = strategy
        self.shortfall = shortfall
        self.endedBy = endedBy
        self.passedOver = passedOver
        self.candidates = candidates
        self.fenced = fenced
        self.criteria = criteria
        self.winner = winner
        self.runnerUp = runnerUp
        self.nodes = nodes
        self.wasCut = wasCut
    }
}

/// A strategy that did not decide, and why.
package struct PassedOverStrategy: Hashable, Sendable, Codable {
    package var strategy: String
    package var reason: RoutingPass

    package init(strategy: String, reason: RoutingPass) {
        self.strategy = strategy
        self.reason = reason
    }
}

/// Why a strategy did not decide: the first part of its condition that did not hold, or what it could not do.
package enum RoutingPass: String, Hashable, Sendable, Codable, CaseIterable {
    case channel, country, region, postalCode, customer, customerAttribute, lineAttribute, orderValue, weekday
    /// There is not enough stock within its fences.
    case notEnough
    /// There is enough stock, but not without breaking its split limits.
    case splitLimits

    /// Whether the strategy was for the order, and was tried.
    package var wasTried: Bool { self == .notEnough || self == .splitLimits }
}

/// A location that had something of the order and might not ship.
package struct FencedLocation: Hashable, Sendable, Codable {
    package var location: Int64
    /// The first thing that kept it out.
    package var obstacle: RoutingObstacle

    package init(location: Int64, obstacle: RoutingObstacle) {
        self.location = location
        self.obstacle = obstacle
    }
}

/// What keeps a location out.
package enum RoutingObstacle: String, Hashable, Sendable, Codable, CaseIterable {
    /// It is excluded for this order, because it rejected it for instance.
    case excluded
    /// None of its days has room for another parcel.
    case noRoom
    /// Another location was asked for.
    case notAsked
    /// It ships for other customers only.
    case customers
    case kind, supplier, location, country, region, distance, stockShare, capacity, onTime, freshFeed, attribute
}

/// An answer and what it is worth.
package struct RoutingScore: Hashable, Sendable, Codable {
    /// Best ranked first.
    package var locations: [Int64]
    /// For each of the record's criteria: parcels, minor units, meters, days, priorities and units as they are;
    /// `supplierReliability` and `capacityBalance` in hundredths of a percentage point.
    package var values: [Int64]

    package init(locations: [Int64], values: [Int64]) {
        self.locations = locations
        self.values = values
    }
}
