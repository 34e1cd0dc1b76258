/// Says when parcels arrive, from the calendars and transit tables of the network file; prepared once, used for many orders.
///
/// **Dispatch.** What is requested on a working day of the location, before its cut-off, is begun at once; else with the start of its next
/// working day. Handling takes the lead time: each whole 24 hours one working day, the rest of them hours of the day. Working
/// days are those of the location, else of its country, else Monday to Friday; holidays are always its country's.
///
/// **Transit.** The days of the lane between the two countries, else of the first distance band that reaches far enough. They are
/// counted in working days of the destination's country, and the parcel arrives on one. An unknown distance counts as the farthest band.
///
/// **Window.** At the latest the parcel arrives so, at the earliest as if handling took no time.
package struct DeliveryCalendar: Hashable, Sendable {
    private let countries: [String: WorkingDays]
    private let tables: [String?: Transit]

    /// Of several calendars of a country, or tables of a carrier, the last one counts.
    package init(calendars: [WorkCalendar] = [], transit: [TransitTable] = []) {
        countries = Dictionary(
            calendars.map { ($0.country, WorkingDays(weekdays: $0.workingDays, holidays: $0.holidays)) },
            uniquingKeysWith: { $1 }
        )
        tables = Dictionary(transit.map { ($0.carrier, Transit($0)) }, uniquingKeysWith: { $1 })
    }

    package init(_ settings: NetworkSettings) { self.init(calendars: settings.calendars, transit: settings.transit) }

    /// Whether there are transit tables: without one, nothing can be estimated.
    package var isEmpty: Bool { tables.isEmpty }

    /// When a parcel requested at `moment` arrives; `nil` where no transit table says.
    ///
    /// - Parameters:
    ///   - meters: of the great circle from the location to the destination; `nil`: unknown.
    ///   - offsetSeconds: how far the location's clocks are ahead of UTC at that moment.
    ///   - notBefore: the first local day on which the location has capacity; `nil`: it has some now.
    package func estimate(
        from origin: DeliveryOrigin,
        to country: String,
        meters: Int64?,
        at moment: Timestamp,
        offsetSeconds: Int64,
        notBefore: CivilDate? = nil
    ) -> DeliveryEstimate? {
        let dispatch = dispatch(from: origin, at: moment, offsetSeconds: offsetSeconds, notBefore: notBefore?.dayNumber)
        guard let days = transitDays(from: origin, to: country, meters: meters) else { return nil }
        let arrival = arrival(dispatch, days: days, in: country)
        return DeliveryEstimate(earliest: CivilDate(dayNumber: arrival.earliest), latest: CivilDate(dayNumber: arrival.latest))
    }

    /// Working days of a country from the day of an order to the day on which its goods are there: 1 for the next working day.
    package func workingDays(from day: CivilDate, to arrival: CivilDate, in country: String) -> Int64 {
        (countries[country] ?? .standard).count(after: day.dayNumber, through: arrival.dayNumber)
    }

    /// The days on which the parcel leaves, at the earliest and at the latest.
    func dispatch(from origin: DeliveryOrigin, at moment: Timestamp, offsetSeconds: Int64, notBefore: Int64? = nil) -> DayWindow {
        let working = workingDays(of: origin)
        let (begin, minuteOfBegin) = begin(origin, working, at: moment, offsetSeconds: offsetSeconds, notBefore: notBefore)
        let hours = min(max(0, origin.leadTimeHours), Self.mostHours)
        let overnight: Int64 = minuteOfBegin + hours % 24 * 60 > 1_440 ? 1 : 0
        return DayWindow(earliest: begin, latest: working.adding(hours / 24 + overnight, to: begin))
    }

    /// The local day on which what is requested at `moment` is begun: at once, or with the start of the location's next working day.
    package func firstDay(of origin: DeliveryOrigin, at moment: Timestamp, offsetSeconds: Int64) -> CivilDate {
        CivilDate(dayNumber: begin(origin, workingDays(of: origin), at: moment, offsetSeconds: offsetSeconds, notBefore: nil).day)
    }

    /// The days, of so many from the first one on, on which nobody works at the location.
    package func restDays(of origin: DeliveryOrigin, from first: CivilDate, count: Int) -> Set<CivilDate> {
        let working = workingDays(of: origin)
        return Set((0..<Int64(count)).map { first.dayNumber + $0 }.filter { !working.contains($0) }.map(CivilDate.init(dayNumber:)))
    }

    private func begin(
        _ origin: DeliveryOrigin,
        _ working: WorkingDays,
        at moment: Timestamp,
        offsetSeconds: Int64,
        notBefore: Int64?
    ) -> (day: Int64, minute: Int64) {
        let local = floorDivide(moment.rawValue, 1_000_000) + offsetSeconds
        let today = floorDivide(local, 86_400)
        let minute = (local - today * 86_400) / 60
        var begin = (day: today, minute: minute)
        if let cutOff = origin.cutOffMinute, minute >= cutOff { begin = (today + 1, 0) }
        if let notBefore, notBefore > begin.day { begin = (notBefore, 0) }
        if !working.contains(begin.day) { begin = (working.onOrAfter(begin.day), 0) }
        return begin
    }

    func arrival(_ dispatch: DayWindow, days: Int64, in country: String) -> DayWindow {
        let working = countries[country] ?? .standard
        return DayWindow(earliest: working.after(dispatch.earliest, days), latest: working.after(dispatch.latest, days))
    }

    func transitDays(from origin: DeliveryOrigin, to country: String, meters: Int64?) -> Int64? {
        (tables[origin.carrier] ?? tables[nil])?.days(from: origin.country, to: country, meters: meters)
    }

    private func workingDays(of origin: DeliveryOrigin) -> WorkingDays {
        let country = countries[origin.country] ?? .standard
        return origin.workingDays.map(country.with(weekdays:)) ?? country
    }

    private static let mostHours: Int64 = 24 * 1_000
}

/// Two days, counted from 1970-01-01.
struct DayWindow: Hashable, Sendable {
    var earliest: Int64
    var latest: Int64
}

/// A transit table, prepared for look-ups.
private struct Transit: Hashable, Sendable {
    private let lanes: [TransitTable.Lane]
    /// Ascending; `.max` for any distance.
    private let bands: [Band]

    struct Band: Hashable, Sendable {
        var meters: Int64
        var days: Int64
    }

    init(_ table: TransitTable) {
        lanes = table.lanes
        bands = table.bands.map { band in
            let meters = band.kilometers.map { $0.multipliedReportingOverflow(by: 1_000) }
            return Band(meters: meters.map { $0.overflow ? .max : $0.partialValue } ?? .max, days: band.days)
        }
        .sorted { $0.meters < $1.meters }
    }

    func days(from: String, to: String, meters: Int64?) -> Int64? {
        if let lane = lanes.first(where: { $0.from == from && $0.to == to }) { return lane.days }
        guard let meters else { return bands.last?.days }
        return bands.first { meters <= $0.meters }?.days
    }
}
