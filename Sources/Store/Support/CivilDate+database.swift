internal import Commerce
internal import Postgres

extension CivilDate {
    /// From what the database's `date` gives: days since 1970-01-01.
    init(databaseDay: Int32) { self.init(dayNumber: Int64(databaseDay)) }

    /// What the database's `date` takes; a day beyond what that can hold counts as the last it can.
    var databaseDay: Int32 { Int32(clamping: dayNumber) }
}

extension Row {
    /// The days between which something arrives, from two columns; `nil` where they are not known.
    func delivery(from: Int, to: Int) throws -> DeliveryEstimate? {
        guard let first = try optionalDate(from), let last = try optionalDate(to) else { return nil }
        return DeliveryEstimate(earliest: CivilDate(databaseDay: first), latest: CivilDate(databaseDay: last))
    }

    /// The last word on when goods arrive, from two columns.
    func word(day: Int, inStock: Int) throws -> DeliveryWord {
        try bool(inStock) ? .there : DeliveryWord(try optionalDate(day).map(CivilDate.init(databaseDay:)))
    }
}
