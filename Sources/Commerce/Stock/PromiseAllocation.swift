/// When the goods that orders wait for are expected: first come, first served.
///
/// SKU by SKU, the oldest line takes of what is free and of what arrives, the earliest first, and is promised the day of the last
/// arrival it needs. What a location owes to parcels it was already asked for (its shortfall) comes out of its own arrivals first.
///
/// A line that more is wanted of than is free and on its way is promised nothing. Where its order goes out whole it takes nothing either,
/// as in sourcing: it holds nobody back. Where its order takes parts, it gets what there is. What lies at, or comes to, a location that is
/// not asked again for the order is nothing to it.
package enum PromiseAllocation {
    /// Units on their way to a location.
    package struct Arrival: Hashable, Sendable {
        package var sku: Int64
        package var location: Int64
        package var at: Timestamp
        package var units: Int64

        package init(sku: Int64, location: Int64, at: Timestamp, units: Int64) {
            self.sku = sku
            self.location = location
            self.at = at
            self.units = units
        }
    }

    /// What lies at a location now.
    package struct Shelf: Hashable, Sendable {
        package var sku: Int64
        package var location: Int64
        /// Units that nobody has a claim to.
        package var free: Int64
        /// Units that are reserved and not there.
        package var shortfall: Int64

        package init(sku: Int64, location: Int64, free: Int64, shortfall: Int64) {
            self.sku = sku
            self.location = location
            self.free = free
            self.shortfall = shortfall
        }
    }

    /// An order line that waits.
    package struct Wait: Hashable, Sendable {
        /// Older is the smaller key.
        package var order: Int64
        package var line: Int32
        package var sku: Int64
        package var units: Int64
        package var acceptPartial: Bool
        /// Locations that do not ship for its order.
        package var excluded: Set<Int64>

        package init(order: Int64, line: Int32, sku: Int64, units: Int64, acceptPartial: Bool, excluded: Set<Int64> = []) {
            self.order = order
            self.line = line
            self.sku = sku
            self.units = units
            self.acceptPartial = acceptPartial
            self.excluded = excluded
        }
    }

    /// What a line is promised.
    package enum Promise: Hashable, Sendable {
        /// The goods lie there: no date is needed.
        case there
        /// The last of the goods come to that location then.
        case arrival(at: Timestamp, location: Int64)
        /// No date is known.
        case unknown

        /// When the goods come, where that is known.
        package var at: Timestamp? { if case .arrival(let at, _) = self { at } else { nil } }
    }

    /// What becomes of an arrival's units: what is left is promised to nobody.
    package struct Use: Hashable, Sendable {
        /// Go into parcels that the location was already asked for.
        package var owed: Int64 = 0
        /// Are promised to those who wait.
        package var promised: Int64 = 0
        /// Go to somebody who takes parts and wants more than there is: no day is promised for all of it.
        package var undated: Int64 = 0

        package init(owed: Int64 = 0, promised: Int64 = 0, undated: Int64 = 0) {
            self.owed = owed
            self.promised = promised
            self.undated = undated
        }

        package var units: Int64 { owed + promised + undated }
    }

    /// What each of `arrivals` is for, in their order, by the same rule as the promises.
    package static func uses(of arrivals: [Arrival], by waits: [Wait], shelves: [Shelf]) -> [Use] {
        let shelvesBySKU = Dictionary(grouping: shelves, by: \.sku)
        let waitsBySKU = Dictionary(grouping: waits, by: \.sku)
        var uses = [Use](repeating: Use(), count: arrivals.count)
        for (sku, places) in Dictionary(grouping: arrivals.indices, by: { arrivals[$0].sku }) {
            var supply = Supply(shelves: shelvesBySKU[sku] ?? [], arrivals: places.map { arrivals[$0] })
            for wait in (waitsBySKU[sku] ?? []).sorted(by: { ($0.order, $0.line) < ($1.order, $1.line) }) { _ = supply.take(for: wait) }
            for (place, use) in zip(places, supply.uses) { uses[place] = use }
        }
        return uses
    }

    /// One promise per entry of `waits`, in their order.
    package static func promises(for waits: [Wait], shelves: [Shelf], arrivals: [Arrival]) -> [Promise] {
        let shelvesBySKU = Dictionary(grouping: shelves, by: \.sku)
        let arrivalsBySKU = Dictionary(grouping: arrivals, by: \.sku)
        var promises = [Promise](repeating: .unknown, count: waits.count)
        for (sku, places) in Dictionary(grouping: waits.indices, by: { waits[$0].sku }) {
            var supply = Supply(shelves: shelvesBySKU[sku] ?? [], arrivals: arrivalsBySKU[sku] ?? [])
            for place in places.sorted(by: { (waits[$0].order, waits[$0].line) < (waits[$1].order, waits[$1].line) }) {
                promises[place] = supply.take(for: waits[place])
            }
        }
        return promises
    }
}

/// What is there and what arrives of one SKU, the earliest first, while lines take of it.
private struct Supply {
    private struct Lot {
        var location: Int64
        /// No moment, and no arrival: it is there.
        var at: Timestamp?
        var arrival: Int?
        var units: Int64
    }

    /// What each arrival is for, in the order they were given.
    private(set) var uses: [PromiseAllocation.Use]
    private var lots: [Lot]
    /// Lots before it are used up.
    private var first = 0
    private var total: Int64

    init(shelves: [PromiseAllocation.Shelf], arrivals: [PromiseAllocation.Arrival]) {
        var owed: [Int64: Int64] = [:]
        for shelf in shelves where shelf.shortfall > 0 { owed[shelf.location, default: 0] += shelf.shortfall }
        uses = Array(repeating: PromiseAllocation.Use(), count: arrivals.count)
        lots = shelves.filter { $0.free > 0 }.map { Lot(location: $0.location, at: nil, arrival: nil, units: min(Self.bound, $0.free)) }
        let order = arrivals.indices.sorted { (arrivals[$0].at, arrivals[$0].location, $0) < (arrivals[$1].at, arrivals[$1].location, $1) }
        for place in order where arrivals[place].units > 0 {
            let arrival = arrivals[place]
            let kept = min(arrival.units, owed[arrival.location] ?? 0)
            if kept > 0 { owed[arrival.location, default: 0] -= kept }
            uses[place].owed = kept
            guard arrival.units > kept else { continue }
            lots.append(Lot(location: arrival.location, at: arrival.at, arrival: place, units: min(Self.bound, arrival.units - kept)))
        }
        total = lots.reduce(0) { min(Self.bound, $0 + $1.units) }
    }

    mutating func take(for wait: PromiseAllocation.Wait) -> PromiseAllocation.Promise {
        guard wait.units > 0 else { return .unknown }
        let reachable = wait.excluded.isEmpty ? total : reachable(for: wait)
        let isEnough = wait.units <= reachable
        guard isEnough || wait.acceptPartial else { return .unknown }
        var open = min(wait.units, reachable)
        total -= open
        var last: Lot?
        while first < lots.count, lots[first].units == 0 { first += 1 }
        for index in first..<lots.count where lots[index].units > 0 && !wait.excluded.contains(lots[index].location) {
            let units = min(open, lots[index].units)
            guard units > 0 else { break }
            lots[index].units -= units
            open -= units
            // What a line takes that it is not enough for is promised to nobody, and told to nobody.
            if let place = lots[index].arrival {
                if isEnough { uses[place].promised += units } else { uses[place].undated += units }
            }
            last = lots[index]
        }
        guard isEnough, let last else { return .unknown }
        return last.at.map { .arrival(at: $0, location: last.location) } ?? .there
    }

    private func reachable(for wait: PromiseAllocation.Wait) -> Int64 {
        lots[first...].reduce(0) { wait.excluded.contains($1.location) ? $0 : min(Self.bound, $0 + $1.units) }
    }

    /// Keeps sums far from overflow.
    private static let bound: Int64 = 1_000_000_000_000_000
}
