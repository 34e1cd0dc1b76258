package import Commerce
internal import Postgres
package import Store

/// What the locations' daily capacity is, and for which days they take parcels.
package struct LocationCapacity {
    private let network: NetworkSnapshot
    private let now: Timestamp
    private let calendar: DeliveryCalendar

    package init(network: NetworkSnapshot, now: Timestamp) {
        self.network = network
        self.now = now
        calendar = DeliveryCalendar(network.settings)
    }

    /// The day it is at a location.
    package func today(at location: Location) -> CivilDate { CivilDate(now, offsetSeconds: offset(of: location)) }

    /// The day on which a parcel is begun there that is requested now.
    func firstDay(at entry: NetworkSnapshot.KeyedLocation) -> CivilDate {
        calendar.firstDay(of: origin(of: entry), at: now, offsetSeconds: offset(of: entry.location))
    }

    /// The days, of so many from the first one on, on which nobody works there.
    package func restDays(of entry: NetworkSnapshot.KeyedLocation, from first: CivilDate, count: Int) -> Set<CivilDate> {
        calendar.restDays(of: origin(of: entry), from: first, count: count)
    }

    /// The capacity of the locations that have something of a batch's stock, from now on planned by nobody else.
    ///
    /// - Parameter levels: the batch's stock rows, which are locked.
    func book(for levels: [StockRows.Level], in tx: borrowing Transaction) throws -> CapacityBook {
        guard network.locations.contains(where: isLimited) else { return CapacityBook() }
        return try book(of: Set(levels.lazy.filter { $0.available > 0 }.map(\.location)), in: tx)
    }

    /// The capacity of these locations, from now on planned by nobody else. The stock rows that are wanted are locked already.
    func book(of locations: Set<Int32>, in tx: borrowing Transaction) throws -> CapacityBook {
        let asked = network.locations.filter { isLimited($0) && locations.contains($0.key) }
        guard !asked.isEmpty else { return CapacityBook() }
        var first: [Int32: CivilDate] = [:]
        for entry in asked { first[entry.key] = firstDay(at: entry) }
        let taken = Dictionary(grouping: try CapacityStore.lock(first, in: tx), by: \.location)
        return CapacityBook(
            asked.map { entry in
                let day = first[entry.key] ?? CivilDate(now)
                return CapacityBook.Entry(
                    location: Int64(entry.key),
                    parcelsPerDay: entry.location.dailyCapacity ?? 0,
                    firstDay: day,
                    restDays: restDays(of: entry, from: day, count: CapacityBook.horizonDays),
                    taken: Dictionary(
                        (taken[entry.key] ?? []).map { ($0.day, $0.held + $0.used) },
                        uniquingKeysWith: { first, _ in first }
                    )
                )
            }
        )
    }

    private func isLimited(_ entry: NetworkSnapshot.KeyedLocation) -> Bool {
        entry.location.active && entry.location.dailyCapacity != nil
    }

    private func origin(of entry: NetworkSnapshot.KeyedLocation) -> DeliveryOrigin {
        DeliveryOrigin(country: entry.location.country, leadTimeHours: entry.location.leadTimeHours, terms: entry.terms)
    }

    private func offset(of location: Location) -> Int64 { TimeZoneOffset(location.timeZone).seconds(at: now) }
}

extension NetworkSnapshot {
    /// The day that a parcel takes of its location, with what the location takes a day.
    func capacityDay(_ day: CivilDate?, at location: Int32) -> FulfillmentInsert.CapacityDay? {
        day.map { FulfillmentInsert.CapacityDay(day: $0, perDay: self.location(key: location)?.location.dailyCapacity) }
    }
}
