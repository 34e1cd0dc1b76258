package import Commerce
internal import Foundation

/// Why an order was routed as it was, and what became of its units: what is kept of one decision.
package struct DecisionContent: Hashable, Sendable, Codable {
    package struct Parcel: Hashable, Sendable, Codable {
        /// Key of the location.
        package var location: Int64
        package var units: Int64

        package init(location: Int64, units: Int64) {
            self.location = location
            self.units = units
        }
    }

    package var record: RoutingRecord
    package var parcels: [Parcel]
    /// Units that wait for stock.
    package var waiting: Int64
    /// Units that an agent has to look at.
    package var held: Int64
    package var cancelled: Int64
    /// Why units are cancelled.
    package var cancelReason: String?

    package init(_ decision: RoutedDecision) {
        func units(_ lines: [SourcingNeed]?) -> Int64 { (lines ?? []).reduce(0) { $0 + $1.quantity } }
        record = decision.record
        parcels = decision.sourcing.parcels.map { parcel in
            Parcel(location: parcel.location, units: parcel.lines.reduce(0) { $0 + $1.quantity })
        }
        waiting = units(decision.sourcing.waiting)
        held = units(decision.held?.lines)
        cancelled = units(decision.cancelled?.lines)
        cancelReason = decision.cancelled?.reason
    }

    /// As it is kept: compact JSON with sorted keys.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads what `json()` wrote.
    package init(json: String) throws {
        do {
            self = try JSONDecoder().decode(DecisionContent.self, from: Data(json.utf8))
        } catch {
            throw StoreError.unreadable("sourcing decision")
        }
    }
}
