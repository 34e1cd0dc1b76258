internal import Commerce
internal import Messages

/// What is known of locations' reliability, a line each.
enum ReliabilityText {
    static let header =
        "\("location".padded(20)) \("score".leftPadded(5)) \("parcels".leftPadded(9)) \("refused".leftPadded(8))"
        + " \("short".leftPadded(8)) \("answered late".leftPadded(14)) \("sent late".leftPadded(10))"
        + " \("feeds".leftPadded(8)) \("late".leftPadded(6)) \("missed".leftPadded(7))  supplier"

    /// Counts are of all parcels and feeds there ever were; the score weighs them.
    ///
    /// - Parameter supplier: its id and score.
    static func line(_ record: LocationReliability, of id: String, supplier: (id: String, score: Int64)?, at now: Timestamp) -> String {
        let (total, feeds) = (record.total, record.totalFeeds)
        return
            "\(id.padded(20)) \(String(record.score(at: now)).leftPadded(5)) \(total.parcels.grouped.leftPadded(9))"
            + " \(total.refused.grouped.leftPadded(8)) \(total.short.grouped.leftPadded(8))"
            + " \(total.answeredLate.grouped.leftPadded(14)) \(total.dispatchedLate.grouped.leftPadded(10))"
            + " \(feeds.feeds.grouped.leftPadded(8)) \(feeds.late.grouped.leftPadded(6)) \(feeds.missed.grouped.leftPadded(7))"
            + "  \(supplier.map { "\($0.id) \($0.score)" } ?? "-")"
    }

    static func json(_ record: LocationReliability, of id: String, supplier: (id: String, score: Int64)?, at now: Timestamp) -> String {
        let weights = record.weights(at: now)
        var json = JSONWriter()
        json.beginObject()
        json.member("location", id)
        json.member("score", record.score(at: now))
        json.member("supplier", optional: supplier?.id)
        json.member("supplierScore", optional: supplier?.score)
        json.key("weights")
        json.beginObject()
        for (name, weight) in [
            ("parcels", weights.parcels), ("refused", weights.refused), ("short", weights.short),
            ("answeredLate", weights.answeredLate), ("dispatchedLate", weights.dispatchedLate), ("feeds", weights.feeds),
            ("feedLateness", weights.feedLateness),
        ] {
            json.key(any: name)
            json.double((weight * 1_000).rounded() / 1_000)
        }
        json.endObject()
        json.key("total")
        json.beginObject()
        json.member("parcels", record.total.parcels)
        json.member("refused", record.total.refused)
        json.member("short", record.total.short)
        json.member("answeredLate", record.total.answeredLate)
        json.member("dispatchedLate", record.total.dispatchedLate)
        json.member("feeds", record.totalFeeds.feeds)
        json.member("lateFeeds", record.totalFeeds.late)
        json.member("missedFeeds", record.totalFeeds.missed)
        json.endObject()
        json.member("updatedAt", record.updatedAt)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
