/// Why a location does not ship a parcel, or a part of it, that it was asked for. The raw value is stored, and told.
package enum ParcelRefusal: String, Sendable, Hashable, CaseIterable {
    /// The shelf is empty, whatever the last count said.
    case outOfStock = "out_of_stock"
    /// The units are there, and nobody may be sent them.
    case damaged
    case capacity
    case other
    /// It kept silent until its time was up.
    case noAnswer = "no_answer"
    /// An agent took the parcel away from it.
    case rerouted

    /// What a refusal says of the location's stock.
    package enum StockEffect: Sendable, Hashable {
        case none
        /// Nothing of the SKU can be sold there until it is counted again.
        case nothingLeft
        /// The refused units cannot be sold until the SKU is counted again.
        case unitsLost
    }

    package var stockEffect: StockEffect {
        switch self {
        case .outOfStock: .nothingLeft
        case .damaged: .unitsLost
        case .capacity, .other, .noAnswer, .rerouted: .none
        }
    }

    /// Whether it is the location's doing: it counts as a round of the order, and against the location's reliability.
    package var isFault: Bool { self != .rerouted }
}

/// How often an order may be sourced anew before a person looks at it.
package enum SourcingRounds {
    /// Whether an order has to be held.
    ///
    /// - Parameters:
    ///   - refused: parcels of the order, by key, that a location refused (in whole or in part) or did not answer.
    ///   - settled: parcels up to this key were looked at by an agent before, and do not count any more.
    ///   - maximum: the network's `fulfillment.maximumRounds`.
    package static func areSpent(refused: [Int64], settled: Int64, maximum: Int64) -> Bool {
        Int64(refused.count { $0 > settled }) >= max(1, maximum)
    }
}
