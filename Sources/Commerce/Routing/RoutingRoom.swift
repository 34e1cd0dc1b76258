/// What locations can take while a batch is decided, as strategies look at it: each order's parcels take their places before the next order is
/// decided.
struct RoutingRoom {
    /// Days, and what they can still take.
    private(set) var book: CapacityBook
    private let facts: RoutingFacts
    /// By place, what is left of the location's first day; `nil`: it takes any number.
    private(set) var left: [Int64?]
    /// By place, when the location's next parcel leaves.
    private var dispatches: [DayWindow]

    init(_ book: CapacityBook, facts: RoutingFacts) {
        self.book = book
        self.facts = facts
        left = [Int64?](repeating: nil, count: facts.places.count)
        dispatches = facts.dispatches
        guard !book.isEmpty else { return }
        for place in left.indices { look(at: place) }
    }

    /// Whether a location can take so many parcels on any of its days.
    func hasRoom(_ place: Int, for parcels: Int) -> Bool { left[place] == nil || book.hasRoom(key(place), for: parcels) }

    /// When the next parcel of a location arrives; `nil` where no transit table says.
    func window(from place: Int, to country: String, meters: Int64?) -> DayWindow? {
        facts.arrival(dispatches[place], from: place, to: country, meters: meters)
    }

    /// When the last of several parcels of a location with a capacity arrives.
    func window(from place: Int, to country: String, meters: Int64?, after ahead: Int) -> DayWindow? {
        let day = book.nextDay(key(place), after: ahead)
        return facts.arrival(facts.dispatch(from: place, notBefore: day), from: place, to: country, meters: meters)
    }

    /// Plans a parcel for the location's next day with room.
    ///
    /// - Returns: that day; `nil` where the location takes any number.
    mutating func take(_ place: Int) -> CivilDate? {
        guard left[place] != nil else { return nil }
        let day = book.reserve(key(place))
        look(at: place)
        return day
    }

    private mutating func look(at place: Int) {
        left[place] = book.leftOnFirstDay(key(place))
        if let left = left[place], left <= 0 {
            dispatches[place] = facts.dispatch(from: place, notBefore: book.nextDay(key(place)))
        }
    }

    private func key(_ place: Int) -> Int64 { facts.locations.all[place].key }
}
