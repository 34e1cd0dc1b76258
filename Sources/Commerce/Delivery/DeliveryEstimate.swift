/// The days between which a parcel arrives, both included.
package struct DeliveryEstimate: Hashable, Sendable, Codable {
    /// Where it leaves the location on the day its handling begins.
    package var earliest: CivilDate
    /// Where the location takes all the time it has.
    package var latest: CivilDate

    package init(earliest: CivilDate, latest: CivilDate) {
        self.earliest = earliest
        self.latest = latest
    }

    /// `2026-11-26/2026-11-28`, as ISO 8601 writes intervals.
    package var interval: String { "\(earliest)/\(latest)" }

    /// Reads what `interval` wrote; `nil` for anything else.
    package init?(interval: String) {
        let days = interval.split(separator: "/", omittingEmptySubsequences: false).map { CivilDate(iso8601: String($0)) }
        guard days.count == 2, let first = days[0], let last = days[1] else { return nil }
        self.init(earliest: first, latest: last)
    }

    /// Of an order in several parcels: from its first parcel's earliest day to its last one's latest; `nil` where there is none.
    package static func covering(_ parcels: some Sequence<DeliveryEstimate>) -> DeliveryEstimate? {
        parcels.reduce(nil) { whole, parcel in
            guard let whole else { return parcel }
            return DeliveryEstimate(earliest: min(whole.earliest, parcel.earliest), latest: max(whole.latest, parcel.latest))
        }
    }
}

/// How a location handles what it is asked to ship, as far as delivery times go.
package struct DeliveryOrigin: Hashable, Sendable {
    /// ISO 3166-1 alpha-2.
    package var country: String
    /// Hours from the beginning of handling to the carrier, at most. Each 24 of them are one working day.
    package var leadTimeHours: Int64
    /// Minutes after local midnight: what is requested before it is handled the same working day. `nil`: no cut-off.
    package var cutOffMinute: Int64?
    /// 1 Monday to 7 Sunday; `nil`: its country's.
    package var workingDays: [Int]?
    /// Whose transit table holds; `nil`: the table without a carrier.
    package var carrier: String?

    package init(country: String, leadTimeHours: Int64 = 0, cutOffMinute: Int64? = nil, workingDays: [Int]? = nil, carrier: String? = nil) {
        self.country = country
        self.leadTimeHours = leadTimeHours
        self.cutOffMinute = cutOffMinute
        self.workingDays = workingDays
        self.carrier = carrier
    }

    package init(country: String, leadTimeHours: Int64?, terms: LocationTerms) {
        self.init(
            country: country,
            leadTimeHours: leadTimeHours ?? 0,
            cutOffMinute: terms.cutOffMinute,
            workingDays: terms.workingDays,
            carrier: terms.carrier
        )
    }
}
