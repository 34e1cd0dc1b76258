internal import Commerce
internal import Postgres
internal import Store

/// What routing rules look at: of the orders, from their documents, and of the locations, as the network stands.
struct RoutingInputs {
    let facts: RoutingFacts
    private let documents: OrderDocuments
    private let endings: [Int64: OrderHolds.Ending]
    private let offsets: [String: Int64]
    private let network: NetworkSnapshot
    private let now: Timestamp

    /// - Parameter heads: the orders that are to be decided, under their row locks.
    static func load(
        _ heads: [OrderLocks.LockedOrder],
        capacity: CapacityBook,
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws -> RoutingInputs {
        let zones = Set(network.locations.map(\.location.timeZone) + network.channels.map(\.channel.timeZone))
        let offsets = Dictionary(uniqueKeysWithValues: zones.map { ($0, TimeZoneOffset($0).seconds(at: now)) })
        let reliability = try ReliabilityStore.scores(at: now, in: tx)
        let places = network.locations.map { entry in
            LocationFacts(
                location: Int64(entry.key),
                kind: entry.location.kind,
                supplier: entry.location.supplier,
                country: entry.location.country,
                supplierPriority: entry.location.supplier.flatMap { network.suppliers[$0]?.priority } ?? 100,
                // Scores are thousandths.
                reliability: reliability[entry.key].map { $0 * (LocationFacts.fullReliability / 1_000) } ?? LocationFacts.fullReliability,
                capacityLeft: entry.location.dailyCapacity == nil ? nil : capacity.leftToday(Int64(entry.key)),
                capacityTotal: entry.location.dailyCapacity,
                nextDayWithCapacity: capacity.overflowDay(Int64(entry.key)),
                isFresh: network.freshness[entry.key].map { $0 == .fresh } ?? true,
                parcelCost: entry.location.parcelCost ?? 0,
                leadTimeHours: entry.location.leadTimeHours,
                utcOffsetSeconds: offsets[entry.location.timeZone] ?? 0,
                terms: entry.terms
            )
        }
        return RoutingInputs(
            facts: RoutingFacts(
                locations: network.sourcing,
                facts: places,
                delivery: DeliveryCalendar(network.settings),
                now: now
            ),
            documents: try OrderDocuments.load(heads.map(\.key), in: tx),
            // A new order has never been held.
            endings: try OrderHolds.endings(
                of: heads.filter { $0.status != OrderStatus.accepted.rawValue }.map(\.key),
                exceptFor: HoldBook.rounds,
                in: tx
            ),
            offsets: offsets,
            network: network,
            now: now
        )
    }

    /// An order with all that rules look at. Days are those of its channel.
    func request(_ sourcing: SourcingRequest) throws -> RoutingRequest {
        let document = try documents.of(sourcing.order)
        let offset = network.channel(document.channel).flatMap { offsets[$0.channel.timeZone] } ?? 0
        return RoutingRequest(
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
            promisedBy: document.promisedBy.map { CivilDate($0, offsetSeconds: offset) },
            day: CivilDate(now, offsetSeconds: offset),
            hold: hold(of: sourcing.order)
        )
    }

    private func hold(of order: Int64) -> RoutingRequest.Hold {
        switch endings[order] {
        case nil: .none
        case .released: .released
        case .timedOut: .timedOut
        }
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
