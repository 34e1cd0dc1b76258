extension RoutingSight {
    /// Why the default rule decided as it did: what it compares of the answer and, where one location ships everything, of the next best
    /// location that had everything. Of several parcels no other answer is looked for: none is in fewer.
    ///
    /// - Parameters:
    ///   - decision: what it decided about the order that found this.
    ///   - closed: locations that ship for other customers only.
    package func record(
        of decision: SourcingDecision,
        to destination: Coordinates?,
        closed: Set<Int64> = [],
        locations: SourcingLocations
    ) -> RoutingRecord {
        let point = destination.flatMap(UnitVector.init)
        return RoutingRecord(
            candidates: decision.search.candidates,
            fenced: fenced(closed, locations: locations),
            criteria: [.parcels, .locationPriority, .distance],
            winner: locations.score(of: decision.parcels.map(\.location), to: point),
            runnerUp: runnerUp(to: decision, point, closed: closed, locations: locations),
            nodes: decision.search.nodes,
            wasCut: decision.search.wasCut
        )
    }

    /// Those that had something and might not ship, in the order of their ids.
    private func fenced(_ closed: Set<Int64>, locations: SourcingLocations) -> [FencedLocation] {
        guard !closed.isEmpty || places.contains(where: { !$0.mayShip }) else { return [] }
        return places.compactMap { place in
            let obstacle: RoutingObstacle? =
                place.isExcluded ? .excluded : closed.contains(place.location) ? .customers : place.hasNoRoom ? .noRoom : nil
            return obstacle.map { FencedLocation(location: place.location, obstacle: $0) }
        }
        .sorted { locations.place(of: $0.location) ?? -1 < locations.place(of: $1.location) ?? -1 }
    }

    private func runnerUp(
        to decision: SourcingDecision,
        _ point: UnitVector?,
        closed: Set<Int64>,
        locations: SourcingLocations
    ) -> RoutingScore? {
        guard decision.parcels.count == 1, decision.waiting.isEmpty, shelf == nil, let winner = decision.parcels.first else { return nil }
        let wanted = self.wanted
        var best: (rank: Rank, place: Int32, location: Int64)?
        for (index, place) in places.enumerated() where place.mayShip && place.location != winner.location {
            guard !closed.contains(place.location), let known = locations.place(of: place.location),
                wanted.indices.allSatisfy({ units[index * skus.count + $0] >= wanted[$0] })
            else { continue }
            let rank = Rank(locations.all[Int(known)].priority, locations.meters(from: Int(known), to: point))
            if best.map({ (rank, known) < ($0.rank, $0.place) }) ?? true { best = (rank, known, place.location) }
        }
        return best.map { RoutingScore(locations: [$0.location], values: [1, $0.rank.priority, $0.rank.meters]) }
    }
}

extension SourcingLocations {
    /// What the default rule compares: parcels, location priority, distance. `nil` where nothing ships.
    func score(of shipping: [Int64], to point: UnitVector?) -> RoutingScore? {
        guard !shipping.isEmpty else { return nil }
        var rank = Rank.zero
        for location in shipping {
            guard let place = place(of: location).map({ Int($0) }) else { continue }
            rank = rank + Rank(all[place].priority, meters(from: place, to: point))
        }
        return RoutingScore(locations: shipping, values: [Int64(shipping.count), rank.priority, rank.meters])
    }
}
