/// The locations that may ship, with all that rules look at, prepared once per batch.
package struct RoutingFacts: Sendable {
    package let locations: SourcingLocations
    /// By place in `locations`.
    let places: [LocationFacts]
    /// Whether some location ships for certain customers only.
    let hasCustomers: Bool
    let delivery: DeliveryCalendar
    private let origins: [DeliveryOrigin]
    private let now: Timestamp
    /// By place, when a parcel requested now leaves, if there is room for it.
    let dispatches: [DayWindow]

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
        self.now = now
    }

    /// The capacity that the facts tell of, where no `CapacityBook` does: what is left of each location's first day, and from when on there
    /// is room again.
    var capacity: CapacityBook {
        var book = CapacityBook()
        for (place, fact) in places.enumerated() {
            guard let left = fact.capacityLeft else { continue }
            let first = delivery.firstDay(of: origins[place], at: now, offsetSeconds: fact.utcOffsetSeconds)
            let next = fact.nextDayWithCapacity ?? CivilDate(dayNumber: first.dayNumber + 1)
            book.add(fact.location, firstDay: first, left: left, roomAgain: next)
        }
        return book
    }

    /// When a parcel requested now leaves that is planned for a day.
    func dispatch(from place: Int, notBefore day: CivilDate?) -> DayWindow {
        delivery.dispatch(
            from: origins[place],
            at: now,
            offsetSeconds: places[place].utcOffsetSeconds,
            notBefore: day?.dayNumber
        )
    }

    /// When a parcel arrives that leaves so; `nil` where no transit table says.
    func arrival(_ dispatch: DayWindow, from place: Int, to country: String, meters: Int64?) -> DayWindow? {
        delivery.transitDays(from: origins[place], to: country, meters: meters).map {
            delivery.arrival(dispatch, days: $0, in: country)
        }
    }

    /// `nil` where the location or the order has no coordinates.
    func knownMeters(from place: Int, to destination: UnitVector?) -> Int64? {
        guard let destination, let point = locations.points[place] else { return nil }
        return point.meters(to: destination)
    }
}

extension DeliveryEstimate {
    init(_ window: DayWindow) {
        self.init(earliest: CivilDate(dayNumber: window.earliest), latest: CivilDate(dayNumber: window.latest))
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
