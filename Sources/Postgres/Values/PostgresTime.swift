/// PostgreSQL counts microseconds and days from 2000-01-01, we count them from 1970-01-01.
enum PostgresTime {
    static let epochMicroseconds: Int64 = 946_684_800_000_000
    static let epochDays: Int32 = 10_957

    /// Our microseconds of the server's; its infinities, `Int64.max` and `Int64.min`, stay what they are. So becomes what lies beyond
    /// 64 bits, from the year 294247.
    static func sinceUnixEpoch(_ value: Int64) -> Int64 {
        if value == .min { return value }
        let (shifted, overflow) = value.addingReportingOverflow(epochMicroseconds)
        return overflow ? .max : shifted
    }

    /// The server's microseconds of ours; nil before what 64 bits can hold from its epoch.
    static func sincePostgresEpoch(_ value: Int64) -> Int64? {
        if value == .max || value == .min { return value }
        let (shifted, overflow) = value.subtractingReportingOverflow(epochMicroseconds)
        return overflow ? nil : shifted
    }
}
