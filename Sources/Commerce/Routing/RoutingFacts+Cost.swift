extension RoutingFacts {
    /// What an order's parcels cost together, in minor units, as `RoutingCriterion.cost` reckons it.
    package func cost(of parcels: [Parcel], for request: RoutingRequest) -> Int64 {
        let grams = Dictionary(request.lines.map { ($0.line, $0.unitGrams) }, uniquingKeysWith: { first, _ in first })
        let destination = request.sourcing.destination.flatMap(UnitVector.init)
        return parcels.reduce(0) { $0 + cost(of: $1, grams: grams, destination: destination) }
    }

    private func cost(of parcel: Parcel, grams: [Int32: Int64], destination: UnitVector?) -> Int64 {
        guard let place = locations.place(of: parcel.location).map({ Int($0) }) else { return 0 }
        let terms = places[place].terms
        var cost = min(max(0, places[place].parcelCost), StrategySolver.productBound)
        if let perKilogram = terms.costPerKilogram, perKilogram > 0 {
            let weight = parcel.lines.reduce(Int64(0)) { sum, line in
                min(StrategySolver.productBound, sum + StrategySolver.bounded(line.quantity, max(0, grams[line.line] ?? 0)))
            }
            cost += StrategySolver.bounded(StrategySolver.startedKilograms(weight), perKilogram)
        }
        if let perHundred = terms.costPer100Kilometers, perHundred > 0, let meters = knownMeters(from: place, to: destination) {
            cost += StrategySolver.bounded((meters + 99_999) / 100_000, perHundred)
        }
        return cost
    }
}
