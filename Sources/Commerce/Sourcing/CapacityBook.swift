/// How many parcels locations can still take, day by day, while a batch is decided: what one order holds, the next does not see.
///
/// A location whose day is full takes a parcel for its next day with room, which is later delivery; so the choice of a location by the
/// default rule does not depend on its capacity, unless none of its days has room. Locations that take any number are not in the book.
package struct CapacityBook: Sendable {
    /// How many days ahead a parcel may be planned, today included.
    package static let horizonDays = 30

    /// A location that takes so many parcels a day, and what of it is taken.
    package struct Entry: Hashable, Sendable {
        package var location: Int64
        package var parcelsPerDay: Int64
        /// The day it is there now.
        package var today: CivilDate
        /// Parcels by day, whether they left already or not; days outside the horizon do not matter.
        package var taken: [CivilDate: Int64]

        package init(location: Int64, parcelsPerDay: Int64, today: CivilDate, taken: [CivilDate: Int64] = [:]) {
            self.location = location
            self.parcelsPerDay = parcelsPerDay
            self.today = today
            self.taken = taken
        }
    }

    private struct Days: Sendable {
        var today: Int64
        /// Parcels that can still be taken, from today on.
        var left: [Int64]
        /// The first day with room; past the last where there is none.
        var next = 0

        mutating func skipFullDays() { while next < left.count, left[next] == 0 { next += 1 } }
    }

    private var days: [Int64: Days] = [:]
    /// Locations none of whose days has room, in no particular order.
    package private(set) var full: [Int64] = []

    /// - Parameter entries: locations with a daily capacity; one that is given twice counts as given last.
    package init(_ entries: [Entry] = []) {
        for entry in entries {
            let today = entry.today.dayNumber
            var left = [Int64](repeating: max(0, entry.parcelsPerDay), count: Self.horizonDays)
            for (day, parcels) in entry.taken {
                let index = day.dayNumber - today
                guard index >= 0, index < Int64(left.count) else { continue }
                left[Int(index)] = max(0, left[Int(index)] - max(0, parcels))
            }
            days[entry.location] = Days(today: today, left: left)
        }
        for location in days.keys {
            days[location]?.skipFullDays()
            if !hasRoom(location) { full.append(location) }
        }
    }

    /// Whether all locations take any number.
    package var isEmpty: Bool { days.isEmpty }

    /// Parcels the location can still take today; `nil`: any number.
    package func leftToday(_ location: Int64) -> Int64? { days[location].map { $0.left.first ?? 0 } }

    /// Whether the location can take another parcel, today or on a day to come.
    package func hasRoom(_ location: Int64) -> Bool { days[location].map { $0.next < $0.left.count } ?? true }

    /// The day for which the location would take its next parcel; `nil` where it takes any number, or has no room.
    package func nextDay(_ location: Int64) -> CivilDate? {
        guard let found = days[location], found.next < found.left.count else { return nil }
        return CivilDate(dayNumber: found.today + Int64(found.next))
    }

    /// The day for which the location takes what no longer fits into today; `nil` where it takes any number, or has no room.
    package func overflowDay(_ location: Int64) -> CivilDate? {
        guard let found = days[location], let index = found.left.indices.dropFirst().first(where: { found.left[$0] > 0 }) else {
            return nil
        }
        return CivilDate(dayNumber: found.today + Int64(index))
    }

    /// Plans a parcel for the location's first day with room.
    ///
    /// - Returns: that day; `nil`, and nothing is held, where the location takes any number, or has no room.
    package mutating func reserve(_ location: Int64) -> CivilDate? {
        guard let day = nextDay(location), var found = days[location] else { return nil }
        found.left[found.next] -= 1
        found.skipFullDays()
        if found.next == found.left.count { full.append(location) }
        days[location] = found
        return day
    }
}
