/// What must hold of a location so that it may ship an order.
package enum RoutingFence: Hashable, Sendable, Codable {
    /// Is of one of these kinds.
    case kinds([Location.Kind])
    /// Belongs to one of these suppliers, by id.
    case suppliers([String])
    /// Is one of these, by id.
    case locations([String])
    /// Lies in one of these countries, ISO 3166-1 alpha-2.
    case countries([String])
    /// Lies in one of these regions, see `LocationTerms.region`.
    case regions([String])
    /// Lies at most so many kilometers of the great circle from the destination. A location or an order without coordinates is outside.
    case withinKilometers(Int64)
    /// Has at least that share, in percent, of the order's units.
    case stockShare(percent: Int64)
    /// Has capacity left today.
    case capacityLeft
    /// Its parcel is there by the order's `promisedBy`; holds for every location where the order has none.
    case onTime
    /// Its stock feed is not late.
    case freshFeed
    /// For lines that have this attribute, the location has it with the same value; see `LocationTerms.attributes`. Other lines are free.
    case attribute(String)
}

extension Location.Kind: Codable {}

/// How far an order may be split over locations, when it ships.
package struct SplitLimits: Hashable, Sendable, Codable {
    /// An order whose goods are worth less, in minor units, ships from one location.
    package var neverBelow: Int64?
    /// Of the locations that ship an order, all but the one with the most valuable goods ship goods worth at least this, in minor units.
    package var furtherParcelWorth: Int64?
    /// At most so many parcels, those that `keepApart` demands included.
    package var maximumParcels: Int64?

    package init(neverBelow: Int64? = nil, furtherParcelWorth: Int64? = nil, maximumParcels: Int64? = nil) {
        self.neverBelow = neverBelow
        self.furtherParcelWorth = furtherParcelWorth
        self.maximumParcels = maximumParcels
    }

    /// Whether nothing is limited.
    package var isEmpty: Bool { self == SplitLimits() }
}
