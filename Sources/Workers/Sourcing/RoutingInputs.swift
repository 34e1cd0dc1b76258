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

    /// - Parameters:
    ///   - heads: the orders that are to be decided, under their row locks.
    ///   - reliability: the scores of the locations' suppliers.
    static func load(
        _ heads: [OrderLocks.LockedOrder],
        reliability: [Int32: Int64],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws -> RoutingInputs {
        let zones = Set(network.locations.map(\.location.timeZone) + network.channels.map(\.channel.timeZone))
        let offsets = Dictionary(uniqueKeysWithValues: zones.map { ($0, TimeZoneOffset($0).seconds(at: now)) })
        let places = network.locations.map { entry in
            var facts = network.facts(of: entry, utcOffsetSeconds: offsets[entry.location.timeZone] ?? 0)
            facts.isFresh = network.isFresh(entry.key)
            facts.reliability = LocationFacts.reliability(score: reliability[entry.key])
            return facts
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
        return RoutingRequest(sourcing, of: document, at: now, offsetSeconds: offset, hold: hold(of: sourcing.order))
    }

    private func hold(of order: Int64) -> RoutingRequest.Hold {
        switch endings[order] {
        case nil: .none
        case .released: .released
        case .timedOut: .timedOut
        }
    }
}
