extension RoutingSight {
    /// What each order of a batch found, worked out afterwards, so that deciding costs nothing more: from what was there before the first, and
    /// what each one took.
    ///
    /// - Parameters:
    ///   - decisions: one for each request, in their order.
    ///   - stock: as it was before the first decision.
    ///   - capacity: as it was before the first decision.
    package static func each(
        of requests: [SourcingRequest],
        decisions: [SourcingDecision],
        stock: StockSnapshot,
        capacity: CapacityBook
    ) -> [RoutingSight] {
        var (stock, capacity) = (stock, capacity)
        return zip(requests, decisions).map { request, decision in
            let sight = RoutingSight(request, stock: stock, capacity: capacity)
            stock.give(decision, to: request)
            if !capacity.isEmpty { for parcel in decision.parcels { _ = capacity.reserve(parcel.location) } }
            return sight
        }
    }

    private init(_ request: SourcingRequest, stock: StockSnapshot, capacity: CapacityBook) {
        let needs = request.lines.filter { $0.quantity > 0 }
        let skus = Self.ascending(needs.map(\.sku))
        let rows = skus.map { stock.row(of: $0) }
        var locations: [Int64] = []
        for row in rows { for index in row where stock.cells[index].available > 0 { locations.append(stock.cells[index].location) } }
        locations = Self.ascending(locations)
        var units = [Int64](repeating: 0, count: locations.count * skus.count)
        for (sku, row) in rows.enumerated() {
            // Cells of a SKU and places are both in the order of their locations.
            var place = 0
            for index in row where stock.cells[index].available > 0 {
                while locations[place] < stock.cells[index].location { place += 1 }
                units[place * skus.count + sku] = stock.cells[index].available
            }
        }
        self.init(
            needs: needs,
            skus: skus,
            kept: skus.map { stock.keeps.units(of: $0, exceptFor: request.holders) },
            places: locations.map { location in
                Place(
                    location: location,
                    isExcluded: request.excludedLocations.contains(location),
                    hasNoRoom: request.fullLocations.contains(location) || capacity.full.contains(location),
                    capacityLeft: capacity.leftOnFirstDay(location),
                    overflowDay: capacity.overflowDay(location)
                )
            },
            units: units,
            shelf: request.shelf
        )
    }

    /// Sorted, each once.
    private static func ascending(_ keys: [Int64]) -> [Int64] {
        guard keys.count > 1 else { return keys }
        return keys.sorted().reduce(into: []) { kept, key in if kept.last != key { kept.append(key) } }
    }
}

extension StockSnapshot {
    /// Takes what a decision's parcels hold, and uses what was kept for its order.
    fileprivate mutating func give(_ decision: SourcingDecision, to request: SourcingRequest) {
        for parcel in decision.parcels { for line in parcel.lines { _ = take(line.quantity, sku: line.sku, location: parcel.location) } }
        guard !keeps.isEmpty, !request.holders.isEmpty else { return }
        var taken: [Int64: Int64] = [:]
        for parcel in decision.parcels { for line in parcel.lines { taken[line.sku, default: 0] += line.quantity } }
        let units = taken.sorted { $0.key < $1.key }.map { (sku: $0.key, units: $0.value) }
        keeps.use(units, by: request.holders, skus: request.lines.map(\.sku))
    }
}
