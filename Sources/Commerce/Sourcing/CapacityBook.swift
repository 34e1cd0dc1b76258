/// How many parcels locations can still take, day by day, while a batch is decided: what one order holds, the next does not see.
///
/// A parcel is planned for the location's first day: the one on which a parcel of now is begun. That is today, or, once its cut-off is over
/// and on days on which nobody works there, its next working day. A location whose first day is full takes the parcel for its next working
/// day with room, which is later delivery; so the choice of a location by the default rule does not depend on its capacity, unless none of
/// its days has room. Locations that take any number are not in the book.
package struct CapacityBook: Sendable {
    /// How many days ahead a parcel may be planned, the first one included.
    package static let horizonDays = 30

    /// A location that takes so many parcels a day, and what of it is taken.
    package struct Entry: Hashable, Sendable {
        package var location: Int64
        package var parcelsPerDay: Int64
        /// The local day on which a parcel of now is begun.
        package var firstDay: CivilDate
        /// Days on which nobody works there: they take nothing.
        package var restDays: Set<CivilDate>
        /// Parcels by day, whether they left already or not; days outside the horizon do not matter.
        package var taken: [CivilDate: Int64]

        package init(
            location: Int64,
            parcelsPerDay: Int64,
            firstDay: CivilDate,
            restDays: Set<CivilDate> = [],
            taken: [CivilDate: Int64] = [:]
        ) {
            self.location = location
            self.parcelsPerDay = parcelsPerDay
            self.firstDay = firstDay
            self.restDays = restDays
            self.taken = taken
        }
    }

    private struct Days: Sendable {
        var first: Int64
        /// Parcels that can still be taken, from the first day on.
        var left: [Int64]
        /// The first day with room; past the last where there is none.
        var next = 0

        mutating func skipFullDays() { while next < left.count, left[next] == 0 { next += 1 } }

        func day(_ index: Int) -> CivilDate { CivilDate(dayNumber: first + Int64(index)) }
    }

    private var days: [Int64: Days] = [:]
    /// Locations none of whose days has room, in no particular order.
    package private(set) var full: [Int64] = []

    /// - Parameter entries: locations with a daily capacity; one that is given twice counts as given last.
    package init(_ entries: [Entry] = []) {
        for entry in entries {
            let first = entry.firstDay.dayNumber
            var left = [Int64](repeating: max(0, entry.parcelsPerDay), count: Self.horizonDays)
            for (day, parcels) in entry.taken {
                let index = day.dayNumber - first
                guard index >= 0, index < Int64(left.count) else { continue }
                left[Int(index)] = max(0, left[Int(index)] - max(0, parcels))
            }
            for day in entry.restDays where (0..<Int64(left.count)).contains(day.dayNumber - first) {
                left[Int(day.dayNumber - first)] = 0
            }
            days[entry.location] = Days(first: first, left: left)
        }
        for location in days.keys {
            days[location]?.skipFullDays()
            if !hasRoom(location) { full.append(location) }
        }
    }

    /// Puts in a location of which only this is known: what its first day can still take, and from which day on it has room again.
    mutating func add(_ location: Int64, firstDay: CivilDate, left: Int64, roomAgain: CivilDate) {
        let gap = min(max(1, roomAgain.dayNumber - firstDay.dayNumber), Self.longestGap)
        var found = Days(first: firstDay.dayNumber, left: [max(0, left)] + [Int64](repeating: 0, count: Int(gap) - 1) + [.max])
        found.skipFullDays()
        days[location] = found
    }

    /// Whether all locations take any number.
    package var isEmpty: Bool { days.isEmpty }

    /// Parcels the location can still take on its first day; `nil`: any number.
    package func leftOnFirstDay(_ location: Int64) -> Int64? { days[location].map { $0.left.first ?? 0 } }

    /// Whether the location can take another parcel, or several, on its first day or one to come.
    package func hasRoom(_ location: Int64, for parcels: Int = 1) -> Bool {
        days[location] == nil || nextDay(location, after: parcels - 1) != nil
    }

    /// The day for which the location would take its next parcel; `nil` where it takes any number, or has no room.
    ///
    /// - Parameter ahead: parcels that it would take before.
    package func nextDay(_ location: Int64, after ahead: Int = 0) -> CivilDate? {
        guard let found = days[location] else { return nil }
        var ahead = Int64(ahead)
        for index in found.left.indices.dropFirst(found.next) {
            if ahead < found.left[index] { return found.day(index) }
            ahead -= found.left[index]
        }
        return nil
    }

    /// The day for which the location takes what no longer fits into its first; `nil` where it takes any number, or has no room.
    package func overflowDay(_ location: Int64) -> CivilDate? {
        guard let found = days[location], let index = found.left.indices.dropFirst().first(where: { found.left[$0] > 0 }) else {
            return nil
        }
        return found.day(index)
    }

    /// Plans a parcel for the location's first day with room.
    ///
    /// - Returns: that day; `nil`, and nothing is held, where the location takes any number, or has no room.
    package mutating func reserve(_ location: Int64) -> CivilDate? {
        guard var found = days[location], found.next < found.left.count else { return nil }
        let day = found.day(found.next)
        found.left[found.next] -= 1
        found.skipFullDays()
        if found.next == found.left.count { full.append(location) }
        days[location] = found
        return day
    }

    private static let longestGap: Int64 = 400
}
