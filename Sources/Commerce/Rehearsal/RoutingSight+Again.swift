extension RoutingSight {
    /// Decides the order again, by these strategies, on the stock as it was.
    ///
    /// - Parameters:
    ///   - request: the order, with `sourcing` as `sourcing(of:…)` gives it.
    ///   - facts: of the places, with what `put(into:)` has put there.
    ///   - calendar: says in which days delivery is counted; `nil`: that of the facts.
    package func decide(
        _ request: RoutingRequest,
        facts: RoutingFacts,
        strategies: [RoutingStrategy],
        calendar: DeliveryCalendar? = nil
    ) -> RehearsedDecision {
        var stock = self.stock
        var decision = RoutedDecision(sourcing: .nothingWanted(of: request.sourcing.order), deliveries: [], record: RoutingRecord())
        for routed in Routing.decide([request], stock: &stock, facts: facts, strategies: strategies) { decision = routed }
        return RehearsedDecision(decision, for: request, facts: facts, calendar: calendar ?? facts.delivery)
    }

    /// What the order wants of the stock as it was.
    package func sourcing(of order: Int64, acceptPartial: Bool, destination: Coordinates?) -> SourcingRequest {
        SourcingRequest(
            order: order,
            acceptPartial: acceptPartial,
            destination: destination,
            lines: needs,
            excludedLocations: places.filter(\.isExcluded).map(\.location),
            fullLocations: places.filter(\.hasNoRoom).map(\.location),
            shelf: shelf
        )
    }

    /// Puts what was found at a place in the stead of what is there now.
    package static func put(_ place: Place, into facts: inout LocationFacts) {
        facts.capacityLeft = place.capacityLeft
        facts.nextDayWithCapacity = place.overflowDay
        facts.isFresh = place.isFresh
        facts.reliability = place.reliability
    }

    private var stock: StockSnapshot {
        var cells: [StockCell] = []
        cells.reserveCapacity(units.count)
        for (index, sku) in skus.enumerated() {
            for (place, found) in places.enumerated() where units[place * skus.count + index] > 0 {
                cells.append(StockCell(sku: sku, location: found.location, available: units[place * skus.count + index]))
            }
        }
        // For whom it was kept does not matter: it was for others.
        return StockSnapshot(cells, keeps: zip(skus, kept).map { StockKeep(sku: $0, holder: .lease(0), units: $1) })
    }
}
