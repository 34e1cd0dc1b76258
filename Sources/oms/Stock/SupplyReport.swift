internal import Commerce
internal import Store

/// Suppliers and their locations: how old their feeds are, how many parcels they took without a rejection, and how far they can be relied on.
struct SupplyReport: Sendable {
    struct Place: Sendable {
        var location: String
        var supplier: String?
        var observedAt: Timestamp?
        /// The interval it owes; `nil`: none.
        var intervalMinutes: Int64?
        /// Whole intervals that passed since the newest feed.
        var missed: Int64?
        var figures: SupplyFigures
        /// See `LocationReliability.score`.
        var score: Int64

        var reliability: Double? { Self.reliability(parcels: figures.parcels, rejected: figures.rejected) }

        static func reliability(parcels: Int64, rejected: Int64) -> Double? {
            parcels > 0 ? Double(parcels - rejected) / Double(parcels) : nil
        }
    }

    struct Supplier: Sendable {
        /// `nil`: the locations that belong to no supplier.
        var id: String?
        var places: [Place]
        /// See `SupplierReliability.score`; `nil`: there is no supplier.
        var score: Int64?

        /// The moment the oldest of its locations' newest feeds is of.
        var observedAt: Timestamp? { places.compactMap(\.observedAt).min() }
        var parcels: Int64 { places.reduce(0) { $0 + $1.figures.parcels } }
        var rejected: Int64 { places.reduce(0) { $0 + $1.figures.rejected } }
        /// Parcels of the window without a rejection, as a share of all.
        var reliability: Double? { Place.reliability(parcels: parcels, rejected: rejected) }
    }

    /// By id, those without a supplier last.
    var suppliers: [Supplier]

    /// - Parameters:
    ///   - reliability: by location key, as far as it is known.
    ///   - locations: keys of those to tell of; empty: all.
    init(
        _ figures: [SupplyFigures],
        reliability: [Int32: LocationReliability],
        network: NetworkSnapshot,
        locations: [Int32],
        now: Timestamp
    ) {
        let shared = network.supplierScores(reliability, at: now)
        var scores: [String: Int64] = [:]
        for entry in network.locations {
            if let supplier = entry.location.supplier { scores[supplier] = shared[entry.key] ?? LocationReliability.faultless }
        }
        var places: [Place] = []
        for figure in figures where locations.isEmpty || locations.contains(figure.location) {
            guard let entry = network.location(key: figure.location) else { continue }
            let supplier = entry.location.supplier
            let interval = entry.terms.feedIntervalMinutes ?? supplier.flatMap { network.suppliers[$0]?.feedIntervalMinutes }
            var missed: Int64?
            if let interval, interval > 0, let observedAt = figure.observedAt {
                missed = max(0, (now.rawValue - observedAt.rawValue) / (interval * 60_000_000))
            }
            places.append(
                Place(
                    location: entry.location.id,
                    supplier: supplier,
                    observedAt: figure.observedAt,
                    intervalMinutes: interval,
                    missed: missed,
                    figures: figure,
                    score: reliability[figure.location]?.score(at: now) ?? LocationReliability.faultless
                )
            )
        }
        suppliers = Dictionary(grouping: places, by: \.supplier)
            .map { id, places in
                Supplier(
                    id: id,
                    places: places.sorted { precedesBytewise($0.location, $1.location) },
                    score: id.flatMap { scores[$0] }
                )
            }
            .sorted { left, right in
                guard let first = left.id, let second = right.id else { return left.id != nil }
                return precedesBytewise(first, second)
            }
    }
}
