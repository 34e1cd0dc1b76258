extension SourcingDecision {
    /// The same answer for an order that is collected at a store: what that store has itself stays on its shelf, and only the rest travels.
    ///
    /// How many units there are for the order is decided already; this only moves them, and can but lower the number of parcels.
    package func keeping(onShelf shelf: Int64, of request: SourcingRequest, stock: inout StockSnapshot) -> SourcingDecision {
        guard parcels.contains(where: { $0.location != shelf }), request.obstacle(at: shelf) == nil else { return self }
        var kept: [Int32: ParcelLine] = [:]
        var others: [Parcel] = []
        for parcel in parcels {
            var left = Parcel(location: parcel.location, lines: [])
            for line in parcel.lines {
                let units =
                    parcel.location == shelf ? line.quantity : stock.moved(line.quantity, sku: line.sku, from: shelf, to: parcel.location)
                if units > 0 {
                    kept[line.line, default: ParcelLine(line: line.line, sku: line.sku, quantity: 0)].quantity += units
                }
                if units < line.quantity {
                    left.lines.append(ParcelLine(line: line.line, sku: line.sku, quantity: line.quantity - units))
                }
            }
            if !left.lines.isEmpty { others.append(left) }
        }
        let own = request.lines.compactMap { kept[$0.line] }
        var result = self
        result.parcels = (own.isEmpty ? [] : [Parcel(location: shelf, lines: own)]) + others
        return result
    }
}

extension StockSnapshot {
    /// Takes units of one location, as many as it has of them, instead of another's, which were taken before.
    fileprivate mutating func moved(_ quantity: Int64, sku: Int64, from taken: Int64, to given: Int64) -> Int64 {
        let units = min(quantity, available(sku: sku, location: taken))
        guard units > 0, take(units, sku: sku, location: taken) else { return 0 }
        for index in row(of: sku) where cells[index].location == given { take(-units, at: index) }
        return units
    }
}
