/// What routing rules look at of one location, as it is while a batch is decided. Its id, priority and coordinates are in `SourcingLocation`.
package struct LocationFacts: Hashable, Sendable {
    package var location: Int64
    package var kind: Location.Kind
    /// Id of its supplier.
    package var supplier: String?
    /// ISO 3166-1 alpha-2.
    package var country: String
    /// Lower is preferred by the objective `supplierPriority`.
    package var supplierPriority: Int64
    /// How reliable its supplier is: 0 to `LocationFacts.fullReliability`.
    package var reliability: Int64
    /// Parcels it can still take on its first day, where no `CapacityBook` says; `nil`: no limit. See `CapacityBook`.
    package var capacityLeft: Int64?
    /// Parcels it can take a day; `nil`: no limit.
    package var capacityTotal: Int64?
    /// Its next local day with capacity once that is used up; `nil`: the day after.
    package var nextDayWithCapacity: CivilDate?
    /// Whether its stock feed is not late.
    package var isFresh: Bool
    /// Minor units per parcel.
    package var parcelCost: Int64
    package var leadTimeHours: Int64?
    /// How far its clocks are ahead of UTC, in seconds.
    package var utcOffsetSeconds: Int64
    package var terms: LocationTerms

    package init(
        location: Int64,
        kind: Location.Kind = .warehouse,
        supplier: String? = nil,
        country: String = "",
        supplierPriority: Int64 = 100,
        reliability: Int64 = LocationFacts.fullReliability,
        capacityLeft: Int64? = nil,
        capacityTotal: Int64? = nil,
        nextDayWithCapacity: CivilDate? = nil,
        isFresh: Bool = true,
        parcelCost: Int64 = 0,
        leadTimeHours: Int64? = nil,
        utcOffsetSeconds: Int64 = 0,
        terms: LocationTerms = LocationTerms()
    ) {
        self.location = location
        self.kind = kind
        self.supplier = supplier
        self.country = country
        self.supplierPriority = supplierPriority
        self.reliability = reliability
        self.capacityLeft = capacityLeft
        self.capacityTotal = capacityTotal
        self.nextDayWithCapacity = nextDayWithCapacity
        self.isFresh = isFresh
        self.parcelCost = parcelCost
        self.leadTimeHours = leadTimeHours
        self.utcOffsetSeconds = utcOffsetSeconds
        self.terms = terms
    }

    /// 1 in fixed point.
    package static let fullReliability: Int64 = 1_000_000
}
