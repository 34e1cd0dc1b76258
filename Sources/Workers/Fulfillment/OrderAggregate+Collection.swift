internal import Commerce
internal import Store

/// What of an order lies at a store, or comes there, to be collected.
extension OrderAggregate {
    /// The places of the store's open parcels, oldest first.
    func atStore(_ location: Int32) -> [Int] {
        fulfillments.indices.filter { index in
            let parcel = fulfillments[index]
            return parcel.transferTo == nil && parcel.location == location && parcel.lines.contains { $0.open > 0 }
        }
    }

    /// Whether a location has not shipped yet what it is to bring to the store.
    var hasUnsentTransfer: Bool {
        fulfillments.contains { parcel in parcel.transferTo != nil && parcel.lines.contains { $0.open > 0 } }
    }

    /// Units that are at the store once everything under way has arrived, by line.
    func present(at location: Int32) -> [Int: Int64] {
        var units: [Int: Int64] = [:]
        for index in atStore(location) {
            for line in fulfillments[index].lines where line.open > 0 { units[Int(line.line), default: 0] += line.open }
        }
        for parcel in fulfillments where parcel.transferTo == location {
            for line in parcel.lines where line.inTransit > 0 { units[Int(line.line), default: 0] += line.inTransit }
        }
        return units
    }
}
