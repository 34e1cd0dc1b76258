/// A past order decided again, and what that would have come to.
package struct RehearsedDecision: Hashable, Sendable {
    package var decision: RoutedDecision
    /// Of the parcels, in minor units.
    package var cost: Int64
    /// From the shipping locations to the address, summed; unknown distances count as none.
    package var meters: Int64
    /// Working days of the address's country from the day of the decision until the last parcel is there, at the latest; `nil` without
    /// parcels, and where no transit table says.
    package var days: Int64?

    /// - Parameter calendar: says what is a working day.
    init(_ decision: RoutedDecision, for request: RoutingRequest, facts: RoutingFacts, calendar: DeliveryCalendar) {
        self.decision = decision
        let parcels = decision.sourcing.parcels
        let destination = request.sourcing.destination
        let point = destination.flatMap(UnitVector.init)
        cost = facts.cost(of: parcels, for: request)
        meters = parcels.reduce(0) { sum, parcel in
            let place = facts.locations.place(of: parcel.location)
            return sum + (place.flatMap { facts.knownMeters(from: Int($0), to: point) } ?? 0)
        }
        days = decision.delivery.map { calendar.workingDays(from: request.day, to: $0.latest, in: request.country) }
    }
}
