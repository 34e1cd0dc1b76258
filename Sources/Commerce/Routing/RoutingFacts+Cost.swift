extension RoutingFacts {
    /// What an order's parcels cost together, in minor units, as `RoutingCriterion.cost` reckons it.
    package func cost(of parcels: [Parcel], for request: RoutingRequest) -> Int64 {
        let grams = Dictionary(request.lines.map { ($0.line, $0.unitGrams) }, uniquingKeysWith: { first, _ in first })
        let destination = request.sourcing.destination.flatMap(UnitVector.init)
        return parcels.reduce(0) { cost, parcel in
            guard let place = locations.place(of: parcel.location).map({ Int($0) }) else { return cost }
            return cost
                + ParcelCost.of(
                    places[place].terms,
                    base: places[place].parcelCost,
                    grams: { ParcelCost.grams(of: parcel) { grams[$0] ?? 0 } },
                    meters: { knownMeters(from: place, to: destination) }
                )
        }
    }
}
