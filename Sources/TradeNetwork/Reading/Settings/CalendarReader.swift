internal import Commerce

/// `calendars[n]`
enum CalendarReader {
    static func read(_ value: ValueReader) -> WorkCalendar? {
        guard let object = value.object(["country", "workingDays", "holidays"]) else { return nil }
        let country = object.text("country", required: true, .country)
        let workingDays = object.weekdays("workingDays")
        let holidays = object.value("holidays")?.set { $0.date() } ?? []
        guard let country else { return nil }
        return WorkCalendar(country: country, workingDays: workingDays ?? [1, 2, 3, 4, 5], holidays: holidays.sorted())
    }
}
