internal import Commerce
internal import Messages
internal import Store

/// What routing rules look at, as far as the network and the orders themselves say it: the same for orders that are decided now, and
/// for past ones that are decided again.
extension NetworkSnapshot {
    /// A location by its terms. Capacity, freshness and reliability change with time, and are to be put in.
    func facts(of entry: KeyedLocation, utcOffsetSeconds: Int64) -> LocationFacts {
        LocationFacts(
            location: Int64(entry.key),
            kind: entry.location.kind,
            supplier: entry.location.supplier,
            country: entry.location.country,
            supplierPriority: entry.location.supplier.flatMap { suppliers[$0]?.priority } ?? 100,
            capacityTotal: entry.location.dailyCapacity,
            parcelCost: entry.location.parcelCost ?? 0,
            leadTimeHours: entry.location.leadTimeHours,
            utcOffsetSeconds: utcOffsetSeconds,
            terms: entry.terms
        )
    }

    /// Whether a location's feed is not late.
    func isFresh(_ location: Int32) -> Bool { freshness[location].map { $0 == .fresh } ?? true }

    /// What parcels cost by their locations' terms, in minor units.
    func cost(of parcels: [Parcel], document: PlacedOrder, to destination: Coordinates?) -> Int64 {
        parcels.reduce(0) { cost, parcel in
            guard let entry = location(key: Int32(truncatingIfNeeded: parcel.location)) else { return cost }
            return cost
                + ParcelCost.of(
                    entry.terms,
                    base: entry.location.parcelCost ?? 0,
                    grams: { ParcelCost.grams(of: parcel) { document.lines[Int($0)].weightGrams ?? 0 } },
                    meters: { entry.location.coordinates.flatMap { from in destination.flatMap { from.meters(to: $0) } } }
                )
        }
    }
}

extension LocationFacts {
    /// - Parameter score: thousandths; `nil` where nothing is known yet.
    static func reliability(score: Int64?) -> Int64 { score.map { $0 * (fullReliability / 1_000) } ?? fullReliability }
}

extension RoutingRequest {
    /// An order with all that rules look at.
    ///
    /// - Parameters:
    ///   - now: the moment of the decision.
    ///   - offsetSeconds: how far the clocks of the order's channel, whose days count, are ahead of UTC.
    init(_ sourcing: SourcingRequest, of document: PlacedOrder, at now: Timestamp, offsetSeconds: Int64, hold: Hold) {
        self.init(
            sourcing: sourcing,
            channel: document.channel,
            country: document.shippingAddress.country,
            region: document.shippingAddress.region,
            postalCode: document.shippingAddress.postalCode,
            customer: document.customer.id,
            customerAttributes: document.customer.attributes,
            lines: document.lines.enumerated().map { index, line in
                RoutingLine(
                    line: Int32(index),
                    attributes: line.attributes,
                    unitValue: line.unitPrice,
                    unitGrams: line.weightGrams ?? 0
                )
            },
            orderValue: document.goodsValue,
            promisedBy: document.promisedBy.map { CivilDate($0, offsetSeconds: offsetSeconds) },
            day: CivilDate(now, offsetSeconds: offsetSeconds),
            hold: hold
        )
    }
}

extension PlacedOrder {
    /// Of the goods at their prices, before discounts, in minor units; as much as fits.
    fileprivate var goodsValue: Int64 {
        lines.reduce(0) { sum, line in
            let (value, isTooLarge) = line.quantity.multipliedReportingOverflow(by: line.unitPrice)
            let (next, overflows) = sum.addingReportingOverflow(isTooLarge ? .max : value)
            return overflows ? .max : next
        }
    }
}
