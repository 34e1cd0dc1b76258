/// The locations that may ship, with all that rules look at, prepared once per batch.
package struct RoutingFacts: Sendable {
    package let locations: SourcingLocations
    /// By place in `locations`.
    let places: [LocationFacts]
    /// Whether some location ships for certain customers only.
    let hasCustomers: Bool
    let delivery: DeliveryCalendar
    private let origins: [DeliveryOrigin]
    /// By place: when a parcel requested now leaves, and when one that finds today's capacity used up.
    private let dispatches: [DayWindow]
    private let overflows: [DayWindow]

    /// A location without facts counts as a warehouse about which nothing special is known.
    ///
    /// - Parameter now: the moment of the decisions.
    package init(
        locations: SourcingLocations,
        facts: some Sequence<LocationFacts>,
        delivery: DeliveryCalendar = DeliveryCalendar(),
        now: Timestamp
    ) {
        var places = locations.all.map { LocationFacts(location: $0.key) }
        for fact in facts { if let place = locations.place(of: fact.location) { places[Int(place)] = fact.bounded } }
        self.locations = locations
        self.places = places
        self.delivery = delivery
        hasCustomers = places.contains { !$0.terms.customers.isEmpty }
        let origins = places.map { DeliveryOrigin(country: $0.country, leadTimeHours: $0.leadTimeHours, terms: $0.terms) }
        self.origins = origins
        dispatches = places.indices.map {
            delivery.dispatch(from: origins[$0], at: now, offsetSeconds: places[$0].utcOffsetSeconds)
        }
        overflows = places.indices.map { place in
            let offset = places[place].utcOffsetSeconds
            let next = places[place].nextDayWithCapacity?.dayNumber ?? CivilDate(now, offsetSeconds: offset).dayNumber + 1
            return delivery.dispatch(from: origins[place], at: now, offsetSeconds: offset, notBefore: next)
        }
    }

    /// When a parcel requested now from a location arrives; `nil` for an unknown location, and where no transit table says.
    ///
    /// - Parameter parcels: how many others the location takes before this one.
    package func estimate(
        from location: Int64,
        to country: String,
        destination: Coordinates?,
        after parcels: Int64 = 0
    ) -> DeliveryEstimate? {
        guard let place = locations.place(of: location) else { return nil }
        let isFull = places[Int(place)].capacityLeft.map { $0 <= parcels } ?? false
        return estimate(from: Int(place), to: country, destination: destination.flatMap(UnitVector.init), isFull: isFull)
    }

    func estimate(from place: Int, to country: String, destination: UnitVector?, isFull: Bool) -> DeliveryEstimate? {
        window(from: place, to: country, meters: knownMeters(from: place, to: destination), isFull: isFull).map {
            DeliveryEstimate(earliest: CivilDate(dayNumber: $0.earliest), latest: CivilDate(dayNumber: $0.latest))
        }
    }

    func window(from place: Int, to country: String, meters: Int64?, isFull: Bool) -> DayWindow? {
        delivery.transitDays(from: origins[place], to: country, meters: meters).map {
            delivery.arrival(isFull ? overflows[place] : dispatches[place], days: $0, in: country)
        }
    }

    /// `nil` where the location or the order has no coordinates.
    func knownMeters(from place: Int, to destination: UnitVector?) -> Int64? {
        guard let destination, let point = locations.points[place] else { return nil }
        return point.meters(to: destination)
    }
}

extension LocationFacts {
    /// With a capacity and an offset that can be reckoned with.
    fileprivate var bounded: LocationFacts {
        var bounded = self
        bounded.capacityLeft = capacityLeft.map { min(max($0, -StrategySolver.quantityBound), StrategySolver.quantityBound) }
        bounded.utcOffsetSeconds = min(max(utcOffsetSeconds, -86_400), 86_400)
        return bounded
    }
}
