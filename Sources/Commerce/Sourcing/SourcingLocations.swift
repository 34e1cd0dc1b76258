/// A location that may ship, as sourcing sees it.
package struct SourcingLocation: Hashable, Sendable {
    package var key: Int64
    /// Decides, byte by byte, between locations that are otherwise equal.
    package var id: String
    /// Lower ships first. Beyond ±10^12 it counts as that.
    package var priority: Int64
    package var coordinates: Coordinates?

    package init(key: Int64, id: String, priority: Int64, coordinates: Coordinates? = nil) {
        self.key = key
        self.id = id
        self.priority = priority
        self.coordinates = coordinates
    }
}

/// All locations that may ship, prepared once and used for many batches. The order in which they are given does not matter.
package struct SourcingLocations: Sendable {
    /// In the order of the bytes of their ids: a place here stands for the id in every comparison.
    package let all: [SourcingLocation]
    let points: [UnitVector?]
    private let places: [Int64: Int32]

    /// A key that is given twice counts once, with the id whose bytes come first.
    package init(_ locations: some Sequence<SourcingLocation>) {
        let sorted = locations.sorted { left, right in
            let (leftID, rightID) = (ExactID(left.id), ExactID(right.id))
            return leftID == rightID ? left.key < right.key : leftID < rightID
        }
        var (kept, places): ([SourcingLocation], [Int64: Int32]) = ([], [:])
        for location in sorted where places[location.key] == nil {
            places[location.key] = Int32(kept.count)
            kept.append(location)
            kept[kept.count - 1].priority = min(max(location.priority, -Self.priorityBound), Self.priorityBound)
        }
        all = kept
        points = kept.map { $0.coordinates.flatMap(UnitVector.init) }
        self.places = places
    }

    /// The place of a location in `all`; `nil` for one that may not ship.
    func place(of key: Int64) -> Int32? { places[key] }

    /// Whole meters from a location to `destination`: 0 without a destination, half the earth's circumference without coordinates of the location.
    func meters(from place: Int, to destination: UnitVector?) -> Int64 {
        guard let destination else { return 0 }
        return points[place]?.meters(to: destination) ?? UnitVector.farthest
    }

    /// Keeps sums of priorities far from overflow.
    private static let priorityBound: Int64 = 1_000_000_000_000
}
