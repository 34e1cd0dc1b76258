internal import Commerce
internal import Messages

/// What is known of locations' reliability: for people a line each, below their supplier's score.
enum ReliabilityText {
    private static let widths = [5, 8, 7, 6, 6, 6, 6, 5, 6]

    /// Counts are of all parcels and feeds there ever were; the scores weigh them.
    static let header = [
        row("", ["", "", "", "", "late:", "", "feeds:", "", ""]),
        row("location", ["score", "parcels", "refused", "short", "answer", "sent", "came", "late", "missed"]),
    ]

    /// - Parameter id: `nil`: the locations that follow belong to none.
    static func supplier(_ id: String?, score: Int64) -> String { id.map { "\($0): score \(score)" } ?? "no supplier" }

    static func line(_ record: LocationReliability, of id: String, at now: Timestamp) -> String {
        let (total, feeds) = (record.total, record.totalFeeds)
        let counts = [
            total.parcels, total.refused, total.short, total.answeredLate, total.dispatchedLate, feeds.feeds, feeds.late, feeds.missed,
        ]
        return row(id, [String(record.score(at: now))] + counts.map(\.grouped))
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        "  " + name.fitted(14).padded(14) + zip(cells, widths).map { " " + $0.leftPadded($1) }.joined()
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
