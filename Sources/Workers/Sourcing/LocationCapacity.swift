package import Commerce
internal import Postgres
internal import Store

/// What the locations' daily capacity is, and where their day ends.
package enum LocationCapacity {
    /// The day it is at a location.
    package static func today(at location: Location, now: Timestamp) -> CivilDate {
        CivilDate(now, offsetSeconds: TimeZoneOffset(location.timeZone).seconds(at: now))
    }

    /// The capacity of the locations that have something of a batch's stock, from now on planned by nobody else.
    ///
    /// - Parameter levels: the batch's stock rows, which are locked.
    static func book(
        for levels: [StockRows.Level],
        network: NetworkSnapshot,
        now: Timestamp,
        in tx: borrowing Transaction
    ) throws -> CapacityBook {
        let limited = network.locations.filter { $0.location.active && $0.location.dailyCapacity != nil }
        guard !limited.isEmpty else { return CapacityBook() }
        let stocked = Set(levels.lazy.filter { $0.available > 0 }.map(\.location))
        let asked = limited.filter { stocked.contains($0.key) }
        var days: [Int32: CivilDate] = [:]
        for entry in asked { days[entry.key] = today(at: entry.location, now: now) }
        let taken = Dictionary(grouping: try CapacityStore.lock(days, in: tx), by: \.location)
        return CapacityBook(
            asked.map { entry in
                CapacityBook.Entry(
                    location: Int64(entry.key),
                    parcelsPerDay: entry.location.dailyCapacity ?? 0,
                    today: days[entry.key] ?? CivilDate(now),
                    taken: Dictionary(
                        (taken[entry.key] ?? []).map { ($0.day, $0.held + $0.used) },
                        uniquingKeysWith: { first, _ in first }
                    )
                )
            }
        )
    }
}
