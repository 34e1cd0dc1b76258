internal import Commerce
internal import Messages
internal import Store

/// Records of locations' feeds, a line each.
enum FeedText {
    static let heading =
        "\("location".padded(14)) \("last feed".padded(16)) \("owes every".leftPadded(10))  \("state".padded(12))"
        + "\("feeds".leftPadded(6)) \("late".leftPadded(5))  odd"

    static func line(_ record: FeedRecord, location: String, intervalMinutes: Int64?) -> String {
        let state =
            record.freshness.isDropped ? "dropped out" : record.freshness.missed > 0 ? "\(record.freshness.missed) missed" : "in time"
        let tenths = Int64(min(record.lateness, 1_000) * 10)
        let fedAt = record.fedAt.map { String($0.minuteText.prefix(16)) } ?? "none yet"
        return "\(location.padded(14)) \(fedAt.padded(16)) "
            + "\((intervalMinutes.map { "\($0.grouped) min" } ?? "-").leftPadded(10))  \(state.padded(12))"
            + "\(record.feeds.grouped.leftPadded(6)) \("\(tenths / 10).\(tenths % 10)".leftPadded(5))  "
            + "\(record.gaps.grouped), \(record.repeats.grouped), \(record.jumps.grouped)"
    }

    static func json(_ record: FeedRecord, location: String, intervalMinutes: Int64?) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("location", location)
        json.member("lastFeedAt", optional: record.fedAt)
        json.member("ageSeconds", optional: record.age.map { Int64(min(max($0, 0), 1e15)) })
        json.member("intervalMinutes", optional: intervalMinutes)
        json.member("missedIntervals", record.freshness.missed)
        json.member("dropped", record.freshness.isDropped)
        json.member("feeds", record.feeds)
        json.member("lateFeeds", record.lateFeeds)
        json.member("latenessPercent", Int64(min(record.lateness, 1_000) * 100))
        json.member("gaps", record.gaps)
        json.member("repeats", record.repeats)
        json.member("jumps", record.jumps)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
