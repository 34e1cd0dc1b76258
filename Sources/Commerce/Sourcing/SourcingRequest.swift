/// An order, or what still waits of it, that wants stock. SKUs, orders and locations are named by the keys they are stored under.
package struct SourcingRequest: Hashable, Sendable {
    package var order: Int64
    /// `false`: everything or nothing. `true`: as many units as there are now, the rest waits.
    package var acceptPartial: Bool
    /// Where the goods go; `nil` makes all locations equally far.
    package var destination: Coordinates?
    package var lines: [SourcingNeed]
    /// Locations that may not ship for this order, because they rejected it for instance.
    package var excludedLocations: [Int64]
    /// Locations that ship for certain customers only, and not for this order's.
    package var closedLocations: [Int64]
    /// Locations that can take no parcel, on any day.
    package var fullLocations: [Int64]
    /// For whom units may be kept that this order may take: its channel, its basket's lease.
    package var holders: [StockKeep.Holder]
    /// The store where the order is collected: what it has itself need not travel.
    package var shelf: Int64?

    package init(
        order: Int64,
        acceptPartial: Bool,
        destination: Coordinates? = nil,
        lines: [SourcingNeed],
        excludedLocations: [Int64] = [],
        closedLocations: [Int64] = [],
        fullLocations: [Int64] = [],
        holders: [StockKeep.Holder] = [],
        shelf: Int64? = nil
    ) {
        self.order = order
        self.acceptPartial = acceptPartial
        self.destination = destination
        self.lines = lines
        self.excludedLocations = excludedLocations
        self.closedLocations = closedLocations
        self.fullLocations = fullLocations
        self.holders = holders
        self.shelf = shelf
    }

    /// What keeps a location out of this order, whatever it has; `nil` where nothing does.
    package func obstacle(at location: Int64) -> RoutingObstacle? {
        if !excludedLocations.isEmpty, excludedLocations.contains(location) { return .excluded }
        if !closedLocations.isEmpty, closedLocations.contains(location) { return .customers }
        return !fullLocations.isEmpty && fullLocations.contains(location) ? .noRoom : nil
    }
}

/// Units of one order line that want stock, or still wait for it.
package struct SourcingNeed: Hashable, Sendable {
    /// The line's place in its order.
    package var line: Int32
    package var sku: Int64
    /// A need of 0 or less is none; more than 10^12 counts as 10^12.
    package var quantity: Int64

    package init(line: Int32, sku: Int64, quantity: Int64) {
        self.line = line
        self.sku = sku
        self.quantity = quantity
    }
}
