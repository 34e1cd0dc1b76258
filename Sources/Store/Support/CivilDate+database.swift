internal import Commerce

extension CivilDate {
    /// From what the database's `date` gives: days since 1970-01-01.
    init(databaseDay: Int32) { self.init(dayNumber: Int64(databaseDay)) }

    /// What the database's `date` takes; a day beyond what that can hold counts as the last it can.
    var databaseDay: Int32 { Int32(clamping: dayNumber) }
}
