/// What one order found when it was decided, of all that changes with time. With the order itself, the network's terms and rules, it can
/// be decided again.
package struct RoutingSight: Hashable, Sendable {
    /// A location that had something of the order.
    package struct Place: Hashable, Sendable {
        package var location: Int64
        /// Whether it might not ship for this order, because it rejected it or was taken off it.
        package var isExcluded: Bool
        /// Whether none of its days had room for another parcel.
        package var hasNoRoom: Bool
        /// Parcels it could still take on its first day; `nil`: any number. See `CapacityBook`.
        package var capacityLeft: Int64?
        /// The day for which it takes what no longer fits into that day; `nil`: it takes any number, or has no room.
        package var overflowDay: CivilDate?
        /// Whether its stock feed was not late.
        package var isFresh: Bool
        /// See `LocationFacts.reliability`.
        package var reliability: Int64

        package init(
            location: Int64,
            isExcluded: Bool = false,
            hasNoRoom: Bool = false,
            capacityLeft: Int64? = nil,
            overflowDay: CivilDate? = nil,
            isFresh: Bool = true,
            reliability: Int64 = LocationFacts.fullReliability
        ) {
            self.location = location
            self.isExcluded = isExcluded
            self.hasNoRoom = hasNoRoom
            self.capacityLeft = capacityLeft
            self.overflowDay = overflowDay
            self.isFresh = isFresh
            self.reliability = reliability
        }

        /// Whether it might ship, whatever the rules say.
        package var mayShip: Bool { !isExcluded && !hasNoRoom }

        /// Whether it took no more parcels for that day.
        package var isFull: Bool { capacityLeft.map { $0 <= 0 } ?? false }
    }

    /// What was wanted, more than 0 of each.
    package var needs: [SourcingNeed]
    /// The SKUs of the needs, ascending.
    package var skus: [Int64]
    /// By place in `skus`, units that were kept for others, over all locations.
    package var kept: [Int64]
    /// Ascending by location.
    package var places: [Place]
    /// Place by place, the units it could sell of each SKU: `[place * skus.count + sku]`.
    package var units: [Int64]
    /// The store where the order is collected.
    package var shelf: Int64?
    /// What had become of the order's hold.
    package var hold: RoutingRequest.Hold

    package init(
        needs: [SourcingNeed],
        skus: [Int64],
        kept: [Int64],
        places: [Place],
        units: [Int64],
        shelf: Int64? = nil,
        hold: RoutingRequest.Hold = .none
    ) {
        self.needs = needs
        self.skus = skus
        self.kept = kept
        self.places = places
        self.units = units
        self.shelf = shelf
        self.hold = hold
    }

    /// By place in `skus`, the units that were wanted.
    package var wanted: [Int64] {
        skus.map { sku in needs.reduce(0) { $1.sku == sku ? $0 + $1.quantity : $0 } }
    }

    /// Units of the order that a place had, at most those wanted.
    ///
    /// - Parameter wanted: as the property gives it.
    package func had(_ place: Int, of wanted: [Int64]) -> Int64 {
        wanted.indices.reduce(0) { $0 + min(wanted[$1], units[place * skus.count + $1]) }
    }
}
