internal import Commerce

extension JSONWriter {
    /// The days between which something arrives: local days of the destination, both included. Nothing where they are not known.
    mutating func members(_ delivery: DeliveryEstimate?) {
        guard let delivery else { return }
        member("deliverFrom", delivery.earliest.description)
        member("deliverTo", delivery.latest.description)
    }
}

extension JSONReader {
    /// A day of the calendar, as ISO 8601 writes it.
    mutating func day() throws(MessageRefusal) -> CivilDate {
        guard let day = CivilDate(iso8601: try text(10...10)) else { throw invalidField("must be a day such as 2026-12-25") }
        return day
    }
}

extension DeliveryEstimate {
    /// Both days, or none.
    init?(from: CivilDate?, to: CivilDate?) {
        guard let from, let to else { return nil }
        self.init(earliest: from, latest: to)
    }
}
